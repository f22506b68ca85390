// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/settings_file.h"
#include "io/spec_json.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace {

using namespace wg;
using namespace wg::io;

engine::ConnectionSpec fullConnection()
{
    engine::ConnectionSpec spec;
    spec.id = "c1";
    spec.name = "orders-eu";
    spec.group = "Orders";
    spec.url = "https://orders.example/v1";
    spec.auth = engine::AuthKind::Bearer;
    spec.secretName = "orders";
    spec.headers = {{"X-Team", "blue"}, {"X-Zoë", "ü"}};
    spec.tls = {"/ca.pem", "/c.pem", "/k.pem", "ab", false};
    spec.proxy = "socks5://proxy:1080";
    spec.isEnabled = false;
    return spec;
}

engine::RouteSpec fullRoute()
{
    engine::RouteSpec spec;
    spec.id = "r1";
    spec.connectionId = "c1";
    spec.path = "/v1/orders?filter=a%20b";
    spec.dialect = "watch.v1";
    spec.transports = {engine::Transport::Sse, engine::Transport::WebSocket};
    spec.ids = {"a,b", "c"};
    spec.serverFilter = "price > 1";
    spec.heartbeatS = 5;
    spec.pollIntervalS = 0.5;
    spec.onGap = sync::OnGap::ResumeOnceThenSnapshot;
    spec.isEnabled = false;
    return spec;
}

void writeText(const QString& path, const QByteArray& text)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

TEST(SettingsFile, KeepsEveryFieldOfConnectionsAndRoutes)
{
    const QTemporaryDir folder;
    SettingsFile file(folder.path());
    ASSERT_TRUE(file.save({{fullConnection()}, {fullRoute()}, {{"theme", "dark"}}}));
    const Result<Settings> read = SettingsFile(folder.path()).load();
    ASSERT_TRUE(read) << read.error().what;
    ASSERT_EQ(read.value().connections.size(), 1u);
    ASSERT_EQ(read.value().routes.size(), 1u);
    EXPECT_EQ(toJson(read.value().connections[0]), toJson(fullConnection()));
    EXPECT_EQ(toJson(read.value().routes[0]), toJson(fullRoute()));
    EXPECT_EQ(read.value().connections[0].headers[1].name, "X-Zoë");
    EXPECT_EQ(read.value().routes[0].transports, fullRoute().transports);
    EXPECT_EQ(read.value().routes[0].onGap, sync::OnGap::ResumeOnceThenSnapshot);
    EXPECT_EQ(read.value().window.at("theme"), "dark");
}

TEST(SettingsFile, InsecureIsForOneRunAndNotKept)
{
    engine::ConnectionSpec spec = fullConnection();
    spec.tls.isInsecure = true;
    const Result<engine::ConnectionSpec> read = connectionFromJson(toJson(spec));
    ASSERT_TRUE(read);
    EXPECT_FALSE(read.value().tls.isInsecure);
}

TEST(SettingsFile, OnlyItsOwnerMayReadIt)
{
    const QTemporaryDir folder;
    SettingsFile file(folder.path() + "/deep/er");
    ASSERT_TRUE(file.save({}));
    const auto others = QFile::permissions(file.path())
        & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther);
    EXPECT_EQ(others, QFile::Permissions());
}

TEST(SettingsFile, NothingSavedYetIsEmptyAndSilent)
{
    const QTemporaryDir folder;
    SettingsFile file(folder.path());
    const Result<Settings> read = file.load();
    ASSERT_TRUE(read);
    EXPECT_TRUE(read.value().connections.empty());
    EXPECT_TRUE(file.notice().empty());
}

TEST(SettingsFile, ABadFileIsKeptAsideWithASentenceAndNeverOverwritten)
{
    const QByteArray bad[] = {"{\"connections\": [", "[]", "{\"format\":\"other\"}", R"({"format":"watchglass-settings","version":99})",
                              R"({"format":"watchglass-settings","version":1,"connections":[{"id":7}]})",
                              R"({"format":"watchglass-settings","version":1,"routes":[{"id":"r","heartbeatS":-1}]})",
                              R"({"format":"watchglass-settings","version":1,"routes":[{"id":"r","transports":["smoke"]}]})", ""};
    const QTemporaryDir folder;
    int n = 0;
    for (const QByteArray& text : bad) {
        SettingsFile file(folder.path());
        writeText(file.path(), text);
        const Result<Settings> read = file.load();
        ASSERT_TRUE(read) << text.constData();
        EXPECT_FALSE(file.notice().empty()) << text.constData();
        ASSERT_TRUE(file.save({}));
        QFile aside(file.path() + QStringLiteral(".bad-%1").arg(++n));
        ASSERT_TRUE(aside.open(QIODevice::ReadOnly));
        EXPECT_EQ(aside.readAll(), text);
    }
}

TEST(SettingsFile, FieldsOfOtherProgramsAtTheTopSurviveASave)
{
    const QTemporaryDir folder;
    SettingsFile file(folder.path());
    writeText(file.path(), R"({"format":"watchglass-settings","version":1,"alerts":[1,2]})");
    ASSERT_TRUE(file.load());
    ASSERT_TRUE(file.save({}));
    QFile saved(file.path());
    ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
    EXPECT_TRUE(QJsonDocument::fromJson(saved.readAll()).object().contains("alerts"));
}

TEST(SettingsFile, AFolderThatCannotBeMadeIsASentence)
{
    const QTemporaryDir folder;
    writeText(folder.filePath("plain"), "x");
    SettingsFile file(folder.filePath("plain"));
    const Result<void> saved = file.save({});
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::Io);
    EXPECT_NE(saved.error().what.find("plain"), std::string::npos);
}

} // namespace
