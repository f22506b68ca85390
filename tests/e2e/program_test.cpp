// SPDX-License-Identifier: GPL-3.0-or-later
// The program as a whole, started as a person starts it.
#include "scene.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace wg {
namespace {

struct Outcome {
    int code = -1;
    QString errors;
};

Outcome run(const QStringList& arguments, bool hasDisplay = true)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(name));
    if (hasDisplay)
        environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(WG_BIN_DIR "/watchglass"), arguments);
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return {-1, "it did not end"};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError())};
}

TEST(Program, TakesAScreenshotOfTheDemoInBothThemesAndSizes)
{
    const QTemporaryDir folder;
    const struct { const char* theme; int width, height; } cases[] = {{"dark", 1440, 900}, {"light", 1280, 800}};
    for (const auto& [theme, width, height] : cases) {
        const QString file = folder.filePath(QString("%1.png").arg(theme));
        const auto outcome = run({"--demo", "--no-faults", "--theme", theme, "--width", QString::number(width), "--height",
                                  QString::number(height), "--config", folder.path(), "--screenshot", file, "--after", "6s"});
        ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
        const QImage image(file);
        EXPECT_EQ(image.size(), QSize(width, height));
        EXPECT_GT(test::colorsIn(image), 100);
        EXPECT_EQ(image.pixelColor(300, 60).lightness() < 128, std::string_view(theme) == "dark");
        EXPECT_FALSE(outcome.errors.contains("qrc:")) << outcome.errors.toStdString();
    }
}

TEST(Program, WrongOptionsGiveASentenceAndCodeTwo)
{
    const QStringList cases[] = {{"--page", "nowhere"}, {"--theme", "pink"}, {"--connect", "nonsense"}, {"--after", "soon"},
                                 {"--width", "-4"},     {"--no-such-option"}, {"stray"}};
    for (const QStringList& arguments : cases) {
        const auto outcome = run(arguments);
        EXPECT_EQ(outcome.code, 2) << arguments.join(' ').toStdString();
        EXPECT_TRUE(outcome.errors.startsWith("watchglass: ")) << outcome.errors.toStdString();
    }
}

TEST(Program, WithoutADisplayItSaysSoInsteadOfCrashing)
{
    const auto outcome = run({"--demo"}, false);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(outcome.errors.contains("no display"));
}

TEST(Program, ASettingsFileThatCannotBeReadIsKeptAsideAndSaid)
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("settings.json"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{ this is not JSON");
    file.close();
    const auto outcome = run({"--config", folder.path(), "--screenshot", folder.filePath("x.png"), "--after", "500ms"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(outcome.errors.contains("settings")) << outcome.errors.toStdString();
    EXPECT_GT(QDir(folder.path()).entryList({"settings*"}, QDir::Files).size(), 0);
}

} // namespace
} // namespace wg
