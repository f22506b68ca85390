// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/limits.h"
#include "base/prng.h"
#include "ui/json/json_outline.h"

#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;

namespace {

std::string_view keyOf(std::string_view text, const JsonNode& node)
{
    return text.substr(node.keyBegin, node.keyEnd - node.keyBegin);
}

std::string_view valueOf(std::string_view text, const JsonNode& node)
{
    return text.substr(node.begin, node.end - node.begin);
}

} // namespace

TEST(JsonOutline, NodesStandInTheOrderOfTheTextWithTheirBytes)
{
    const std::string text = R"( {"a": [1, -2.50e+3], "b\n": {"c": "x\"y"}, "d": null} )";
    const JsonOutline outline = JsonOutline::of(text);
    ASSERT_EQ(outline.end(), JsonOutline::End::Whole) << outline.broken();
    const auto& nodes = outline.nodes();
    ASSERT_EQ(nodes.size(), 7u);
    EXPECT_EQ(nodes[0].children, 3u);
    EXPECT_EQ(valueOf(text, nodes[1]), "[1, -2.50e+3]");
    EXPECT_EQ(valueOf(text, nodes[3]), "-2.50e+3");
    EXPECT_EQ(nodes[3].position, 1u);
    EXPECT_EQ(keyOf(text, nodes[4]), "b\\n");
    EXPECT_EQ(valueOf(text, nodes[5]), R"("x\"y")");
    EXPECT_EQ(nodes[1].next, 4u);
    EXPECT_EQ(nodes[6].kind, JsonKind::Null);
    EXPECT_EQ(nodes[5].depth, 2u);
    EXPECT_EQ(nodes[5].parent, 4u);
}

TEST(JsonOutline, SaysAtWhichByteATextStopsBeingJson)
{
    const struct { const char* text; const char* sentence; } cases[] = {
        {"", "Not JSON at byte 1: expected a value, found the end."},
        {"{\"a\" 1}", "Not JSON at byte 6: expected a colon."},
        {"{\"a\":1,}", "Not JSON at byte 8: expected a name in double quotes."},
        {"[1 2]", "Not JSON at byte 4: expected a comma or ]."},
        {"[1,]", "Not JSON at byte 4: expected a value."},
        {"[01]", "Not JSON at byte 3: expected a comma or ]."},
        {"[1.]", "Not JSON at byte 4: expected a digit."},
        {"tru", "Not JSON at byte 4: expected a value, found the end."},
        {"{} x", "Not JSON at byte 4: expected nothing more."},
        {"\"a\\q\"", "Not JSON at byte 3: expected a known escape."},
        {"\"a\nb\"", "Not JSON at byte 3: expected no bare control character in a text."},
        {"<html>", "Not JSON at byte 1: expected a value."},
    };
    for (const auto& c : cases) {
        const JsonOutline outline = JsonOutline::of(c.text);
        EXPECT_EQ(outline.end(), JsonOutline::End::Broken) << c.text;
        EXPECT_EQ(outline.broken(), c.sentence) << c.text;
    }
}

TEST(JsonOutline, KeepsWhatCameBeforeAFault)
{
    const JsonOutline outline = JsonOutline::of(R"({"id":"ord_1","changes":{"status":"sh)");
    EXPECT_EQ(outline.end(), JsonOutline::End::Broken);
    ASSERT_EQ(outline.nodes().size(), 3u);
    EXPECT_EQ(outline.nodes()[0].next, 3u);
    EXPECT_FALSE(outline.nodes()[2].isClosed);
}

TEST(JsonOutline, ThePrefixOfATextIsCutNotBroken)
{
    const std::string text = R"({"a":[1,2,{"b":"text","c":false}],"d":12.5})";
    for (std::size_t length = 0; length < text.size(); ++length) {
        const JsonOutline outline = JsonOutline::of(std::string_view(text).substr(0, length), true);
        EXPECT_EQ(outline.end(), JsonOutline::End::Cut) << length;
    }
    EXPECT_EQ(JsonOutline::of(text, true).end(), JsonOutline::End::Whole);
}

TEST(JsonOutline, NestingOfAnyDepthCostsNoStack)
{
    constexpr std::size_t kDepth = 1'000'000;
    const std::string deep = std::string(kDepth, '[') + std::string(kDepth, ']');
    const JsonOutline outline = JsonOutline::of(deep);
    EXPECT_EQ(outline.end(), JsonOutline::End::Whole);
    EXPECT_EQ(outline.nodes().back().depth, kDepth - 1);
    EXPECT_EQ(outline.nodes().front().end, deep.size());
}

TEST(JsonOutline, MoreValuesThanTheLimitAreLeftOutAndSaid)
{
    std::string rich = "[";
    for (std::size_t i = 0; i <= limits::kOutlineNodes; ++i)
        rich += "1,";
    const JsonOutline outline = JsonOutline::of(rich);
    EXPECT_EQ(outline.end(), JsonOutline::End::TooRich);
    EXPECT_EQ(outline.nodes().size(), limits::kOutlineNodes);
    EXPECT_FALSE(outline.broken().empty());
}

TEST(JsonOutline, ThePathOfAMemberIsTheSameInAnotherText)
{
    const JsonOutline a = JsonOutline::of(R"({"x":1,"o":{"k":[true,false]}})");
    const JsonOutline b = JsonOutline::of(R"({ "o" : {"j":0, "k":[null]}, "x":2})");
    EXPECT_EQ(a.nodes()[1].path, b.nodes()[5].path);
    EXPECT_EQ(a.nodes()[4].path, b.nodes()[4].path);
    EXPECT_NE(a.nodes()[5].path, a.nodes()[4].path);
}

TEST(JsonOutline, ArbitraryBytesNeverGiveNodesOutsideTheText)
{
    Prng prng(42);
    const std::string alphabet = "{}[]\",:0123456789-+.eE\\tfnulrase \xFF\x80\n";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::uint64_t i = prng.below(40); i > 0; --i)
            text += alphabet[prng.below(alphabet.size())];
        const JsonOutline outline = JsonOutline::of(text, prng.chance(0.5));
        std::uint32_t index = 0;
        for (const JsonNode& node : outline.nodes()) {
            ASSERT_LE(node.begin, node.end) << text;
            ASSERT_LE(node.end, text.size()) << text;
            ASSERT_LE(node.keyBegin, node.keyEnd) << text;
            ASSERT_GT(node.next, index) << text;
            ASSERT_LE(node.next, outline.nodes().size()) << text;
            ASSERT_LE(node.parent, index) << text;
            ++index;
        }
    }
}
