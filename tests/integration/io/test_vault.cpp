// SPDX-License-Identifier: GPL-3.0-or-later
// The vault where the keychain fails: without a bus, and with a service that never answers. (A real keyring is
// tests/integration/keychain.) The environment of this program is made so that no bus of the user is ever reached.
#include "io/token_sources.h"
#include "io/vault.h"
#include "support/event_loop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include <csignal>

#include <sys/prctl.h>

namespace {

using namespace wg;
using namespace wg::test;

/// Takes every call and answers none: a keyring that waits for a password nobody types.
class SilentService : public QDBusVirtualObject {
public:
    int calls = 0;
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection&) override
    {
        ++calls;
        message.setDelayedReply(true);
        return true;
    }
};

/// Address of a session bus of its own with nobody on it. It lives as long as this program: GLib ends a program whose
/// session bus goes away.
QByteArray privateBus()
{
    static QProcess* daemon = nullptr;
    static QByteArray address;
    if (daemon == nullptr) {
        daemon = new QProcess;
        daemon->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
        daemon->start("dbus-daemon", {"--session", "--nofork", "--nopidfile", "--print-address"});
        if (daemon->waitForStarted() && daemon->waitForReadyRead())
            address = daemon->readLine().trimmed();
    }
    return address;
}

class Vault : public ::testing::Test {
protected:
    void SetUp() override
    {
        for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"})
            qunsetenv(name);
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    }
    QTemporaryDir folder;
};

TEST_F(Vault, WithoutAKeychainATokenLivesInMemoryAndTheAnswerSaysWhy)
{
    io::Vault vault;
    bool isInsideCall = true, isKept = false, isRead = false;
    vault.write("orders", Secret("t0ken"), [&](const Result<io::Kept>& kept) {
        EXPECT_FALSE(isInsideCall);
        ASSERT_TRUE(kept);
        EXPECT_FALSE(kept.value().isInKeychain);
        EXPECT_NE(kept.value().why.what.find("There is no keychain"), std::string::npos) << kept.value().why.what;
        isKept = true;
    });
    isInsideCall = false;
    ASSERT_TRUE(waitUntil([&] { return isKept; }));
    vault.read("orders", true, [&](const Result<Secret>& secret) {
        ASSERT_TRUE(secret);
        EXPECT_EQ(secret.value().reveal(), "t0ken");
        isRead = true;
    });
    ASSERT_TRUE(waitUntil([&] { return isRead; }));
    bool isListed = false, isErased = false, isGone = false;
    vault.erase("orders", [&](const Result<void>& erased) { isErased = erased.isOk(); });
    ASSERT_TRUE(waitUntil([&] { return isErased; }));
    vault.read("orders", false, [&](const Result<Secret>& secret) { isGone = !secret && secret.error().code == ErrorCode::Keychain; });
    ASSERT_TRUE(waitUntil([&] { return isGone; }));
    vault.list([&](const Result<std::vector<std::string>>& names) { isListed = !names; });
    ASSERT_TRUE(waitUntil([&] { return isListed; }));
}

TEST_F(Vault, AServiceThatNeverAnswersIsGivenUpInTimeAndOnlyOnce)
{
    if (QStandardPaths::findExecutable("dbus-daemon").isEmpty())
        GTEST_SKIP() << "dbus-daemon is not installed";
    const QByteArray address = privateBus();
    ASSERT_FALSE(address.isEmpty());
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    SilentService service;
    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromUtf8(address), "silent");
    ASSERT_TRUE(bus.registerVirtualObject("/", &service, QDBusConnection::SubPath));
    ASSERT_TRUE(bus.registerService("org.freedesktop.secrets"));
    io::Vault vault(std::chrono::milliseconds(400));
    int answers = 0;
    std::string said;
    vault.read("orders", false, [&](const Result<Secret>& secret) {
        ++answers;
        said = secret.error().what;
        EXPECT_EQ(secret.error().code, ErrorCode::Keychain);
    });
    ASSERT_TRUE(waitUntil([&] { return answers > 0; }, std::chrono::seconds(5)));
    turnFor(std::chrono::milliseconds(300));
    EXPECT_EQ(answers, 1);
    EXPECT_NE(said.find("did not answer"), std::string::npos) << said;
    EXPECT_GT(service.calls, 0);
    QDBusConnection::disconnectFromBus("silent");
}

TEST(TokenSources, RankFileThenKeychainThenEnvironmentThenCommandLine)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("token"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(" from-file \n");
    file.close();
    qputenv("WG_TEST_TOKEN", "from-environment");
    io::Vault vault;
    const auto ask = [&](io::TokenPlan plan, bool isRefresh) {
        io::TokenSources sources(std::move(plan), vault);
        std::string got;
        bool isAnswered = false;
        sources.read("ctl", isRefresh, [&](const Result<Secret>& secret) {
            got = secret ? std::string(secret.value().reveal()) : "refused: " + secret.error().what;
            isAnswered = true;
        });
        EXPECT_FALSE(isAnswered);
        EXPECT_TRUE(waitUntil([&] { return isAnswered; }));
        return got;
    };
    const auto plan = [&](bool hasFile, bool hasEnvironment, bool hasToken) {
        io::TokenPlan out;
        out.file = hasFile ? folder.filePath("token").toStdString() : "";
        out.environmentName = hasEnvironment ? "WG_TEST_TOKEN" : "";
        if (hasToken)
            out.token = Secret("from-line");
        return out;
    };
    EXPECT_EQ(ask(plan(true, true, true), false), "from-file");
    EXPECT_EQ(ask(plan(true, true, true), true), "from-file");
    EXPECT_EQ(ask(plan(false, true, true), false), "from-environment");
    EXPECT_EQ(ask(plan(false, false, true), false), "from-line");
    EXPECT_EQ(ask(plan(false, false, true), true).substr(0, 8), "refused:");
    EXPECT_EQ(ask(plan(false, false, false), false).substr(0, 8), "refused:");
}

TEST(TokenSources, WhatNoHeaderCanCarryIsRefusedWithoutRepeatingIt)
{
    for (const char* text : {"", "  \n", "two words", "line\nbreak", "bell\a", "Zo\xC3\xAB"}) {
        const Result<Secret> token = io::usableToken(text, "the test");
        ASSERT_FALSE(token) << text;
        EXPECT_NE(token.error().what.find("the test"), std::string::npos);
        EXPECT_EQ(token.error().what.find("words"), std::string::npos);
    }
    EXPECT_FALSE(io::usableToken(std::string(70'000, 'x'), "the test"));
}

} // namespace
