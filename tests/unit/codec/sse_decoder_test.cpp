// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/sse_decoder.h"

#include "chunking.h"
#include "vectors.h"

#include <optional>

namespace wg::test
{
namespace
{

struct Seen {
    std::string type, data, id;
    std::optional<double> retry;
    bool isValid = true;
    bool operator==(const Seen&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Seen& seen)
{
    return out << "{" << seen.type << "|" << seen.data.substr(0, 80) << "|" << seen.id << "|" << seen.retry.value_or(-1)
               << "|" << seen.isValid << "}";
}

class Recorder final : public codec::SseSink
{
public:
    bool sseEvent(const codec::SseEvent& event) override
    {
        events.push_back({std::string(event.type), std::string(event.data), std::string(event.lastEventId), retry,
                          event.hasValidUtf8});
        return events.size() < stopAfter;
    }
    void sseRetry(double ms) override { retry = ms; }

    std::vector<Seen> events;
    std::optional<double> retry;
    std::size_t stopAfter = ~std::size_t{0};
};

struct Outcome {
    Recorder recorder;
    std::string lastId;
    bool isCut = false;
    codec::DecodeFault fault = codec::DecodeFault::None;
    std::vector<std::size_t> emittedAfter;
};

Outcome decode(const Chunks& chunks, std::string_view startId = {}, std::size_t limit = limits::kEventBytes)
{
    Outcome outcome;
    codec::SseDecoder decoder(startId, limit);
    for (const std::string& chunk : chunks) {
        feedChunk(chunk, [&](std::string_view bytes) { outcome.fault = decoder.feed(bytes, outcome.recorder); });
        outcome.emittedAfter.push_back(outcome.recorder.events.size());
    }
    outcome.isCut = decoder.finish();
    outcome.lastId = std::string(decoder.lastEventId());
    return outcome;
}

std::optional<double> retryOf(simdjson::dom::object object)
{
    double ms = 0;
    return object["retry"].get(ms) == simdjson::SUCCESS ? std::optional(ms) : std::nullopt;
}

Chunks chunksOf(simdjson::dom::object each)
{
    Chunks chunks;
    for (const simdjson::dom::element chunk : each["chunks"].get_array()) {
        std::string_view text;
        if (chunk.get(text) == simdjson::SUCCESS)
            chunks.emplace_back(text);
        else
            chunks.push_back(fromBase64(std::string_view(chunk["b64"])));
    }
    return chunks;
}

TEST(SseDecoder, FollowsEveryVectorInEveryChunking)
{
    forEachCase(WG_TEST_DATA, "sse", [](simdjson::dom::object each) {
        const std::string id = textOf(each, "id");
        SCOPED_TRACE(id + " " + textOf(each, "name"));
        std::vector<Seen> expected;
        for (const simdjson::dom::object event : each["expect"].get_array())
            expected.push_back({textOf(event, "event"), textOf(event, "data"), textOf(event, "id"), retryOf(event)});
        std::string startId;
        simdjson::dom::object init;
        if (each["init"].get(init) == simdjson::SUCCESS)
            startId = textOf(init, "lastEventId");
        simdjson::dom::object final;
        const bool hasFinal = each["final"].get(final) == simdjson::SUCCESS;

        const Chunks given = chunksOf(each);
        forEveryChunking(given, [&](const Chunks& chunks, const std::string& how) {
            const Outcome outcome = decode(chunks, startId);
            std::vector<Seen> events = outcome.recorder.events;
            for (Seen& event : events)
                event.isValid = true; // the vectors do not say
            ASSERT_EQ(events, expected) << id << " " << how;
            if (hasFinal) {
                EXPECT_EQ(outcome.lastId, textOf(final, "lastEventId")) << id << " " << how;
                EXPECT_EQ(outcome.recorder.retry, retryOf(final)) << id << " " << how;
            }
        });
        simdjson::dom::array promptness;
        if (each["emitted_after"].get(promptness) == simdjson::SUCCESS) {
            std::vector<std::size_t> counts;
            for (const std::uint64_t count : promptness)
                counts.push_back(count);
            EXPECT_EQ(decode(given).emittedAfter, counts) << id;
        }
    });
}

TEST(SseDecoder, FlagsOnlyTheEventWhoseBytesWereNotUtf8)
{
    forEveryChunking({"data: a\xFF\n\ndata: b\n\n: \xC3\x28\ndata: c\n\nid: \x80\ndata: d\n\ndata: \xC3\xA9\n\n"},
                     [](const Chunks& chunks, const std::string& how) {
                         const auto events = decode(chunks).recorder.events;
                         ASSERT_EQ(events.size(), 5u) << how;
                         EXPECT_EQ(events[0].data, "a\xEF\xBF\xBD");
                         const std::vector<bool> flags{events[0].isValid, events[1].isValid, events[2].isValid,
                                                       events[3].isValid, events[4].isValid};
                         EXPECT_EQ(flags, (std::vector<bool>{false, true, true, false, true})) << how;
                     });
}

TEST(SseDecoder, SaysWhenAnUnfinishedBlockWasThrownAway)
{
    EXPECT_TRUE(decode({"data: a\n"}).isCut);
    EXPECT_TRUE(decode({"data: a\n\nid: 4"}).isCut);
    EXPECT_TRUE(decode({"event: x\n"}).isCut);
    EXPECT_FALSE(decode({"data: a\n\n"}).isCut);
    EXPECT_FALSE(decode({"data: a\n\n: keep"}).isCut);
    EXPECT_FALSE(decode({""}).isCut);
}

TEST(SseDecoder, RefusesAnEventAboveTheLimitInEveryChunking)
{
    const std::string fits = "data: " + std::string(50, 'x') + "\n\n";
    const std::string twoLines = "data: " + std::string(30, 'x') + "\ndata: " + std::string(30, 'y') + "\n\n";
    forEveryChunking({fits + twoLines + "data: z\n\n"}, [](const Chunks& chunks, const std::string& how) {
        const Outcome outcome = decode(chunks, {}, 50);
        EXPECT_EQ(outcome.fault, codec::DecodeFault::EventTooLarge) << how;
        EXPECT_EQ(outcome.recorder.events.size(), 1u) << how;
    });
}

TEST(SseDecoder, RefusesALineAboveTheLimitEvenWithoutItsEnd)
{
    forEveryChunking({"data: a\n\ndata: " + std::string(100, 'x')}, [](const Chunks& chunks, const std::string& how) {
        const Outcome outcome = decode(chunks, {}, 50);
        EXPECT_EQ(outcome.fault, codec::DecodeFault::LineTooLong) << how;
        EXPECT_EQ(outcome.recorder.events.size(), 1u) << how;
    });
}

TEST(SseDecoder, DeliversNothingAfterTheSinkSaidStop)
{
    codec::SseDecoder decoder;
    Recorder recorder;
    recorder.stopAfter = 1;
    for (const char* text : {"id: 1\ndata: a\n\nid: 2\ndata: b\n\n", "data: c\n\n"})
        feedChunk(text, [&](std::string_view bytes) { decoder.feed(bytes, recorder); });
    EXPECT_EQ(recorder.events.size(), 1u);
    EXPECT_EQ(decoder.lastEventId(), "1");
}

TEST(SseDecoder, GivesAViewIntoTheFedBytesWhenTheEventIsWhole)
{
    class Addresses final : public codec::SseSink
    {
    public:
        bool sseEvent(const codec::SseEvent& event) override
        {
            where = event.data.data();
            return true;
        }
        void sseRetry(double) override {}
        const char* where = nullptr;
    };
    const std::string padded = withHostilePadding("event: x\ndata: abc\n\n");
    Addresses sink;
    codec::SseDecoder().feed(std::string_view(padded).substr(0, 20), sink);
    EXPECT_EQ(sink.where, padded.data() + 15);
}

} // namespace
} // namespace wg::test
