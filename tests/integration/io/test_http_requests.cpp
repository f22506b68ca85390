// SPDX-License-Identifier: GPL-3.0-or-later
// HttpRequests against small servers on loopback: whole answers, cut ones, redirects and what travels along with them.
#include "base/limits.h"
#include "io/http_requests.h"
#include "support/event_loop.h"
#include "support/local_server.h"

#include <QCryptographicHash>
#include <gtest/gtest.h>

#include <map>

namespace {

using namespace wg;
using namespace wg::test;

struct Recorder final : engine::HttpSink {
    struct Answer {
        int heads = 0, ends = 0;
        engine::HttpHead head;
        std::string body;
        std::size_t largest = 0;
        Error end;
    };
    std::map<engine::RequestId, Answer> answers;
    std::function<void(engine::RequestId)> onBytes;
    bool isInsidePort = false;

    void httpHead(engine::RequestId id, const engine::HttpHead& head) override
    {
        EXPECT_FALSE(isInsidePort);
        ++answers[id].heads;
        answers[id].head = head;
    }
    void httpBytes(engine::RequestId id, std::string_view bytes) override
    {
        EXPECT_EQ(answers[id].heads, 1);
        answers[id].body += bytes;
        answers[id].largest = std::max(answers[id].largest, bytes.size());
        if (onBytes)
            onBytes(id);
    }
    void httpDone(engine::RequestId id, const Error& error) override
    {
        EXPECT_FALSE(isInsidePort);
        ++answers[id].ends;
        answers[id].end = error;
    }
};

/// Answers each request with what the test's function makes of its head.
class HttpServer : public LocalServer {
public:
    std::vector<QByteArray> heads;
    std::function<QByteArray(const QByteArray& head)> answer;
    bool closesAfter = true;

    explicit HttpServer(const Certificate& certificate = {}) : LocalServer(certificate)
    {
        onConnection = [this](QSslSocket& peer) {
            QObject::connect(&peer, &QIODevice::readyRead, &peer, [this, &peer] { serve(peer); });
            serve(peer);
        };
    }
    Url url(const std::string& path, const std::string& scheme = "http") const
    {
        return Url::parse(scheme + "://localhost:" + std::to_string(port()) + path).value();
    }

private:
    void serve(QSslSocket& peer)
    {
        if (!peer.peek(65536).contains("\r\n\r\n"))
            return;
        heads.push_back(peer.readAll());
        const QByteArray out = answer(heads.back());
        peer.write(out);
        if (closesAfter && !out.isEmpty())
            peer.disconnectFromHost();
    }
};

QByteArray whole(const QByteArray& status, const QByteArray& body, const QByteArray& extra = {})
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
        + extra + "\r\n" + body;
}

class Http : public ::testing::Test {
protected:
    Http() { port.setSink(sink); }
    void request(engine::RequestId id, const Url& url, std::vector<engine::Header> headers = {})
    {
        engine::HttpRequest ask;
        ask.url = url;
        ask.headers = std::move(headers);
        request(id, ask);
    }
    void request(engine::RequestId id, const engine::HttpRequest& ask)
    {
        sink.isInsidePort = true;
        port.request(id, ask);
        sink.isInsidePort = false;
    }
    bool waitForEnd(engine::RequestId id)
    {
        return waitUntil([&] { return sink.answers[id].ends > 0; });
    }
    Recorder sink;
    io::HttpRequests port;
};

TEST_F(Http, AnAnswerIsWholeWithHeadersAndBodyInPieces)
{
    HttpServer server;
    const QByteArray body(1'000'000, 'x');
    server.answer = [&](const QByteArray&) { return whole("200 OK", body, "ETag: W/\"e:7\"\r\n"); };
    request(1, server.url("/v1/orders?ids=a%2Cb"), {{"Authorization", "Bearer t"}});
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::None) << sink.answers[1].end.what;
    EXPECT_EQ(sink.answers[1].head.status, 200);
    EXPECT_EQ(sink.answers[1].body, body.toStdString());
    EXPECT_LE(sink.answers[1].largest, limits::kReadChunkBytes);
    ASSERT_EQ(server.heads.size(), 1u);
    EXPECT_TRUE(server.heads[0].startsWith("GET /v1/orders?ids=a%2Cb HTTP/1.1\r\n")) << server.heads[0].constData();
    EXPECT_TRUE(server.heads[0].contains("Authorization: Bearer t\r\n"));
    EXPECT_TRUE(server.heads[0].contains("User-Agent: Watchglass/"));
    EXPECT_FALSE(server.heads[0].contains("Cookie"));
}

TEST_F(Http, RefusalsAreWholeAnswersWithTheirBodies)
{
    for (const QByteArray status : {"304 Not Modified", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "409 Conflict",
                                    "410 Gone", "418 Teapot", "429 Too Many Requests", "500 Internal", "503 Unavailable", "599 Odd"}) {
        HttpServer server;
        const QByteArray body = status.startsWith("304") ? "" : "{\"code\":\"x\"}";
        server.answer = [&](const QByteArray&) {
            return body.isEmpty() ? QByteArray("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n") : whole(status, body, "Retry-After: 7\r\n");
        };
        sink.answers.clear();
        request(1, server.url("/"));
        ASSERT_TRUE(waitForEnd(1)) << status.constData();
        EXPECT_EQ(sink.answers[1].end.code, ErrorCode::None) << status.constData() << sink.answers[1].end.what;
        EXPECT_EQ(sink.answers[1].head.status, status.left(3).toInt());
        EXPECT_EQ(sink.answers[1].body, body.toStdString()) << status.constData();
        port.abort(1);
    }
}

TEST_F(Http, ACutBodyIsNeverAWholeAnswer)
{
    const QByteArray cuts[] = {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":[",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ite\r\n",
                               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{\"ite"};
    for (const QByteArray& cut : cuts) {
        HttpServer server;
        server.answer = [&](const QByteArray&) { return cut; };
        sink.answers.clear();
        request(1, server.url("/"));
        ASSERT_TRUE(waitForEnd(1)) << cut.constData();
        EXPECT_EQ(sink.answers[1].end.code, ErrorCode::ConnectionLost) << cut.constData();
        EXPECT_EQ(sink.answers[1].ends, 1);
    }
}

TEST_F(Http, ARefusedConnectionIsASentence)
{
    HttpServer server;
    const Url url = server.url("/");
    server.close();
    request(1, url);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].heads, 0);
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::ConnectFailed);
    EXPECT_EQ(sink.answers[1].end.what, "Could not connect to " + url.authority() + ": connection refused.");
}

TEST_F(Http, ARedirectOnTheSameOriginKeepsTheCredentials)
{
    HttpServer server;
    server.answer = [&](const QByteArray& head) {
        return head.startsWith("GET /old") ? whole("307 Temporary", "moved", "Location: /new\r\n") : whole("200 OK", "{}");
    };
    request(1, server.url("/old"), {{"Authorization", "Bearer t"}});
    ASSERT_TRUE(waitForEnd(1));
    ASSERT_EQ(server.heads.size(), 2u);
    EXPECT_TRUE(server.heads[1].contains("Authorization: Bearer t"));
    EXPECT_EQ(sink.answers[1].heads, 1);
    EXPECT_EQ(sink.answers[1].body, "{}");
    EXPECT_EQ(sink.answers[1].head.finalUrl.path, "/new");
}

TEST_F(Http, CredentialsNeverCrossAnOrigin)
{
    HttpServer other;
    other.answer = [&](const QByteArray&) { return whole("200 OK", "{}"); };
    HttpServer server;
    server.answer = [&](const QByteArray&) { return whole("302 Found", "", "Location: " + QByteArray::fromStdString(other.url("/x").toString()) + "\r\n"); };
    request(1, server.url("/"), {{"Authorization", "Bearer t"}, {"X-Api-Key", "k"}, {"Cookie", "a=b"}, {"Accept", "application/json"}});
    ASSERT_TRUE(waitForEnd(1));
    ASSERT_EQ(other.heads.size(), 1u);
    EXPECT_FALSE(other.heads[0].contains("Bearer"));
    EXPECT_FALSE(other.heads[0].contains("X-Api-Key"));
    EXPECT_FALSE(other.heads[0].contains("a=b"));
    EXPECT_TRUE(other.heads[0].contains("Accept: application/json"));
}

TEST_F(Http, RedirectsAreBounded)
{
    HttpServer server;
    server.answer = [&](const QByteArray&) { return whole("302 Found", "", "Location: /again\r\n"); };
    request(1, server.url("/"));
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::Protocol);
    EXPECT_EQ(server.heads.size(), limits::kRedirects + 1);
    EXPECT_EQ(sink.answers[1].heads, 0);
}

TEST_F(Http, AnAbortedRequestSaysNothingMoreEvenFromInsideTheSink)
{
    HttpServer server;
    server.answer = [&](const QByteArray&) { return whole("200 OK", QByteArray(1'000'000, 'x')); };
    sink.onBytes = [&](engine::RequestId id) { port.abort(id); };
    request(1, server.url("/"));
    ASSERT_TRUE(waitUntil([&] { return !sink.answers[1].body.empty(); }));
    const std::size_t atAbort = sink.answers[1].body.size();
    turnFor(std::chrono::milliseconds(50));
    EXPECT_EQ(sink.answers[1].body.size(), atAbort);
    EXPECT_EQ(sink.answers[1].ends, 0);
}

TEST_F(Http, TwentyLongPollsToOneHostAreAllInFlightAtOnce)
{
    HttpServer server;
    server.answer = [&](const QByteArray&) { return QByteArray(); };
    for (engine::RequestId id = 1; id <= 20; ++id)
        request(id, server.url("/poll"));
    EXPECT_TRUE(waitUntil([&] { return server.heads.size() == 20; }));
    for (engine::RequestId id = 1; id <= 20; ++id)
        port.abort(id);
}

TEST_F(Http, CompressedAnswersComeUnpacked)
{
    // gzip of {"a":1}, made by Python's gzip module with mtime 0
    const QByteArray packed = QByteArray::fromHex("1f8b0800000000000203ab564a54b232ac0500afac1b5607000000");
    HttpServer server;
    server.answer = [&](const QByteArray&) { return whole("200 OK", packed, "Content-Encoding: gzip\r\n"); };
    request(1, server.url("/"));
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::None);
    EXPECT_EQ(sink.answers[1].body, "{\"a\":1}");
}

TEST_F(Http, TlsIsCheckedPerRequestEvenWhereAnotherOneTrustsBlindly)
{
    const QTemporaryDir folder;
    const Certificate certificate = makeCertificate(folder, "server");
    ASSERT_TRUE(certificate.isMade);
    HttpServer server(certificate);
    server.closesAfter = false; // the connection stays open and could be used again
    server.answer = [&](const QByteArray&) { return whole("200 OK", "{}"); };
    engine::HttpRequest trusting;
    trusting.url = server.url("/", "https");
    trusting.tls.isInsecure = true;
    request(1, trusting);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::None) << sink.answers[1].end.what;
    engine::HttpRequest checking = trusting;
    checking.tls.isInsecure = false;
    request(2, checking);
    ASSERT_TRUE(waitForEnd(2));
    EXPECT_EQ(sink.answers[2].end.code, ErrorCode::TlsFailed);
    EXPECT_EQ(sink.answers[2].heads, 0);
    EXPECT_NE(sink.answers[2].end.what.find("self-signed"), std::string::npos) << sink.answers[2].end.what;
    engine::HttpRequest pinned = checking;
    pinned.tls.pinSha256 = std::string(64, 'a');
    request(3, pinned);
    ASSERT_TRUE(waitForEnd(3));
    EXPECT_EQ(sink.answers[3].end.code, ErrorCode::TlsFailed);
    EXPECT_EQ(server.heads.size(), 1u);
}

TEST_F(Http, SecureToPlainIsNotFollowed)
{
    const QTemporaryDir folder;
    const Certificate certificate = makeCertificate(folder, "server");
    HttpServer plain;
    plain.answer = [&](const QByteArray&) { return whole("200 OK", "{}"); };
    HttpServer server(certificate);
    server.answer = [&](const QByteArray&) { return whole("301 Moved", "", "Location: " + QByteArray::fromStdString(plain.url("/").toString()) + "\r\n"); };
    engine::HttpRequest ask;
    ask.url = server.url("/", "https");
    ask.tls.caFile = certificate.certFile.toStdString();
    request(1, ask);
    ASSERT_TRUE(waitForEnd(1));
    EXPECT_EQ(sink.answers[1].end.code, ErrorCode::Protocol);
    EXPECT_TRUE(plain.heads.empty());
}

} // namespace
