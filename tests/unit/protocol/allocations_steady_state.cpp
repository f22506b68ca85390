// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what the sessions allocate once they are warm: nothing. An executable of its own, because it replaces the
// global allocation functions.
#include "codec/websocket_handshake.h"
#include "protocol/stream_session.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace
{

std::atomic<long> g_allocations{0};

void* allocate(std::size_t size)
{
    ++g_allocations;
    if (void* const at = std::malloc(size ? size : 1))
        return at;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void operator delete(void* at) noexcept
{
    std::free(at);
}
void operator delete[](void* at) noexcept
{
    std::free(at);
}
void operator delete(void* at, std::size_t) noexcept
{
    std::free(at);
}
void operator delete[](void* at, std::size_t) noexcept
{
    std::free(at);
}

namespace wg::test
{
namespace
{

using namespace protocol;

constexpr std::size_t kPadding = 64;
constexpr int kWarmRounds = 3;
constexpr int kCountedRounds = 20;

class CountingSink final : public SessionSink
{
public:
    void write(std::string_view text) override
    {
        lastWrite = text.size() < sizeof request ? keep(text) : std::string_view();
    }
    void opened(const ResponseHead&) override { isOpen = true; }
    void refused(const ResponseHead&, std::string_view, const Error&) override { isBroken = true; }
    void message(const Message& message) override
    {
        ++messages;
        bytes += message.text.size();
    }
    void retryHint(double) override {}
    void ended(const StreamEnd&) override { isBroken = true; }

    std::string_view lastWrite;
    long messages = 0;
    std::size_t bytes = 0;
    bool isOpen = false;
    bool isBroken = false;

private:
    std::string_view keep(std::string_view text)
    {
        text.copy(request, text.size());
        return {request, text.size()};
    }
    char request[2048] = {};
};

std::string webSocketFrames(int events)
{
    std::string out;
    for (int i = 0; i < events; ++i) {
        const std::string text(200 + i % 40, static_cast<char>('a' + i % 26));
        out += std::string("\x81\x7E", 2) + static_cast<char>(text.size() >> 8) + static_cast<char>(text.size() & 255) +
               text;
        // A fragmented message and a ping now and then.
        if (i % 10 == 0)
            out += std::string("\x01\x03"
                               "abc"
                               "\x89\x02"
                               "hi"
                               "\x80\x04"
                               "\xC3\xA9xy",
                               15);
    }
    return out;
}

std::string chunkedLines(int events, bool isSse)
{
    std::string out;
    for (int i = 0; i < events; ++i) {
        const std::string json =
            "{\"id\":\"ord-" + std::to_string(i) + "\",\"text\":\"" + std::string(150 + i % 60, 'x') + "\xC3\xA9\"}";
        const std::string unit =
            isSse ? "id: e7f3:" + std::to_string(i) + "\nevent: order_updated\ndata: " + json + "\ndata: more\n\n"
                  : json + "\r\n\n";
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", unit.size());
        out += size + unit + "\r\n";
    }
    return out;
}

/// Allocations of `kCountedRounds` rounds over the stream, fed in pieces of `readBytes`, after the warm rounds.
long allocationsOf(Framing framing, const std::string& stream, std::size_t readBytes, long messagesARound)
{
    SessionRequest request;
    request.framing = framing;
    request.url = Url::parse("http://127.0.0.1:1/v1/orders/watch").value();
    const auto session = makeSession(request);
    CountingSink sink;
    session->begin({}, sink);
    std::string head = std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: ") +
                       (framing == Framing::Sse ? "text/event-stream" : "application/x-ndjson") + "\r\n\r\n";
    if (framing == Framing::WebSocket) {
        const std::size_t at = sink.lastWrite.find("Sec-WebSocket-Key: ") + 19;
        head = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
               codec::webSocketAccept(sink.lastWrite.substr(at, 24)) + "\r\n\r\n";
    }
    const std::size_t headBytes = head.size();
    head.append(kPadding, '\0');
    session->feed(std::string_view(head).substr(0, headBytes), {}, sink);
    EXPECT_TRUE(sink.isOpen);

    // Each piece is copied into one buffer, as a socket would fill it.
    std::string buffer(readBytes + kPadding, '\0');
    const auto round = [&] {
        for (std::size_t at = 0; at < stream.size(); at += readBytes) {
            const std::size_t size = stream.copy(buffer.data(), readBytes, at);
            session->feed(std::string_view(buffer).substr(0, size), {}, sink);
        }
    };
    for (int i = 0; i < kWarmRounds; ++i)
        round();
    const long before = g_allocations;
    for (int i = 0; i < kCountedRounds; ++i)
        round();
    const long counted = g_allocations - before;
    EXPECT_FALSE(sink.isBroken);
    EXPECT_EQ(sink.messages, messagesARound * (kWarmRounds + kCountedRounds));
    return counted;
}

TEST(SteadyState, TheCounterCounts)
{
    const long before = g_allocations;
    ::operator delete(::operator new(1));
    EXPECT_EQ(g_allocations - before, 1);
}

TEST(SteadyState, AllocatesNothingPerSseEvent)
{
    for (const std::size_t readBytes : {64u, 1000u, 262144u})
        EXPECT_EQ(allocationsOf(Framing::Sse, chunkedLines(500, true), readBytes, 500), 0) << readBytes;
}

TEST(SteadyState, AllocatesNothingPerNdjsonLine)
{
    for (const std::size_t readBytes : {64u, 1000u, 262144u})
        EXPECT_EQ(allocationsOf(Framing::Ndjson, chunkedLines(500, false), readBytes, 500), 0) << readBytes;
}

TEST(SteadyState, AllocatesNothingPerWebSocketMessage)
{
    for (const std::size_t readBytes : {64u, 1000u, 262144u})
        EXPECT_EQ(allocationsOf(Framing::WebSocket, webSocketFrames(500), readBytes, 550), 0) << readBytes;
}

} // namespace
} // namespace wg::test
