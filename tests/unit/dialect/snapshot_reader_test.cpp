// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/snapshot_reader.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using dialect::SnapshotReader;

Result<dialect::Snapshot> read(const std::string& text, std::size_t piece = SIZE_MAX, std::size_t maxBytes = limits::kSnapshotBytes)
{
    SnapshotReader reader(nullptr, maxBytes);
    for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size() - at))
        if (!reader.feed(std::string_view(text).substr(at, piece), {}))
            return reader.error();
    return reader.finish();
}

const std::string kGood = R"( { "items" : [ {"id":"a","version":5,"object":{"s":"]}\"[{","n":[1,{"x":"\\"}]}} ,
 {"object":{},"version":"9007199254740993","id":"b\n\u00e9"}], "version":"9007199254740994","epoch":"e1","resource":"orders","more":[[],{"items":[1]}] } )";

void expectGood(Result<dialect::Snapshot> got)
{
    ASSERT_TRUE(got) << got.error().what;
    EXPECT_EQ(got.value().at.toString(), "e1:9007199254740994");
    EXPECT_EQ(got.value().resource, "orders");
    ASSERT_EQ(got.value().items.size(), 2u);
    std::string object;
    ASSERT_TRUE(got.value().items.object("a", object));
    EXPECT_EQ(object, R"({"s":"]}\"[{","n":[1,{"x":"\\"}]})");
    sync::ItemView item;
    ASSERT_TRUE(got.value().items.find("b\né", item));
    EXPECT_EQ(item.version.toString(), "9007199254740993");
}

TEST(SnapshotReader, ReadsItemsInAnyChunking)
{
    for (std::size_t piece = 1; piece <= kGood.size(); piece += piece < 40 ? 1 : 37)
        expectGood(read(kGood, piece));
}

TEST(SnapshotReader, RefusesEveryTruncation)
{
    const std::size_t end = kGood.rfind('}');
    for (std::size_t size = 0; size <= end; ++size)
        ASSERT_FALSE(read(kGood.substr(0, size))) << size;
}

TEST(SnapshotReader, RefusesWhatIsNotASnapshot)
{
    const std::string head = R"({"resource":"orders","epoch":"e1","version":5,"items":)";
    for (const std::string& text : {std::string("null"), std::string("[]"), std::string("{}"), std::string("<html>"), head + "[]", head + "{}}", head + "[1]}",
                                    head + "[{}]}", head + R"([{"id":"a","version":5}]})", head + R"([{"id":"a","object":{}}]})",
                                    head + R"([{"version":5,"object":{}}]})", head + R"([{"id":"a","version":1.5,"object":{}}]})",
                                    head + R"([{"id":"a","version":5,"object":[]}]})", head + R"([{"id":"a","version":5,"object":{},}]})",
                                    head + R"([{"id":"a","version":5,"object":{"x":nul}}]})", head + "[,]}",
                                    head + R"([{"id":"a","version":5,"object":{}},]})", head + R"([{"id":"a","version":5,"object":{}} {"id":"b","version":5,"object":{}}]})",
                                    head + "[]} x", head + "[]}}", head + "[],}", head + "[],\"items\":[]}",
                                    std::string(R"({"resource":"orders","version":5,"items":[]})"), std::string(R"({"epoch":"e1","items":[]})"),
                                    std::string(R"({"epoch":"e1","version":5})"), head + "[{\"id\":\"a\",\"version\":5,\"object\":{\"x\":\"\xff\"}}]}"})
        EXPECT_FALSE(read(text)) << text;
    EXPECT_TRUE(read(head + "[]}")) << "an empty resource is a snapshot";
}

TEST(SnapshotReader, MeetsItsLimitsWithASentence)
{
    std::string text = R"({"epoch":"e1","version":5,"items":[)";
    for (int i = 0; i < 1000; ++i)
        text += (i > 0 ? "," : "") + std::string(R"({"id":"k)") + std::to_string(i) + R"(","version":5,"object":{}})";
    text += "]}";
    EXPECT_TRUE(read(text, 100));
    EXPECT_EQ(read(text, 100, 10'000).error().code, ErrorCode::TooLarge);
    const std::string big = R"({"epoch":"e1","version":5,"items":[{"id":"a","version":5,"object":{"x":")" + std::string(17 * limits::kMiB, 'x') + "\"}}]}";
    EXPECT_EQ(read(big).error().code, ErrorCode::TooLarge);
    EXPECT_EQ(read(R"({"epoch":")" + std::string(2 * limits::kMiB, 'x') + "\"}").error().code, ErrorCode::TooLarge);
}

} // namespace
} // namespace wg::test
