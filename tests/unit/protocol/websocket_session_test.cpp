// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/websocket_handshake.h"
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

std::string text(std::string_view payload)
{
    return "\x81" + std::string(1, static_cast<char>(payload.size())) + std::string(payload);
}
std::string control(char first, std::string_view payload)
{
    return std::string(1, first) + std::string(1, static_cast<char>(payload.size())) + std::string(payload);
}
std::string closeFrame(int code, std::string_view reason = {})
{
    return control('\x88',
                   std::string{static_cast<char>(code >> 8), static_cast<char>(code & 255)} + std::string(reason));
}

struct Exchange {
    explicit Exchange(SessionRequest request = {})
    {
        request.framing = Framing::WebSocket;
        request.url = Url::parse("ws://example.org/v1/orders/watch").value();
        session = makeSession(request);
        session->begin(kStart, sink);
    }
    void feed(std::string_view bytes, Instant at = kStart)
    {
        feedChunk(bytes, [&](std::string_view padded) { session->feed(padded, at, sink); });
    }
    std::string upgrade(std::string_view extra = {}) const
    {
        const std::string name = "Sec-WebSocket-Key: ";
        const std::size_t at = sink.written.find(name) + name.size();
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, "
               "Upgrade\r\nSec-WebSocket-Accept: " +
               codec::webSocketAccept(sink.written.substr(at, 24)) + "\r\n" + std::string(extra) + "\r\n";
    }
    /// Opens, and forgets the request.
    void open()
    {
        feed(upgrade());
        sink.written.clear();
    }
    /// First byte of each frame written, with its unmasked payload.
    std::vector<std::pair<unsigned, std::string>> frames() const
    {
        std::vector<std::pair<unsigned, std::string>> all;
        std::string_view bytes = sink.written;
        while (bytes.size() >= 6) {
            const std::size_t size = static_cast<unsigned char>(bytes[1]) & 0x7F;
            std::string payload;
            for (std::size_t i = 0; i < size; ++i)
                payload += static_cast<char>(bytes[6 + i] ^ bytes[2 + i % 4]);
            all.emplace_back(static_cast<unsigned char>(bytes[0]), payload);
            bytes.remove_prefix(6 + size);
        }
        return all;
    }

    RecordingSink sink;
    std::unique_ptr<StreamSession> session;
};

using Frames = std::vector<std::pair<unsigned, std::string>>;

TEST(WebSocketSession, AsksForTheUpgradeAsTheRfcSays)
{
    SessionRequest request;
    request.subprotocols = {"watch.v1", "bearer.dG9rZW4"};
    request.headers = {{"Authorization", "Bearer t"}};
    const Exchange exchange(request);
    for (const char* line : {"GET /v1/orders/watch HTTP/1.1\r\nHost: example.org\r\n", "\r\nUpgrade: websocket\r\n",
                             "\r\nConnection: Upgrade\r\n", "\r\nSec-WebSocket-Version: 13\r\n",
                             "\r\nSec-WebSocket-Protocol: watch.v1, bearer.dG9rZW4\r\n",
                             "\r\nAuthorization: Bearer t\r\n", "\r\nUser-Agent: Watchglass/"})
        EXPECT_NE(exchange.sink.written.find(line), std::string::npos) << line;
}

TEST(WebSocketSession, DeliversMessagesInEveryChunkingEvenBehindTheUpgradeAnswer)
{
    Exchange probe;
    const std::string bytes =
        probe.upgrade() + text("one") + control('\x89', "hi") + text("two") + closeFrame(1001, "away");
    forEveryChunking({bytes}, [](const Chunks& chunks, const std::string& how) {
        Exchange exchange;
        for (const std::string& chunk : chunks)
            exchange.feed(chunk);
        EXPECT_EQ(exchange.sink.texts(), (std::vector<std::string>{"one", "two"})) << how;
        EXPECT_EQ(exchange.sink.heads.size(), 1u) << how;
        ASSERT_EQ(exchange.sink.ends.size(), 1u) << how;
        EXPECT_EQ(exchange.sink.ends[0].closeCode, 1001) << how;
        EXPECT_EQ(exchange.sink.ends[0].reason, "away") << how;
        EXPECT_EQ(exchange.sink.ends[0].error.code, ErrorCode::None) << how;
        EXPECT_FALSE(exchange.sink.ends[0].cutMidMessage) << how;
    });
}

TEST(WebSocketSession, AnswersPingsAndTheCloseFrame)
{
    Exchange exchange;
    exchange.open();
    exchange.feed(control('\x89', "hi") + closeFrame(4410));
    EXPECT_EQ(exchange.frames(), (Frames{{0x8A, "hi"}, {0x88, "\x11\x3A"}}));
    EXPECT_EQ(exchange.sink.ends.at(0).closeCode, 4410);
}

TEST(WebSocketSession, NeverEchoesACodeThatMustNotStandInAFrame)
{
    for (const int code : {1004, 1005, 1006, 1015}) {
        Exchange exchange;
        exchange.open();
        exchange.feed(closeFrame(code));
        EXPECT_EQ(exchange.frames(), (Frames{{0x88, "\x03\xE8"}})) << code;
        EXPECT_EQ(exchange.sink.ends.at(0).closeCode, code);
    }
    Exchange none;
    none.open();
    none.feed(control('\x88', ""));
    EXPECT_EQ(none.sink.ends.at(0).closeCode, 1005);
}

TEST(WebSocketSession, KeepsStatusHeadersAndBodyOfARefusal)
{
    const std::string answer =
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nRetry-After: 3\r\nContent-Length: 4\r\n\r\nnope";
    forEveryChunking({answer}, [](const Chunks& chunks, const std::string& how) {
        Exchange exchange;
        for (const std::string& chunk : chunks)
            exchange.feed(chunk);
        ASSERT_EQ(exchange.sink.refusals.size(), 1u) << how;
        EXPECT_EQ(exchange.sink.refusals[0].head.status, 401);
        EXPECT_EQ(exchange.sink.refusals[0].head.header("retry-after"), "3");
        EXPECT_EQ(exchange.sink.refusals[0].body, "nope");
        EXPECT_EQ(exchange.sink.refusals[0].error.code, ErrorCode::Unauthorized);
        EXPECT_TRUE(exchange.sink.ends.empty());
    });
    Exchange page;
    page.feed("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<html>");
    ASSERT_EQ(page.sink.refusals.size(), 1u) << "a page is not waited for";
    Exchange moved;
    moved.feed("HTTP/1.1 307 Temporary\r\nLocation: wss://other/\r\n\r\n");
    ASSERT_EQ(moved.sink.refusals.size(), 1u);
    EXPECT_EQ(moved.sink.refusals[0].head.header("Location"), "wss://other/");
}

TEST(WebSocketSession, RefusesAForgedUpgrade)
{
    Exchange exchange;
    exchange.feed("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                  "Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n" +
                  text("a"));
    ASSERT_EQ(exchange.sink.refusals.size(), 1u);
    EXPECT_EQ(exchange.sink.refusals[0].error.code, ErrorCode::Protocol);
    EXPECT_TRUE(exchange.sink.messages.empty());
}

TEST(WebSocketSession, ReportsTheSubprotocol)
{
    SessionRequest request;
    request.subprotocols = {"watch.v1"};
    Exchange exchange(request);
    exchange.feed(exchange.upgrade("Sec-WebSocket-Protocol: watch.v1\r\n"));
    EXPECT_EQ(exchange.sink.heads.at(0).subprotocol, "watch.v1");
}

TEST(WebSocketSession, FailsTheConnectionOnTextThatIsNotUtf8AfterShowingIt)
{
    Exchange exchange;
    exchange.open();
    exchange.feed(text("\xC3\x28") + text("late"));
    ASSERT_EQ(exchange.sink.messages.size(), 1u);
    EXPECT_FALSE(exchange.sink.messages[0].isValid);
    EXPECT_EQ(exchange.frames(), (Frames{{0x88, "\x03\xEF"}}));
    ASSERT_EQ(exchange.sink.ends.size(), 1u);
    EXPECT_EQ(exchange.sink.ends[0].error.code, ErrorCode::Undecodable);
    EXPECT_EQ(exchange.sink.ends[0].closeCode, 1007);
}

TEST(WebSocketSession, ClosesOnBrokenFramingAndOnTheLimit)
{
    Exchange masked;
    masked.open();
    masked.feed(std::string("\x81\x81mask", 6) + "x");
    EXPECT_EQ(masked.frames(), (Frames{{0x88, "\x03\xEA"}}));
    EXPECT_EQ(masked.sink.ends.at(0).error.code, ErrorCode::Protocol);
    EXPECT_EQ(masked.sink.ends.at(0).closeCode, 1002);

    SessionRequest request;
    request.maxMessageBytes = 5;
    Exchange large(request);
    large.open();
    large.feed(text("12345") + text("123456"));
    EXPECT_EQ(large.sink.messages.size(), 1u);
    EXPECT_EQ(large.frames(), (Frames{{0x88, "\x03\xF1"}}));
    EXPECT_EQ(large.sink.ends.at(0).error.code, ErrorCode::TooLarge);
}

TEST(WebSocketSession, CallsAnEndWithoutCloseFrameALostConnection)
{
    Exchange exchange;
    exchange.open();
    exchange.feed(text("whole") + text("cut").substr(0, 3));
    exchange.session->transportEnded({ErrorCode::None, {}, {}}, kStart, exchange.sink);
    ASSERT_EQ(exchange.sink.ends.size(), 1u);
    EXPECT_EQ(exchange.sink.ends[0].error.code, ErrorCode::ConnectionLost);
    EXPECT_EQ(exchange.sink.ends[0].closeCode, 1006);
    EXPECT_TRUE(exchange.sink.ends[0].cutMidMessage);
}

TEST(WebSocketSession, ClosesInOrderAndWaitsABoundedTime)
{
    Exchange answered;
    answered.open();
    answered.session->close(1000, "done", answered.sink);
    EXPECT_EQ(answered.frames(), (Frames{{0x88, std::string("\x03\xE8") + "done"}}));
    EXPECT_TRUE(answered.sink.ends.empty());
    answered.feed(text("late") + closeFrame(1000));
    EXPECT_TRUE(answered.sink.messages.empty());
    ASSERT_EQ(answered.sink.ends.size(), 1u);
    EXPECT_EQ(answered.sink.ends[0].error.code, ErrorCode::Cancelled);
    EXPECT_EQ(answered.frames().size(), 1u) << "no second close frame";

    Exchange silent;
    silent.open();
    silent.session->close(1000, {}, silent.sink);
    ASSERT_EQ(silent.session->nextDeadline(), kStart + kCloseDeadline);
    silent.session->tick(kStart + kCloseDeadline, silent.sink);
    EXPECT_EQ(silent.sink.ends.size(), 1u);

    Exchange early;
    early.session->close(1000, {}, early.sink);
    EXPECT_EQ(early.sink.ends.size(), 1u);
}

TEST(WebSocketSession, DeliversNothingAfterCloseInsideAMessage)
{
    Exchange exchange;
    exchange.open();
    exchange.sink.onMessage = [&exchange] { exchange.session->close(1000, {}, exchange.sink); };
    exchange.feed(text("a") + text("b") + closeFrame(1000));
    EXPECT_EQ(exchange.sink.texts(), std::vector<std::string>{"a"});
    EXPECT_EQ(exchange.sink.ends.size(), 1u);
}

TEST(WebSocketSession, SendsTextOnlyWhileOpen)
{
    Exchange exchange;
    exchange.sink.written.clear();
    exchange.session->sendText("early", exchange.sink);
    EXPECT_EQ(exchange.sink.written, "");
}

TEST(WebSocketSession, SendsMaskedText)
{
    Exchange exchange;
    exchange.open();
    exchange.session->sendText("{\"op\":\"ping\"}", exchange.sink);
    EXPECT_EQ(exchange.frames(), (Frames{{0x81, "{\"op\":\"ping\"}"}}));
    EXPECT_EQ(exchange.sink.written.find("op"), std::string::npos);
}

TEST(WebSocketSession, PingsAQuietLineAndMeasuresTheReply)
{
    SessionRequest request;
    request.pingInterval = seconds(10);
    Exchange exchange(request);
    exchange.open();
    exchange.feed(text("a"), kStart + seconds(5));
    ASSERT_EQ(exchange.session->nextDeadline(), kStart + seconds(15));
    exchange.session->tick(kStart + seconds(14), exchange.sink);
    EXPECT_TRUE(exchange.frames().empty());
    exchange.session->tick(kStart + seconds(15), exchange.sink);
    ASSERT_EQ(exchange.frames().size(), 1u);
    EXPECT_EQ(exchange.frames()[0].first, 0x89u);
    EXPECT_EQ(exchange.session->nextDeadline(), kStart + seconds(25));
    exchange.feed(control('\x8A', exchange.frames()[0].second), kStart + seconds(15) + std::chrono::milliseconds(40));
    EXPECT_EQ(exchange.session->roundTrip(), std::chrono::milliseconds(40));
}

TEST(WebSocketSession, HasADeadlineForTheUpgrade)
{
    Exchange exchange;
    ASSERT_EQ(exchange.session->nextDeadline(), kStart + seconds(10));
    exchange.session->tick(kStart + seconds(10), exchange.sink);
    ASSERT_EQ(exchange.sink.ends.size(), 1u);
    EXPECT_EQ(exchange.sink.ends[0].error.code, ErrorCode::Timeout);
}

} // namespace
} // namespace wg::test
