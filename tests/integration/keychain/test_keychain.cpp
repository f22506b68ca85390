// SPDX-License-Identifier: GPL-3.0-or-later
// The vault against a real Secret Service: gnome-keyring on a private bus, with private folders, driven through
// watchglassctl keychain. Each session is its own keyring and leaves nothing behind.
#include "support/process.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace {

using namespace wg::test;

class Keychain : public ::testing::Test {
protected:
    void SetUp() override
    {
        for (const char* program : {"dbus-run-session", "gnome-keyring-daemon", "bash"})
            if (QStandardPaths::findExecutable(program).isEmpty())
                GTEST_SKIP() << program << " is not installed";
        for (const char* name : {"home", "data", "run"}) {
            ASSERT_TRUE(QDir(folder.path()).mkdir(name));
            QFile::setPermissions(folder.filePath(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
    }
    QProcessEnvironment environment(bool hasBus) const
    {
        QProcessEnvironment out = QProcessEnvironment::systemEnvironment();
        out.insert("HOME", folder.filePath("home"));
        out.insert("XDG_DATA_HOME", folder.filePath("data"));
        out.insert("XDG_CACHE_HOME", folder.filePath("home/cache"));
        out.insert("XDG_RUNTIME_DIR", folder.filePath("run"));
        out.insert("CTL", ctlPath());
        out.remove("DISPLAY");
        out.remove("WAYLAND_DISPLAY");
        if (!hasBus)
            out.remove("DBUS_SESSION_BUS_ADDRESS");
        return out;
    }
    /// Runs a shell script inside a fresh session bus whose keyring daemon was started in this way first.
    Finished session(const QString& daemon, const QString& script) const
    {
        return runToEnd({"dbus-run-session", {"--", "bash", "-c", daemon + " >/dev/null 2>&1\n" + script}, {}, environment(true), 60'000});
    }
    static inline const QString kUnlocked = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets";
    static inline const QString kLocked = "gnome-keyring-daemon --start --components=secrets";
    QTemporaryDir folder;
};

TEST_F(Keychain, WritesReadsReplacesListsAndDeletes)
{
    const Finished done = session(kUnlocked, R"(set -e
        printf 'first-token\n' | "$CTL" keychain set orders
        "$CTL" keychain get orders
        "$CTL" keychain get orders --reveal
        printf 'second-token' | "$CTL" keychain set orders
        "$CTL" keychain get orders --reveal
        TOKEN_X=third "$CTL" keychain set stocks --token-env TOKEN_X
        "$CTL" keychain list
        "$CTL" keychain delete orders
        "$CTL" keychain list
        "$CTL" keychain get orders || echo "code $?")");
    EXPECT_EQ(done.out, "exists\nfirst-token\nsecond-token\norders\nstocks\nstocks\ncode 1\n") << done.err;
    EXPECT_NE(done.err.find("no entry named \"orders\""), std::string::npos) << done.err;
}

TEST_F(Keychain, AMissingEntryIsNotALockedKeychain)
{
    const Finished done = session(kUnlocked, R"("$CTL" keychain get nothing; echo "code $?"; "$CTL" keychain delete nothing; echo "code $?")");
    EXPECT_EQ(done.out, "code 1\ncode 1\n");
    EXPECT_NE(done.err.find("The keychain has no entry named \"nothing\"."), std::string::npos) << done.err;
    EXPECT_EQ(done.err.find("locked"), std::string::npos);
}

TEST_F(Keychain, ALockedKeychainIsSaidToBeLockedAndNothingIsLost)
{
    ASSERT_EQ(session(kUnlocked, "printf kept | \"$CTL\" keychain set orders").code, 0);
    const Finished locked = session(kLocked, R"("$CTL" keychain get orders; echo "code $?"; printf new | "$CTL" keychain set orders; echo "code $?")");
    EXPECT_EQ(locked.out, "code 1\ncode 1\n");
    EXPECT_NE(locked.err.find("The keychain is locked"), std::string::npos) << locked.err;
    EXPECT_NE(locked.err.find("Nothing was stored."), std::string::npos) << locked.err;
    const Finished after = session(kUnlocked, "\"$CTL\" keychain get orders --reveal");
    EXPECT_EQ(after.out, "kept\n") << after.err;
}

TEST_F(Keychain, WithoutABusItIsAbsentAtOnce)
{
    for (const QStringList& arguments : {QStringList{"keychain", "get", "orders"}, QStringList{"keychain", "list"}}) {
        const Finished done = runToEnd({ctlPath(), arguments, {}, environment(false), 9'000});
        EXPECT_EQ(done.code, 1);
        EXPECT_NE(done.err.find("There is no keychain in this session"), std::string::npos) << done.err;
    }
}

TEST_F(Keychain, WithoutAServiceNothingIsWrittenToAnyFile)
{
    // A bus of its own with no service files: nobody can answer as a keyring.
    QProcessEnvironment bare = environment(true);
    const QString config = folder.filePath("bus.conf");
    QFile file(config);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(("<busconfig><type>session</type><listen>unix:tmpdir=" + folder.filePath("run")
                + "</listen><policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>"
                  "</policy></busconfig>").toUtf8());
    file.close();
    const Finished done = runToEnd({"dbus-run-session", {"--config-file=" + config, "--", "bash", "-c",
                                    "printf very-secret-token | \"$CTL\" keychain set orders; echo \"code $?\""}, {}, bare, 30'000});
    EXPECT_EQ(done.out, "code 1\n") << done.err;
    EXPECT_NE(done.err.find("There is no keychain in this session"), std::string::npos) << done.err;
    const Finished found = runToEnd({"grep", {"-rl", "very-secret-token", folder.filePath("home"), folder.filePath("data")}, {}, {}, 10'000});
    EXPECT_EQ(found.code, 1) << found.out;
}

} // namespace
