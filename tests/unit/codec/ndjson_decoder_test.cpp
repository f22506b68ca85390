// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ndjson_decoder.h"

#include "chunking.h"

#include <gtest/gtest.h>

namespace wg::test
{
namespace
{

class Recorder final : public codec::NdjsonSink
{
public:
    bool ndjsonLine(std::string_view line, bool hasValidUtf8) override
    {
        lines.emplace_back(line);
        if (!hasValidUtf8)
            ++invalid;
        return true;
    }
    std::vector<std::string> lines;
    int invalid = 0;
};

struct Outcome {
    Recorder recorder;
    bool isCut = false;
    codec::DecodeFault fault = codec::DecodeFault::None;
};

Outcome decode(const Chunks& chunks, std::size_t limit = limits::kEventBytes)
{
    Outcome outcome;
    codec::NdjsonDecoder decoder(limit);
    for (const std::string& chunk : chunks)
        feedChunk(chunk, [&](std::string_view bytes) { outcome.fault = decoder.feed(bytes, outcome.recorder); });
    outcome.isCut = decoder.finish();
    return outcome;
}

using Lines = std::vector<std::string>;

TEST(NdjsonDecoder, GivesTheSameLinesInEveryChunking)
{
    forEveryChunking({"\xEF\xBB\xBF{\"a\":1}\n\n\r\n  \t\n{\"b\":\"\\n\"}\r\n{\"c\":\"\xE2\x82\xAC\"}\n[1,\r2]\n"},
                     [](const Chunks& chunks, const std::string& how) {
                         const Outcome outcome = decode(chunks);
                         EXPECT_EQ(outcome.recorder.lines,
                                   (Lines{"{\"a\":1}", "{\"b\":\"\\n\"}", "{\"c\":\"\xE2\x82\xAC\"}", "[1,\r2]"}))
                             << how;
                         EXPECT_EQ(outcome.recorder.invalid, 0) << how;
                         EXPECT_FALSE(outcome.isCut) << how;
                     });
}

TEST(NdjsonDecoder, ThrowsAwayAnUnfinishedLastLineAndSaysSo)
{
    forEveryChunking({"{\"a\":1}\n{\"b\":2}"}, [](const Chunks& chunks, const std::string& how) {
        const Outcome outcome = decode(chunks);
        EXPECT_EQ(outcome.recorder.lines, (Lines{"{\"a\":1}"})) << how;
        EXPECT_TRUE(outcome.isCut) << how;
    });
    EXPECT_FALSE(decode({"{}\n  "}).isCut);
}

TEST(NdjsonDecoder, TakesTheLastLineOfAWholeInputWhenAsked)
{
    codec::NdjsonDecoder decoder;
    Recorder recorder;
    feedChunk("1\n2", [&](std::string_view bytes) { decoder.feed(bytes, recorder); });
    decoder.takeLast(recorder);
    EXPECT_EQ(recorder.lines, (Lines{"1", "2"}));
}

TEST(NdjsonDecoder, FlagsALineThatIsNotUtf8)
{
    forEveryChunking({"\"ok\"\n\"\xC3\x28\"\n\"ok\"\n"}, [](const Chunks& chunks, const std::string& how) {
        EXPECT_EQ(decode(chunks).recorder.invalid, 1) << how;
    });
}

TEST(NdjsonDecoder, RefusesALineAboveTheLimitInEveryChunking)
{
    forEveryChunking({std::string(20, 'a') + "\r\n" + std::string(21, 'b') + "\nc\n"},
                     [](const Chunks& chunks, const std::string& how) {
                         const Outcome outcome = decode(chunks, 20);
                         EXPECT_EQ(outcome.fault, codec::DecodeFault::LineTooLong) << how;
                         EXPECT_EQ(outcome.recorder.lines.size(), 1u) << how;
                     });
}

} // namespace
} // namespace wg::test
