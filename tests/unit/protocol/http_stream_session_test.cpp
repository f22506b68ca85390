// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/decision.h"
#include "protocol/stream_session.h"
#include "recording_sink.h"
#include "unit/codec/chunking.h"

#include <gtest/gtest.h>

namespace wg::test
{
namespace
{

using namespace protocol;
using std::chrono::seconds;

constexpr Instant kStart{1'000'000'000};
const std::string kSseHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
const std::string kNdjsonHead = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n";
const Error kEndOfData{ErrorCode::None, {}, {}};

SessionRequest requestFor(Framing framing)
{
    SessionRequest request;
    request.framing = framing;
    request.url = Url::parse("http://example.org:8080/v1/orders/watch?since=e:5").value();
    return request;
}

struct Exchange {
    explicit Exchange(const SessionRequest& request)
        : session(makeSession(request))
    {
        session->begin(kStart, sink);
    }
    void feed(std::string_view bytes, Instant at = kStart)
    {
        feedChunk(bytes, [&](std::string_view padded) { session->feed(padded, at, sink); });
    }
    void feedAll(const Chunks& chunks)
    {
        for (const std::string& chunk : chunks)
            feed(chunk);
    }
    void finish(const Error& error = kEndOfData) { session->transportEnded(error, kStart, sink); }

    RecordingSink sink;
    std::unique_ptr<StreamSession> session;
};

TEST(HttpStreamSession, WritesARequestThatAsksForNothingCachedAndNothingCompressed)
{
    SessionRequest request = requestFor(Framing::Sse);
    request.headers = {{"Authorization", "Bearer t"}, {"Last-Event-ID", "e:5"}};
    const Exchange run(request);
    for (const char* line :
         {"GET /v1/orders/watch?since=e:5 HTTP/1.1\r\nHost: example.org:8080\r\n", "\r\nAccept: text/event-stream\r\n",
          "\r\nCache-Control: no-store\r\n", "\r\nAccept-Encoding: identity\r\n", "\r\nUser-Agent: Watchglass/",
          "\r\nAuthorization: Bearer t\r\n", "\r\nLast-Event-ID: e:5\r\n"})
        EXPECT_NE(run.sink.written.find(line), std::string::npos) << line;
    EXPECT_EQ(run.sink.written.substr(run.sink.written.size() - 4), "\r\n\r\n");
}

TEST(HttpStreamSession, LetsTheRequestReplaceAccept)
{
    SessionRequest request = requestFor(Framing::Ndjson);
    request.headers = {{"accept", "application/json"}};
    const Exchange run(request);
    EXPECT_NE(run.sink.written.find("accept: application/json\r\n"), std::string::npos);
    EXPECT_EQ(run.sink.written.find("Accept: "), std::string::npos);
}

TEST(HttpStreamSession, RefusesHeadersThatWouldBreakTheRequest)
{
    for (const HeaderField& field :
         {HeaderField{"X", "a\r\nY: b"}, HeaderField{"Host", "evil"}, HeaderField{"a b", "c"}}) {
        SessionRequest request = requestFor(Framing::Sse);
        request.headers = {field};
        const Exchange run(request);
        EXPECT_EQ(run.sink.written, "");
        ASSERT_EQ(run.sink.ends.size(), 1u);
        EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::BadArgument);
    }
}

TEST(HttpStreamSession, DeliversEventsInEveryChunking)
{
    const std::string body = "retry: 700\nid: 1\ndata: a\n\nid: 2\nevent: tick\ndata: b\n\n: keep\n\ndata: c\n\n";
    std::string chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 11) {
        const std::string piece = body.substr(at, 11);
        chunked += (piece.size() == 11 ? "b" : std::to_string(piece.size())) + "\r\n" + piece + "\r\n";
    }
    chunked += "0\r\n\r\n";
    forEveryChunking({chunked}, [](const Chunks& chunks, const std::string& how) {
        Exchange run(requestFor(Framing::Sse));
        run.feedAll(chunks);
        EXPECT_EQ(run.sink.texts(), (std::vector<std::string>{"a", "b", "c"})) << how;
        EXPECT_EQ(run.sink.messages.at(1).type, "tick") << how;
        EXPECT_EQ(run.sink.messages.at(2).id, "2") << how;
        EXPECT_EQ(run.sink.retries, std::vector<double>{700}) << how;
        EXPECT_EQ(run.sink.heads.size(), 1u) << how;
        ASSERT_EQ(run.sink.ends.size(), 1u) << how;
        EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::None) << how;
        EXPECT_FALSE(run.sink.ends[0].cutMidMessage) << how;
    });
}

TEST(HttpStreamSession, DeliversLinesAndDropsAnUnfinishedOne)
{
    forEveryChunking({kNdjsonHead + "{\"a\":1}\n\n{\"b\":2}\r\n{\"c\""},
                     [](const Chunks& chunks, const std::string& how) {
                         Exchange run(requestFor(Framing::Ndjson));
                         run.feedAll(chunks);
                         run.finish();
                         EXPECT_EQ(run.sink.texts(), (std::vector<std::string>{"{\"a\":1}", "{\"b\":2}"})) << how;
                         ASSERT_EQ(run.sink.ends.size(), 1u) << how;
                         EXPECT_TRUE(run.sink.ends[0].cutMidMessage) << how;
                     });
}

TEST(HttpStreamSession, ReportsACutInsideTheResponseAsALostConnection)
{
    const std::string stream =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: a\n\ndata: b\n";
    Exchange run(requestFor(Framing::Sse));
    run.feed(stream);
    run.finish();
    ASSERT_EQ(run.sink.ends.size(), 1u);
    EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::ConnectionLost);
    EXPECT_TRUE(run.sink.ends[0].cutMidMessage);
    EXPECT_EQ(run.sink.messages.size(), 1u);

    Exchange head(requestFor(Framing::Sse));
    head.feed("HTTP/1.1 200 OK\r\nConte");
    head.finish();
    ASSERT_EQ(head.sink.ends.size(), 1u);
    EXPECT_EQ(head.sink.ends[0].error.code, ErrorCode::ConnectionLost);
}

TEST(HttpStreamSession, PassesATransportErrorOn)
{
    Exchange run(requestFor(Framing::Sse));
    run.feed(kSseHead + "data: a\n\n");
    run.finish({ErrorCode::ConnectionLost, "Connection reset by peer.", {}});
    ASSERT_EQ(run.sink.ends.size(), 1u);
    EXPECT_EQ(run.sink.ends[0].error.what, "Connection reset by peer.");
    run.finish();
    EXPECT_EQ(run.sink.ends.size(), 1u) << "ended comes once";
}

TEST(HttpStreamSession, OpensAndThenEndsWhereAnEventSourceWouldReconnect)
{
    // sse_connect: end of body, reset in the middle of an event, content-length longer than body, reset after headers.
    for (const char* body : {"data: a\n\n", "data: a\n\nda", ""}) {
        Exchange run(requestFor(Framing::Sse));
        run.feed("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 500\r\n\r\n" +
                 std::string(body));
        run.finish({ErrorCode::ConnectionLost, "reset", {}});
        EXPECT_EQ(run.sink.heads.size(), 1u);
        EXPECT_EQ(run.sink.ends.size(), 1u);
        EXPECT_TRUE(run.sink.refusals.empty());
    }
}

TEST(HttpStreamSession, NeverParsesAnotherContentType)
{
    Exchange run(requestFor(Framing::Sse));
    run.feed("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\ndata: <html>\n\n");
    EXPECT_TRUE(run.sink.heads.empty());
    EXPECT_TRUE(run.sink.messages.empty());
    ASSERT_EQ(run.sink.refusals.size(), 1u);
    EXPECT_EQ(run.sink.refusals[0].error.code, ErrorCode::WrongContentType);
    EXPECT_NE(run.sink.refusals[0].error.what.find("text/html"), std::string::npos);
    EXPECT_NE(run.sink.refusals[0].error.what.find("text/event-stream"), std::string::npos);
    run.finish();
    EXPECT_TRUE(run.sink.ends.empty()) << "nothing follows a refusal";
}

TEST(HttpStreamSession, TakesTheTypesThatTheRequestNames)
{
    SessionRequest request = requestFor(Framing::Ndjson);
    request.contentTypes = {"text/plain"};
    Exchange good(request);
    good.feed("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n1\n");
    EXPECT_EQ(good.sink.messages.size(), 1u);
    Exchange bad(request);
    bad.feed("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n1\n");
    ASSERT_EQ(bad.sink.refusals.size(), 1u);
    EXPECT_EQ(bad.sink.refusals[0].error.code, ErrorCode::WrongContentType);
}

TEST(HttpStreamSession, RefusesACompressedStream)
{
    Exchange run(requestFor(Framing::Sse));
    run.feed("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b");
    ASSERT_EQ(run.sink.refusals.size(), 1u);
    EXPECT_NE(run.sink.refusals[0].error.what.find("gzip"), std::string::npos);
}

TEST(HttpStreamSession, RefusesWithTheWholeProblemDocumentInEveryChunking)
{
    const std::string answer =
        "HTTP/1.1 410 Gone\r\nContent-Type: application/problem+json\r\nContent-Length: 26\r\n\r\n"
        "{\"code\":\"version_expired\"}";
    forEveryChunking({answer}, [](const Chunks& chunks, const std::string& how) {
        Exchange run(requestFor(Framing::Sse));
        run.feedAll(chunks);
        ASSERT_EQ(run.sink.refusals.size(), 1u) << how;
        EXPECT_EQ(run.sink.refusals[0].head.status, 410) << how;
        EXPECT_EQ(run.sink.refusals[0].body, "{\"code\":\"version_expired\"}") << how;
        EXPECT_EQ(run.sink.refusals[0].error.code, ErrorCode::Gone) << how;
    });
}

TEST(HttpStreamSession, RefusesAtOnceWhereThereIsNothingToReadAndAtADeadlineWhereThereIsNoEnd)
{
    Exchange gone(requestFor(Framing::Sse));
    gone.feed("HTTP/1.1 204 No Content\r\n\r\n");
    EXPECT_EQ(gone.sink.refusals.size(), 1u);
    Exchange moved(requestFor(Framing::Sse));
    moved.feed("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 10\r\n\r\n");
    ASSERT_EQ(moved.sink.refusals.size(), 1u);
    EXPECT_EQ(moved.sink.refusals[0].head.header("location"), "/other");
    EXPECT_EQ(moved.sink.refusals[0].error.code, ErrorCode::Rejected);
    Exchange slow(requestFor(Framing::Sse));
    slow.feed("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\nabc");
    EXPECT_TRUE(slow.sink.refusals.empty());
    ASSERT_TRUE(slow.session->nextDeadline());
    slow.session->tick(*slow.session->nextDeadline(), slow.sink);
    ASSERT_EQ(slow.sink.refusals.size(), 1u);
    EXPECT_EQ(slow.sink.refusals[0].body, "abc");
    Exchange endless(requestFor(Framing::Sse));
    endless.feed("HTTP/1.1 500 No\r\n\r\n" + std::string(limits::kErrorBodyBytes + 5, 'x'));
    ASSERT_EQ(endless.sink.refusals.size(), 1u);
    EXPECT_EQ(endless.sink.refusals[0].body.size(), limits::kErrorBodyBytes);
}

TEST(HttpStreamSession, HasADeadlineForTheHeadAndOneForTheFirstByte)
{
    Exchange head(requestFor(Framing::Sse));
    EXPECT_EQ(head.session->nextDeadline(), kStart + seconds(10));
    head.feed("HTTP/1.1 200 OK\r\n", kStart + seconds(9)); // dripping does not move it
    EXPECT_EQ(head.session->nextDeadline(), kStart + seconds(10));
    head.session->tick(kStart + seconds(9), head.sink);
    EXPECT_TRUE(head.sink.ends.empty());
    head.session->tick(kStart + seconds(10), head.sink);
    ASSERT_EQ(head.sink.ends.size(), 1u);
    EXPECT_EQ(head.sink.ends[0].error.code, ErrorCode::Timeout);

    Exchange quiet(requestFor(Framing::Sse));
    quiet.feed(kSseHead, kStart + seconds(3));
    EXPECT_EQ(quiet.session->nextDeadline(), kStart + seconds(8));
    quiet.session->tick(kStart + seconds(8), quiet.sink);
    ASSERT_EQ(quiet.sink.ends.size(), 1u);
    EXPECT_EQ(quiet.sink.ends[0].error.code, ErrorCode::Timeout);

    Exchange alive(requestFor(Framing::Sse));
    alive.feed(kSseHead + ":");
    EXPECT_EQ(alive.session->nextDeadline(), std::nullopt);
}

TEST(HttpStreamSession, EndsWithASentenceAtTheLimit)
{
    SessionRequest request = requestFor(Framing::Ndjson);
    request.maxMessageBytes = 10;
    Exchange run(request);
    run.feed(kNdjsonHead + "1\n\"" + std::string(20, 'x') + "\"\n2\n");
    EXPECT_EQ(run.sink.texts(), std::vector<std::string>{"1"});
    ASSERT_EQ(run.sink.ends.size(), 1u);
    EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::TooLarge);
    EXPECT_NE(run.sink.ends[0].error.what.find("10 bytes"), std::string::npos);
}

TEST(HttpStreamSession, DeliversNothingAfterClose)
{
    Exchange run(requestFor(Framing::Sse));
    run.sink.onMessage = [&run] { run.session->close(1000, {}, run.sink); };
    run.feed(kSseHead + "data: a\n\ndata: b\n\n");
    run.feed("data: c\n\n");
    run.finish();
    EXPECT_EQ(run.sink.texts(), std::vector<std::string>{"a"});
    ASSERT_EQ(run.sink.ends.size(), 1u);
    EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::Cancelled);

    Exchange hinted(requestFor(Framing::Sse));
    hinted.sink.onRetryHint = [&hinted] { hinted.session->close(1000, {}, hinted.sink); };
    hinted.feed(kSseHead + "retry: 5\ndata: a\n\n");
    EXPECT_TRUE(hinted.sink.messages.empty());
    EXPECT_EQ(hinted.sink.ends.size(), 1u);
}

TEST(HttpStreamSession, KeepsTheEventIdOfTheConnectionBefore)
{
    SessionRequest request = requestFor(Framing::Sse);
    request.headers = {{"last-event-id", "e:7"}};
    Exchange run(request);
    run.feed(kSseHead + "data: a\n\n");
    EXPECT_EQ(run.sink.messages.at(0).id, "e:7");
}

TEST(HttpStreamSession, SaysWhatIsWrongWithAnAnswerThatIsNotHttp)
{
    Exchange run(requestFor(Framing::Sse));
    run.feed("SSH-2.0-OpenSSH_9.2\r\n");
    ASSERT_EQ(run.sink.ends.size(), 1u);
    EXPECT_EQ(run.sink.ends[0].error.code, ErrorCode::Protocol);
    EXPECT_NE(run.sink.ends[0].error.what.find("HTTP/1.1"), std::string::npos);
}

} // namespace
} // namespace wg::test
