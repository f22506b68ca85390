// SPDX-License-Identifier: GPL-3.0-or-later
// The way of an event stage by stage, in memory: what each layer adds. Pieces of kReadChunkBytes, as sockets give them.
#include "base/limits.h"
#include "dialect/dialect.h"
#include "events/event_log.h"
#include "protocol/stream_session.h"
#include "support/memory_engine.h"
#include "support/stream_server.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <map>
#include <vector>

namespace wg::bench {
namespace {

constexpr StreamShape kShape{200'000, 200'000};
constexpr std::size_t kPadding = 64; ///< readable bytes that a session may ask for behind its input

const std::string& streamOf(Wire wire)
{
    static std::map<Wire, std::string> streams;
    std::string& stream = streams[wire];
    if (stream.empty())
        stream = framedEvents(wire, kShape);
    return stream;
}

/// Counts messages and does nothing with them.
class CountingSink : public protocol::SessionSink {
public:
    void write(std::string_view bytes) override { m_written += bytes; }
    void opened(const protocol::ResponseHead&) override { m_isOpen = true; }
    void refused(const protocol::ResponseHead&, std::string_view, const Error& error) override { stop(error); }
    void message(const protocol::Message& message) override
    {
        ++m_messages;
        m_bytes += message.text.size();
    }
    void retryHint(double) override {}
    void ended(const protocol::StreamEnd& end) override { stop(end.error); }

    [[nodiscard]] const std::string& written() const { return m_written; }
    [[nodiscard]] std::size_t messages() const { return m_messages; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    static void stop(const Error& error)
    {
        std::fprintf(stderr, "stream ended: %s\n", error.what.c_str());
        std::abort();
    }
    std::string m_written;
    std::size_t m_messages = 0;
    std::size_t m_bytes = 0;
    bool m_isOpen = false;
};

std::unique_ptr<protocol::StreamSession> openSession(Wire wire, CountingSink& sink)
{
    protocol::SessionRequest request;
    request.framing = wire == Wire::Sse      ? protocol::Framing::Sse
                      : wire == Wire::Ndjson ? protocol::Framing::Ndjson
                                             : protocol::Framing::WebSocket;
    request.url = Url::parse(wire == Wire::WebSocket ? "ws://localhost/v1/orders/watch" : "http://localhost/v1/orders/watch").value();
    if (wire == Wire::WebSocket)
        request.subprotocols = {"watch.v1"};
    auto session = protocol::makeSession(request);
    session->begin({1}, sink);
    std::string head = streamHead(wire, sink.written());
    const std::size_t size = head.size();
    head.append(kPadding, '\0');
    session->feed(std::string_view(head).substr(0, size), {2}, sink);
    if (!sink.isOpen())
        std::abort();
    return session;
}

void framing(benchmark::State& state, Wire wire)
{
    const std::string& stream = streamOf(wire);
    std::vector<char> buffer(limits::kReadChunkBytes + kPadding);
    for (auto _ : state) {
        CountingSink sink;
        const auto session = openSession(wire, sink);
        for (std::size_t at = 0; at < stream.size(); at += limits::kReadChunkBytes) {
            const std::size_t size = std::min(limits::kReadChunkBytes, stream.size() - at);
            std::copy_n(stream.data() + at, size, buffer.data()); // as recv() does
            session->feed({buffer.data(), size}, {3}, sink);
        }
        if (sink.messages() != kShape.events)
            state.SkipWithError("messages are missing");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kShape.events));
}
BENCHMARK_CAPTURE(framing, sse, Wire::Sse)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(framing, ndjson, Wire::Ndjson)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(framing, websocket, Wire::WebSocket)->Unit(benchmark::kMillisecond);

/// Counts events, and ends the program where there should be one and is none.
class EventSink final : public dialect::DecodeSink {
public:
    void event(std::string_view, const sync::EventView& event) override { m_count += event.key.size() == 10; }
    void subscribed(std::string_view, std::string_view, const sync::Version&) override { std::abort(); }
    void unsubscribed(std::string_view) override { std::abort(); }
    void problem(std::string_view, const dialect::Problem&) override { std::abort(); }
    void unreadable(std::string_view, std::string_view, std::string_view) override { std::abort(); }
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    std::size_t m_count = 0;
};

/// The dialect alone, on messages that are in the cache.
void decode(benchmark::State& state)
{
    constexpr std::size_t kMessages = 1000;
    std::string all;
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    for (std::size_t n = 0; n < kMessages; ++n) {
        const std::size_t begin = all.size();
        appendEvent(all, Wire::Ndjson, kShape, n);
        spans.emplace_back(begin, all.size() - begin);
    }
    all.append(kPadding, '\0');
    dialect::Subscription subscription;
    subscription.url = Url::parse("http://localhost/v1/orders").value();
    const auto watch = dialect::makeDialect("watch.v1", subscription);
    EventSink sink;
    for (auto _ : state) {
        for (const auto& [begin, size] : spans) {
            dialect::Received message;
            message.text = std::string_view(all).substr(begin, size);
            watch.value()->decode(dialect::Carrier::Ndjson, message, sink);
        }
    }
    if (sink.count() != static_cast<std::size_t>(state.iterations()) * kMessages)
        state.SkipWithError("events are missing");
    state.SetItemsProcessed(static_cast<std::int64_t>(sink.count()));
}
BENCHMARK(decode)->Unit(benchmark::kMicrosecond);

/// Framing, dialect, replica, event log and series together.
void wholeEngine(benchmark::State& state, Wire wire)
{
    const std::string& stream = streamOf(wire);
    for (auto _ : state) {
        state.PauseTiming();
        MemoryEngine memory(wire, kShape);
        const std::uint64_t before = memory.engine().log().end();
        state.ResumeTiming();
        memory.feed(stream);
        state.PauseTiming();
        if (memory.engine().log().end() - before != kShape.events)
            state.SkipWithError("events are missing");
        state.ResumeTiming();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kShape.events));
}
BENCHMARK_CAPTURE(wholeEngine, sse, Wire::Sse)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholeEngine, ndjson, Wire::Ndjson)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(wholeEngine, websocket, Wire::WebSocket)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wg::bench

BENCHMARK_MAIN();
