// SPDX-License-Identifier: GPL-3.0-or-later
// ns per event of about 220 B in every decoder and session, JSON checking beside simdjson, and folding of patches.
#include "codec/json.h"
#include "codec/merge_patch.h"
#include "codec/ndjson_decoder.h"
#include "codec/sse_decoder.h"
#include "codec/utf8.h"
#include "codec/websocket_frames.h"
#include "codec/websocket_handshake.h"
#include "protocol/stream_session.h"

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <string>

namespace
{

using namespace wg;

constexpr std::size_t kEvents = 1000;
constexpr std::size_t kReadBytes = 256 * 1024;

std::string json(std::size_t i)
{
    const std::string n = std::to_string(48'213 + i);
    return R"({"event":"order_updated","resource":"orders","id":"ord-)" + std::to_string(i % 977) + R"(","version":)" +
           n + R"(,"prev":)" + std::to_string(48'212 + i) +
           R"(,"epoch":"e7f3","ts":1795289400123.25,"changes":{"status":"shipped","total":9.99,"carrier":"DHL","note":"left with )" +
           R"(a neighbour","stops":4}})";
}

std::string sseStream()
{
    std::string out;
    for (std::size_t i = 0; i < kEvents; ++i)
        out += "id: e7f3:" + std::to_string(48'213 + i) + "\nevent: order_updated\ndata: " + json(i) + "\n\n";
    return out;
}

std::string ndjsonStream()
{
    std::string out;
    for (std::size_t i = 0; i < kEvents; ++i)
        out += json(i) + "\n";
    return out;
}

std::string webSocketStream()
{
    std::string out;
    for (std::size_t i = 0; i < kEvents; ++i) {
        const std::string text = json(i);
        out += std::string("\x81\x7E", 2) + static_cast<char>(text.size() >> 8) + static_cast<char>(text.size() & 255) +
               text;
    }
    return out;
}

/// One HTTP chunk an event, as most servers write.
std::string chunked(const std::string& stream, std::string_view unitEnd)
{
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    for (std::size_t at = 0; at < stream.size();) {
        const std::size_t end = stream.find(unitEnd, at) + unitEnd.size();
        const std::size_t size = end - at;
        out += {kHex[size >> 8 & 15], kHex[size >> 4 & 15], kHex[size & 15]};
        out += "\r\n" + stream.substr(at, size) + "\r\n";
        at = end;
    }
    return out;
}

template <typename Feed>
void inReads(const std::string& padded, const Feed& feed)
{
    const std::string_view all(padded.data(), padded.size() - codec::kPadding);
    for (std::size_t at = 0; at < all.size(); at += kReadBytes)
        feed(all.substr(at, kReadBytes));
}

std::string withPadding(std::string text)
{
    return std::move(text.append(codec::kPadding, '\0'));
}

class CountEvents final : public codec::SseSink, public codec::NdjsonSink, public codec::WsSink
{
public:
    bool sseEvent(const codec::SseEvent& event) override { return count(event.data); }
    void sseRetry(double) override {}
    bool ndjsonLine(std::string_view line, bool) override { return count(line); }
    bool wsMessage(std::string_view payload, bool, bool) override { return count(payload); }
    bool wsPing(std::string_view) override { return true; }
    bool wsPong(std::string_view) override { return true; }
    void wsClose(int, std::string_view) override {}
    std::size_t events = 0;
    std::size_t bytes = 0;

private:
    bool count(std::string_view text)
    {
        ++events;
        bytes += text.size();
        return true;
    }
};

class CountMessages final : public protocol::SessionSink
{
public:
    void write(std::string_view text) override { written += text; }
    void opened(const protocol::ResponseHead&) override { isOpen = true; }
    void refused(const protocol::ResponseHead&, std::string_view, const Error&) override {}
    void message(const protocol::Message& message) override
    {
        ++events;
        bytes += message.text.size();
    }
    void retryHint(double) override {}
    void ended(const protocol::StreamEnd&) override {}
    std::string written;
    std::size_t events = 0;
    std::size_t bytes = 0;
    bool isOpen = false;
};

void report(benchmark::State& state, std::size_t events)
{
    state.counters["perEvent"] =
        benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <typename Decoder>
void decode(benchmark::State& state, const std::string& stream)
{
    const std::string padded = withPadding(stream);
    Decoder decoder;
    CountEvents sink;
    for (auto _ : state)
        inReads(padded, [&](std::string_view bytes) { decoder.feed(bytes, sink); });
    benchmark::DoNotOptimize(sink.bytes);
    report(state, sink.events);
}

void sseDecoder(benchmark::State& state)
{
    decode<codec::SseDecoder>(state, sseStream());
}
void ndjsonDecoder(benchmark::State& state)
{
    decode<codec::NdjsonDecoder>(state, ndjsonStream());
}
void webSocketDecoder(benchmark::State& state)
{
    decode<codec::WebSocketDecoder>(state, webSocketStream());
}
BENCHMARK(sseDecoder);
BENCHMARK(ndjsonDecoder);
BENCHMARK(webSocketDecoder);

void session(benchmark::State& state, protocol::Framing framing, const std::string& stream)
{
    protocol::SessionRequest request;
    request.framing = framing;
    request.url = Url::parse("http://127.0.0.1:1/v1/orders/watch").value();
    const auto machine = protocol::makeSession(request);
    CountMessages sink;
    machine->begin({}, sink);
    std::string head =
        framing == protocol::Framing::Sse
            ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
    if (framing == protocol::Framing::WebSocket) {
        const std::size_t at = sink.written.find("Sec-WebSocket-Key: ") + 19;
        head = "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
               codec::webSocketAccept(sink.written.substr(at, 24)) + "\r\n\r\n";
    }
    const std::string paddedHead = withPadding(head);
    machine->feed(std::string_view(paddedHead).substr(0, head.size()), {}, sink);
    if (!sink.isOpen) {
        state.SkipWithError("the session did not open");
        return;
    }
    const std::string padded = withPadding(stream);
    for (auto _ : state)
        inReads(padded, [&](std::string_view bytes) { machine->feed(bytes, {}, sink); });
    benchmark::DoNotOptimize(sink.bytes);
    report(state, sink.events);
}

void sseSession(benchmark::State& state)
{
    session(state, protocol::Framing::Sse, chunked(sseStream(), "\n\n"));
}
void ndjsonSession(benchmark::State& state)
{
    session(state, protocol::Framing::Ndjson, chunked(ndjsonStream(), "\n"));
}
void webSocketSession(benchmark::State& state)
{
    session(state, protocol::Framing::WebSocket, webSocketStream());
}
BENCHMARK(sseSession);
BENCHMARK(ndjsonSession);
BENCHMARK(webSocketSession);

void jsonCheck(benchmark::State& state)
{
    const std::string padded = withPadding(json(1));
    const std::string_view text(padded.data(), padded.size() - codec::kPadding);
    std::size_t events = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(codec::checkJson(text).why);
        ++events;
    }
    state.counters["bytes"] = static_cast<double>(text.size());
    report(state, events);
}
void jsonWalkMembers(benchmark::State& state)
{
    const std::string text = json(1);
    std::size_t events = 0;
    for (auto _ : state) {
        codec::JsonObjectReader reader(text);
        codec::JsonMember member;
        while (reader.next(member))
            benchmark::DoNotOptimize(member.value.bytes.data());
        ++events;
    }
    report(state, events);
}
void simdjsonDom(benchmark::State& state)
{
    const simdjson::padded_string text(json(1));
    simdjson::dom::parser parser;
    std::size_t events = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(parser.parse(text).error());
        ++events;
    }
    report(state, events);
}
/// Does not check what it skips; shown for comparison.
void simdjsonOnDemandMembers(benchmark::State& state)
{
    const simdjson::padded_string text(json(1));
    simdjson::ondemand::parser parser;
    std::size_t events = 0;
    for (auto _ : state) {
        auto document = parser.iterate(text);
        for (auto field : document.get_object())
            benchmark::DoNotOptimize(field.value().raw_json_token().value_unsafe().data());
        ++events;
    }
    report(state, events);
}
void utf8Check(benchmark::State& state)
{
    const std::string padded = withPadding(json(1));
    std::size_t events = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(codec::isValidUtf8Padded({padded.data(), padded.size() - codec::kPadding}));
        ++events;
    }
    report(state, events);
}
BENCHMARK(jsonCheck);
BENCHMARK(jsonWalkMembers);
BENCHMARK(simdjsonDom);
BENCHMARK(simdjsonOnDemandMembers);
BENCHMARK(utf8Check);

/// As the store folds: 16 patches onto one object; ns per patch.
void foldSixteenPatches(benchmark::State& state)
{
    const std::string base =
        R"({"status":"new","total":9.99,"carrier":"DHL","customer":"c-77","lines":[{"sku":"A","n":2},{"sku":"B","n":1}],)"
        R"("address":{"city":"Lyon","zip":"69001"},"note":"leave with a neighbour"})";
    const std::string patch = R"({"status":"shipped","total":12.50,"address":{"zip":"69002"},"note":null})";
    codec::MergePatch fold;
    std::string out;
    std::size_t patches = 0;
    for (auto _ : state) {
        fold.clear();
        for (int i = 0; i < 16; ++i)
            benchmark::DoNotOptimize(fold.add(patch));
        benchmark::DoNotOptimize(fold.applyTo(base, out));
        patches += 16;
    }
    report(state, patches);
}
BENCHMARK(foldSixteenPatches);

} // namespace

BENCHMARK_MAIN();
