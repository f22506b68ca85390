// SPDX-License-Identifier: GPL-3.0-or-later
// What a watch meets on the wire when things are wrong: each gives a sentence (what, where, since when, what next), the
// right exit code, the state object on standard output, and no loss that is not counted.
#include "support/event_loop.h"
#include "support/local_server.h"
#include "support/process.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <functional>

namespace {

using namespace wg::test;
namespace dom = simdjson::dom;

QByteArray answer(const QByteArray& status, const QByteArray& type, const QByteArray& body, const QByteArray& extra = {})
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nConnection: close\r\n" + extra + "\r\n" + body;
}

QByteArray event(int version, const QByteArray& object)
{
    return R"({"event":"order_updated","resource":"orders","id":"ord-)" + QByteArray::number(version % 7) + R"(","version":)"
        + QByteArray::number(version) + R"(,"prev":)" + QByteArray::number(version - 1) + R"(,"epoch":"e1","ts":1,"object":)" + object + "}";
}

/// A watch.v1 server with one item, whose stream is what the test says; every connection is answered once.
class WatchServer : public LocalServer {
public:
    /// Body of a watch stream that continues after version since; NDJSON lines.
    std::function<QByteArray(int since)> stream = [](int) { return QByteArray(); };
    std::function<QByteArray(const QByteArray& path)> refusal; ///< empty text: not refused
    int version = 1;

    WatchServer()
    {
        onConnection = [this](QSslSocket& peer) {
            QObject::connect(&peer, &QIODevice::readyRead, &peer, [this, &peer] { serve(peer); });
            serve(peer);
        };
    }
    QString url() const { return QStringLiteral("http://127.0.0.1:%1/v1/orders").arg(port()); }
    QByteArray snapshot() const
    {
        return R"({"resource":"orders","epoch":"e1","version":)" + QByteArray::number(version)
            + R"(,"items":[{"id":"ord-1","version":1,"object":{"n":0}}]})";
    }

private:
    void serve(QSslSocket& peer)
    {
        if (!peer.peek(65536).contains("\r\n\r\n"))
            return;
        const QByteArray path = peer.readAll().split(' ').value(1);
        const QByteArray refused = refusal ? refusal(path) : QByteArray();
        if (!refused.isEmpty()) {
            peer.write(refused);
        } else if (path.startsWith("/v1/orders/watch")) {
            const int since = path.mid(path.indexOf("since=") + 6).split('&')[0].replace("%3A", ":").split(':').value(1).toInt();
            const QByteArray beat = R"({"event":"heartbeat","resource":"orders","version":%,"prev":%,"epoch":"e1","ts":1})";
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
                       + QByteArray(beat).replace("%", QByteArray::number(since)) + "\n" + stream(since));
            return; // stays open
        } else if (path == "/v1") {
            peer.write(answer("200 OK", "application/json",
                              R"({"epoch":"e1","resources":[{"name":"orders","events":[],"transports":["ndjson"]}],"server":"test"})"));
        } else {
            peer.write(answer("200 OK", "application/json", snapshot()));
        }
        peer.disconnectFromHost();
    }
};

Finished runBeside(const QStringList& arguments, int patienceMs = 60'000)
{
    QProcess process;
    process.start(ctlPath(), arguments);
    const bool isOver = waitUntil([&] { return process.state() == QProcess::NotRunning; }, std::chrono::milliseconds(patienceMs));
    Finished done;
    if (!isOver) {
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::NormalExit) {
        done.code = process.exitCode();
    }
    done.out = process.readAllStandardOutput().toStdString();
    done.err = process.readAllStandardError().toStdString();
    return done;
}

class BadInput : public ::testing::Test {
protected:
    Finished state(const QStringList& more = {}, const char* maxTime = "20s")
    {
        return runBeside(QStringList{"state", server.url(), "--transport", "ndjson", "--max-time", maxTime} + more);
    }
    void expectSaid(const Finished& done, const char* words)
    {
        EXPECT_NE(done.err.find(words), std::string::npos) << done.err;
        EXPECT_NE(done.err.find("127.0.0.1:" + std::to_string(server.port())), std::string::npos) << "where? " << done.err;
        EXPECT_NE(done.err.find(" since "), std::string::npos) << "since when? " << done.err;
    }
    /// The counter, after checking that all of them add up.
    std::uint64_t counter(const Finished& done, const char* name)
    {
        const dom::element counters = parser.parse(done.out)["counters"];
        std::uint64_t sum = 0;
        for (const char* part : {"applied", "bookmarks", "stale", "duplicate", "ignored", "undecodable"})
            sum += std::uint64_t(counters[part]);
        EXPECT_EQ(std::uint64_t(counters["received"]), sum) << done.out;
        return std::uint64_t(counters[name]);
    }
    WatchServer server;
    dom::parser parser;
};

TEST_F(BadInput, AMissingResourceIsFailedAndCode1)
{
    server.refusal = [](const QByteArray& path) {
        return path == "/v1" ? QByteArray() : answer("404 Not Found", "application/problem+json", R"({"status":404,"code":"not_found","detail":"no such resource"})");
    };
    const Finished done = state();
    EXPECT_EQ(done.code, 1);
    expectSaid(done, "404");
    EXPECT_EQ(std::string_view(parser.parse(done.out)["state"]), "failed");
}

TEST_F(BadInput, HtmlInsteadOfAStreamIsNeverParsedAndFailsAfterFiveTries)
{
    int asked = 0;
    server.refusal = [&](const QByteArray& path) {
        if (!path.startsWith("/v1/orders/watch"))
            return QByteArray();
        ++asked;
        return answer("200 OK", "text/html", "<html><body>Please sign in</body></html>");
    };
    const Finished done = state({}, "60s");
    EXPECT_EQ(done.code, 1);
    EXPECT_EQ(asked, 5);
    expectSaid(done, "text/html");
    EXPECT_EQ(counter(done, "received"), 0u);
}

TEST_F(BadInput, AWrongTokenIsSignInNeededAndCode1)
{
    int asked = 0;
    server.refusal = [&](const QByteArray&) {
        ++asked;
        return answer("401 Unauthorized", "application/problem+json", R"({"status":401,"code":"unauthorized"})");
    };
    const Finished done = state({"--token", "wrong-s3cret"});
    EXPECT_EQ(done.code, 1);
    expectSaid(done, "401");
    EXPECT_LE(asked, 6);
    EXPECT_EQ(std::string_view(parser.parse(done.out)["state"]), "auth");
    EXPECT_EQ((done.out + done.err).find("s3cret"), std::string::npos);
}

TEST_F(BadInput, AFiveMegabyteMessageIsApplied)
{
    server.stream = [](int since) { return since < 2 ? event(2, "{\"blob\":\"" + QByteArray(5 << 20, 'x') + "\"}") + "\n" : QByteArray(); };
    const Finished done = state({"--until-version", "2"});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(counter(done, "applied"), 1u);
    EXPECT_EQ(std::string_view(parser.parse(done.out)["items"]["ord-2"]["object"]["blob"]).size(), std::size_t(5 << 20));
}

TEST_F(BadInput, AMessageAboveTheLimitIsNamedAndResyncedPast)
{
    server.stream = [this](int since) {
        if (since >= 2)
            return QByteArray();
        server.version = 2;
        return event(2, "{\"blob\":\"" + QByteArray(17 << 20, 'x') + "\"}") + "\n";
    };
    const Finished done = state({"--until-version", "2"}, "40s");
    EXPECT_EQ(done.code, 0) << done.err;
    expectSaid(done, "16 MiB");
    EXPECT_GE(counter(done, "undecodable"), 1u);
}

TEST_F(BadInput, BrokenJsonIsCountedResumedOverOnceThenResynced)
{
    int streams = 0;
    server.stream = [&](int since) {
        ++streams;
        if (since >= 3)
            return QByteArray();
        server.version = 3;
        return event(2, "{\"n\":2}") + "\n{\"event\":\"order_upda\n";
    };
    const Finished done = state({"--until-version", "3"}, "40s");
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_GE(streams, 3); // first, resumed over once, after the snapshot
    EXPECT_EQ(counter(done, "undecodable"), 2u);
    EXPECT_EQ(counter(done, "resyncs"), 1u);
    expectSaid(done, "cannot be read");
}

TEST_F(BadInput, InvalidUtf8IsNotApplied)
{
    server.stream = [&](int since) {
        if (since >= 2)
            return QByteArray();
        server.version = 2;
        return event(2, "{\"name\":\"\xC3\x28\"}") + "\n";
    };
    const Finished done = state({"--until-version", "2"}, "40s");
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(counter(done, "undecodable"), 2u);
    EXPECT_EQ(counter(done, "applied"), 0u);
    expectSaid(done, "UTF-8");
}

TEST_F(BadInput, AnUnreachablePortIsCode3)
{
    const QString url = server.url();
    const std::string address = "127.0.0.1:" + std::to_string(server.port());
    server.close();
    const Finished done = runBeside({"state", url, "--max-time", "2s"});
    EXPECT_EQ(done.code, 3);
    EXPECT_NE(done.err.find("Could not connect to " + address + ": connection refused"), std::string::npos) << done.err;
    EXPECT_NE(done.err.find(" since "), std::string::npos) << done.err;
    EXPECT_NE(done.err.find("Next try"), std::string::npos) << done.err;
    EXPECT_EQ(counter(done, "received"), 0u);
}

TEST_F(BadInput, AnUntrustedCertificateIsCode3AndSaysWhatToDo)
{
    const QTemporaryDir folder;
    const Certificate certificate = makeCertificate(folder, "server");
    ASSERT_TRUE(certificate.isMade);
    LocalServer secure(certificate);
    const Finished done = runBeside({"state", QStringLiteral("https://localhost:%1/v1/orders").arg(secure.port()), "--max-time", "2s"});
    EXPECT_EQ(done.code, 3) << done.err;
    EXPECT_NE(done.err.find("self-signed"), std::string::npos) << done.err;
    EXPECT_NE(done.err.find("pin"), std::string::npos) << done.err;
}

TEST_F(BadInput, InsecureIsSaidLoudly)
{
    const Finished done = state({"--insecure"}, "1s");
    EXPECT_NE(done.err.find("WARNING: --insecure"), std::string::npos) << done.err;
}

TEST_F(BadInput, AnAbsentKeychainIsASentenceAndNotAHang)
{
    QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"})
        bare.remove(name);
    const Finished done = runToEnd({ctlPath(), {"state", server.url(), "--keychain", "orders", "--max-time", "15s"}, {}, bare, 30'000});
    EXPECT_EQ(done.code, 1) << done.err;
    EXPECT_NE(done.err.find("There is no keychain in this session"), std::string::npos) << done.err;
}

TEST_F(BadInput, AnUnmetConditionIsCode1AndTheStateIsPrinted)
{
    const Finished done = state({"--until-version", "99"}, "1s");
    EXPECT_EQ(done.code, 1);
    EXPECT_NE(done.err.find("--until-version"), std::string::npos);
    EXPECT_EQ(std::string_view(parser.parse(done.out)["state"]), "live");
}

TEST_F(BadInput, AnInterruptPrintsTheStateAndGives130)
{
    for (const int number : {SIGINT, SIGTERM}) {
        QProcess process;
        QByteArray said;
        QObject::connect(&process, &QProcess::readyReadStandardError, &process, [&] { said += process.readAllStandardError(); });
        process.start(ctlPath(), {"state", server.url(), "--transport", "ndjson"});
        ASSERT_TRUE(waitUntil([&] { return said.contains("live since"); })) << said.constData();
        ::kill(static_cast<pid_t>(process.processId()), number);
        ASSERT_TRUE(waitUntil([&] { return process.state() == QProcess::NotRunning; }));
        EXPECT_EQ(process.exitCode(), 130);
        EXPECT_EQ(std::string_view(parser.parse(process.readAllStandardOutput().toStdString())["items"]["ord-1"]["version"]), "1");
    }
}

TEST_F(BadInput, TailPrintsWhatIsAppliedAndEndsAtTheCount)
{
    server.stream = [](int since) {
        QByteArray out;
        for (int version = since + 1; version <= 10; ++version)
            out += event(version, "{\"n\":" + QByteArray::number(version) + ",\"odd\":\"\\u0007\"}") + "\n";
        return out;
    };
    const QStringList common{"tail", server.url(), "--transport", "ndjson", "--max-time", "20s"};
    const Finished json = runBeside(common + QStringList{"--count", "3", "--filter", "object.n > 4"});
    EXPECT_EQ(json.code, 0) << json.err;
    std::vector<std::string> keys;
    for (const dom::element line : parser.parse_many(json.out))
        keys.push_back(std::string(std::string_view(line["version"])) + "/" + std::to_string(std::int64_t(line["payload"]["n"])));
    EXPECT_EQ(keys, (std::vector<std::string>{"5/5", "6/6", "7/7"}));
    const Finished raw = runBeside(common + QStringList{"--count", "1", "--format", "raw"});
    EXPECT_EQ(raw.out, event(2, "{\"n\":2,\"odd\":\"\\u0007\"}").toStdString() + "\n");
    const Finished since = runBeside(common + QStringList{"--count", "1", "--since", "e1:8"});
    EXPECT_NE(since.out.find("\"version\":\"9\""), std::string::npos) << since.out;
    const Finished pretty = runBeside(common + QStringList{"--for", "1s", "--format", "pretty"});
    EXPECT_EQ(pretty.code, 0);
    EXPECT_EQ(std::count(pretty.out.begin(), pretty.out.end(), '\n'), 9) << pretty.out;
}

TEST_F(BadInput, StatesAndMarkersGoIntoTheLogAsJsonLines)
{
    const QTemporaryDir folder;
    server.stream = [&](int since) {
        server.version = 9;
        return since >= 9 ? QByteArray() : event(5, "{}") + "\n";
    };
    const Finished done = state({"--until-version", "9", "--log-json", folder.filePath("log")});
    EXPECT_EQ(done.code, 0) << done.err;
    const simdjson::padded_string text = simdjson::padded_string::load(folder.filePath("log").toStdString());
    std::set<std::string> seen;
    for (const dom::element line : parser.parse_many(text))
        seen.insert(std::string(std::string_view(line["kind"])) + " " + std::string(std::string_view(line["name"])));
    EXPECT_TRUE(seen.count("marker gap")) << text;
    EXPECT_TRUE(seen.count("marker resynced")) << text;
    EXPECT_TRUE(seen.count("state live")) << text;
}

} // namespace
