// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/http1_response.h"

#include "chunking.h"
#include "codec/http1_request.h"

#include <gtest/gtest.h>

namespace wg::test
{
namespace
{

struct Outcome {
    int heads = 0;
    int ends = 0;
    std::string body;
    std::string fault;
    std::string left; ///< behind an upgrade
    codec::HttpHead head;
    codec::HttpFinish finish = codec::HttpFinish::Truncated;
};

Outcome read(const Chunks& chunks)
{
    Outcome outcome;
    codec::Http1Response response;
    for (const std::string& chunk : chunks)
        feedChunk(chunk, [&](std::string_view in) {
            for (;;) {
                std::string_view body;
                const codec::HttpStep step = response.next(in, body);
                if (step == codec::HttpStep::NeedMore || step == codec::HttpStep::Failed)
                    break;
                outcome.heads += step == codec::HttpStep::Head;
                outcome.ends += step == codec::HttpStep::End;
                if (step == codec::HttpStep::Body) {
                    EXPECT_FALSE(body.empty());
                    outcome.body += body;
                }
            }
            outcome.left += in;
        });
    outcome.head = response.head();
    outcome.fault = response.fault();
    outcome.finish = response.finish();
    return outcome;
}

void expectAlways(const std::string& bytes, const std::function<void(const Outcome&)>& check)
{
    forEveryChunking({bytes}, [&](const Chunks& chunks, const std::string& how) {
        SCOPED_TRACE(how);
        check(read(chunks));
    });
}

TEST(Http1Response, ReadsABodyOfKnownLength)
{
    expectAlways("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello", [](const Outcome& outcome) {
        EXPECT_EQ(outcome.heads, 1);
        EXPECT_EQ(outcome.ends, 1);
        EXPECT_EQ(outcome.body, "hello");
        EXPECT_EQ(outcome.head.status, 200);
        EXPECT_EQ(outcome.head.reason, "OK");
        EXPECT_EQ(outcome.head.field("x-a"), "b");
        EXPECT_EQ(outcome.finish, codec::HttpFinish::Complete);
    });
}

TEST(Http1Response, ReadsChunksWithExtensionsAndTrailers)
{
    expectAlways("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n00A "
                 "\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n",
                 [](const Outcome& outcome) {
                     EXPECT_EQ(outcome.body, "hello0123456789");
                     EXPECT_EQ(outcome.ends, 1);
                     EXPECT_EQ(outcome.finish, codec::HttpFinish::Complete);
                 });
}

TEST(Http1Response, TakesLinesThatEndWithLfOnly)
{
    expectAlways("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n", [](const Outcome& outcome) {
        EXPECT_EQ(outcome.body, "abc");
        EXPECT_EQ(outcome.ends, 1);
    });
}

TEST(Http1Response, ReadsUntilTheConnectionEnds)
{
    expectAlways("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n", [](const Outcome& outcome) {
        EXPECT_EQ(outcome.body, "data: x\n\n");
        EXPECT_EQ(outcome.ends, 0);
        EXPECT_EQ(outcome.finish, codec::HttpFinish::Complete);
    });
}

TEST(Http1Response, SkipsInterimAnswersButNotAnUpgrade)
{
    expectAlways("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 "
                 "OK\r\nContent-Length: 0\r\n\r\n",
                 [](const Outcome& outcome) {
                     EXPECT_EQ(outcome.heads, 1);
                     EXPECT_EQ(outcome.head.status, 200);
                     EXPECT_EQ(outcome.head.field("Link"), "");
                     EXPECT_EQ(outcome.ends, 1);
                 });
    expectAlways("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi",
                 [](const Outcome& outcome) {
                     EXPECT_EQ(outcome.head.status, 101);
                     EXPECT_EQ(outcome.left, "\x81\x02hi");
                     EXPECT_EQ(outcome.ends, 0);
                 });
}

TEST(Http1Response, GivesNoBodyTo204And304)
{
    expectAlways("HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
                 [](const Outcome& outcome) { EXPECT_EQ(outcome.ends, 1); });
    expectAlways("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                 [](const Outcome& outcome) { EXPECT_EQ(outcome.ends, 1); });
}

TEST(Http1Response, JoinsFoldedFieldsWithASpace)
{
    expectAlways("HTTP/1.1 200 OK\r\nX-A: one\r\n\t two\r\nContent-Length: 0\r\n\r\n",
                 [](const Outcome& outcome) { EXPECT_EQ(outcome.head.field("X-A"), "one two"); });
}

TEST(Http1Response, TakesEqualContentLengthsAndLetsChunkedWin)
{
    expectAlways("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 02\r\n\r\nab",
                 [](const Outcome& outcome) { EXPECT_EQ(outcome.body, "ab"); });
    expectAlways(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: identity, Chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        [](const Outcome& outcome) { EXPECT_EQ(outcome.body, "ab"); });
}

TEST(Http1Response, RefusesBadFramingWithASentence)
{
    const std::string good = "HTTP/1.1 200 OK\r\n";
    for (const std::string& bytes : {
             std::string("HTTP/2 200 OK\r\n\r\n"),
             std::string("SSH-2.0-OpenSSH_9.2\r\n"),
             std::string("HTTP/1.1 20 OK\r\n\r\n"),
             std::string("HTTP/1.1 2000 OK\r\n\r\n"),
             std::string("HTTP/1.1 099 No\r\n\r\n"),
             good + " folded: nothing\r\n\r\n",
             good + "no colon\r\n\r\n",
             good + "Space : x\r\n\r\n",
             good + "X: a\rb\r\n\r\n",
             good + std::string("X: a\0b\r\n\r\n", 10),
             good + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na",
             good + "Content-Length: -1\r\n\r\n",
             good + "Content-Length: 5x\r\n\r\n",
             good + "Content-Length: \r\n\r\n",
             good + "Content-Length: 99999999999999999999\r\n\r\n",
             good + "Transfer-Encoding: gzip, chunked\r\n\r\n",
             good + "Transfer-Encoding: chunked, chunked\r\n\r\n",
             good + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
             good + "Transfer-Encoding: chunked\r\n\r\n\r\n",
             good + "Transfer-Encoding: chunked\r\n\r\n-5\r\n",
             good + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
             good + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
         })
        expectAlways(bytes, [&bytes](const Outcome& outcome) {
            EXPECT_FALSE(outcome.fault.empty()) << bytes;
            EXPECT_EQ(outcome.finish, codec::HttpFinish::Truncated) << bytes;
        });
}

TEST(Http1Response, BoundsHeadLinesAndTrailers)
{
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (std::size_t i = 0; i <= limits::kHttpHeaderLines; ++i)
        many += "X: y\r\n";
    EXPECT_FALSE(read({many + "\r\n"}).fault.empty());
    const std::string large = "HTTP/1.1 200 OK\r\nX: " + std::string(limits::kHttpHeadBytes, 'y');
    EXPECT_FALSE(read({large}).fault.empty());
    std::string trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    for (std::size_t i = 0; i <= limits::kHttpHeaderLines; ++i)
        trailers += "X: y\r\n";
    EXPECT_FALSE(read({trailers + "\r\n"}).fault.empty());
    EXPECT_FALSE(
        read({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(5000, 'e')}).fault.empty());
}

TEST(Http1Response, KnowsACutBody)
{
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (std::size_t at = 0; at < chunked.size(); ++at)
        EXPECT_EQ(read({chunked.substr(0, at)}).finish, codec::HttpFinish::Truncated) << at;
    EXPECT_EQ(read({chunked}).finish, codec::HttpFinish::Complete);
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"}).finish, codec::HttpFinish::Truncated);
}

TEST(Http1Request, WritesAHeadThatNothingFromOutsideCanBreak)
{
    codec::Http1Request request("/v1/a?b=c", "example.org:81");
    request.add("Accept", "text/event-stream");
    EXPECT_TRUE(request.isOk());
    EXPECT_EQ(std::move(request).take(),
              "GET /v1/a?b=c HTTP/1.1\r\nHost: example.org:81\r\nAccept: text/event-stream\r\n\r\n");

    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"X", "a\r\nY: b"},
                                                                                      {"X", "a\nb"},
                                                                                      {"X", std::string("a\0b", 3)},
                                                                                      {"X\r\nY", "b"},
                                                                                      {"X Y", "b"},
                                                                                      {"", "b"},
                                                                                      {"X:", "b"}}) {
        codec::Http1Request bad("/", "h");
        bad.add(name, value);
        EXPECT_FALSE(bad.isOk()) << name;
        EXPECT_EQ(std::move(bad).take(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    EXPECT_FALSE(codec::Http1Request("/a b", "h").isOk());
    EXPECT_FALSE(codec::Http1Request("/a\r\nX: y", "h").isOk());
    EXPECT_FALSE(codec::Http1Request("", "h").isOk());
    EXPECT_FALSE(codec::Http1Request("/", "h\r\nX: y").isOk());
}

TEST(HttpField, ReadsTheEssenceOfAMediaType)
{
    EXPECT_EQ(codec::mediaTypeEssence(" Text/Event-Stream ; charset=utf-8"), "text/event-stream");
    EXPECT_EQ(codec::mediaTypeEssence("text/ event-stream"), "");
    EXPECT_EQ(codec::mediaTypeEssence("event-stream"), "");
    EXPECT_EQ(codec::mediaTypeEssence(""), "");
}

} // namespace
} // namespace wg::test
