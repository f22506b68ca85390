// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json.h"

#include "chunking.h"
#include "vectors.h"

#include <cstdlib>

namespace wg::test
{
namespace
{

using namespace codec;

bool isJson(std::string_view text)
{
    return !checkJson(text);
}

TEST(Json, TakesWhatRfc8259Allows)
{
    for (const char* text :
         {"{}", "[]", " [ ] \n", "null", "true", "false", "\"\"", "0", "-0", "-0.0e+0", "1E5", "1e400", "9.99",
          "123456789012345678901234567890", R"("\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t")", R"("\ud800")",
          R"({"a":[1,{"b":null}],"a":2})", "\"\x7F\"", "[[[[]]]]"})
        EXPECT_TRUE(isJson(text)) << text;
}

TEST(Json, RefusesWhatItDoesNot)
{
    for (const char* text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "{a:1}",
                             "{'a':1}",
                             "01",
                             "-",
                             "1.",
                             ".5",
                             "1e",
                             "1e+",
                             "+1",
                             "0x1",
                             "NaN",
                             "Infinity",
                             "tru",
                             "nulll",
                             "\"",
                             "\"\\\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\u12g4\"",
                             "\"a\nb\"",
                             "\"\t\"",
                             "1 2",
                             "[] []",
                             "\xEF\xBB\xBF{}",
                             "[1}",
                             "{\"a\":1]",
                             "//",
                             "\"\xFF\"",
                             "\"\xC3\"",
                             "\"\xED\xA0\x80\""})
        EXPECT_FALSE(isJson(text)) << text;
    EXPECT_FALSE(isJson(std::string("[\0]", 3)));
    EXPECT_FALSE(isJson(std::string("\"\\\0\"", 4)));
}

TEST(Json, BoundsDepthAt512AndDoesNotUseTheStack)
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(isJson(nested(limits::kJsonDepth)));
    EXPECT_FALSE(isJson(nested(limits::kJsonDepth + 1)));
    EXPECT_FALSE(isJson(std::string(1'000'000, '[')));
    std::string objects;
    for (std::size_t i = 0; i < limits::kJsonDepth; ++i)
        objects += "{\"a\":";
    EXPECT_TRUE(isJson(objects + "1" + std::string(limits::kJsonDepth, '}')));
    EXPECT_FALSE(isJson("[" + objects + "1" + std::string(limits::kJsonDepth, '}') + "]"));
}

TEST(Json, FindsTheEndOfStringsAtEveryLength)
{
    for (std::size_t length = 0; length < 70; ++length) {
        const std::string plain(length, 'x');
        EXPECT_TRUE(isJson("\"" + plain + "\""));
        EXPECT_TRUE(isJson("\"" + plain + "\\n\""));
        EXPECT_FALSE(isJson("\"" + plain + "\n\""));
        EXPECT_FALSE(isJson("\"" + plain));
        EXPECT_TRUE(isJson("\"" + plain + "\xC3\xA9\""));
        EXPECT_FALSE(isJson("\"" + plain + "\xC3\""));
    }
}

TEST(Json, AgreesWithTheRobustnessVectors)
{
    const char* folder = std::getenv("WATCHGLASS_EXTRA_VECTORS");
    if (!folder)
        GTEST_SKIP() << "skipped: WATCHGLASS_EXTRA_VECTORS names no folder with json_robustness.json";
    forEachCase(folder, "json_robustness", [](simdjson::dom::object each) {
        const std::string must = textOf(each, "must");
        const std::string bytes = fromBase64(textOf(each, "b64"));
        const std::string padded = withHostilePadding(bytes);
        const bool isTaken = isJson(std::string_view(padded).substr(0, bytes.size()));
        if (must == "accept") {
            EXPECT_TRUE(isTaken) << textOf(each, "name");
        } else if (must == "reject") {
            EXPECT_FALSE(isTaken) << textOf(each, "name");
        }
    });
}

TEST(Json, WalksMembersInOrderWithTheirBytes)
{
    JsonObjectReader reader(R"( { "a" : 9.99 , "b":[1, 2],"a":{"c":1e400} } )");
    JsonMember member;
    std::vector<std::pair<std::string, std::string>> seen;
    while (reader.next(member))
        seen.emplace_back(member.key, member.value.bytes);
    EXPECT_TRUE(reader.isWhole());
    EXPECT_EQ(seen, (std::vector<std::pair<std::string, std::string>>{
                        {"a", "9.99"}, {"b", "[1, 2]"}, {"a", "{\"c\":1e400}"}}));
    for (const char* bad : {"{", "{\"a\":1", "{\"a\":1}x", "[1]", "{\"a\":1 \"b\":2}", "{,}", ""}) {
        JsonObjectReader broken(bad);
        while (broken.next(member)) {
        }
        EXPECT_FALSE(broken.isWhole()) << bad;
        EXPECT_TRUE(broken.fault()) << bad;
    }
}

TEST(Json, FindsByPointer)
{
    // The document and pointers of RFC 6901 section 5.
    const std::string document =
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})";
    const auto at = [&document](std::string_view pointer) {
        const auto value = findJson(document, pointer);
        return value ? std::string(value->bytes) : std::string("-");
    };
    EXPECT_EQ(at(""), document);
    EXPECT_EQ(at("/foo"), R"(["bar","baz"])");
    EXPECT_EQ(at("/foo/0"), "\"bar\"");
    EXPECT_EQ(at("/"), "0");
    EXPECT_EQ(at("/a~1b"), "1");
    EXPECT_EQ(at("/c%d"), "2");
    EXPECT_EQ(at("/i\\j"), "5");
    EXPECT_EQ(at("/k\"l"), "6");
    EXPECT_EQ(at("/ "), "7");
    EXPECT_EQ(at("/m~0n"), "8");
    for (const char* absent : {"foo", "/nope", "/foo/2", "/foo/-", "/foo/01", "/foo/bar", "/m~2n", "/m~", "/foo/0/0"})
        EXPECT_EQ(at(absent), "-") << absent;
}

TEST(Json, ResolvesAndWritesEscapes)
{
    std::string text;
    appendJsonText(R"("a\u00e9\ud83d\ude00\n\"\ud800x\udc00")", text);
    EXPECT_EQ(text, "a\xC3\xA9\xF0\x9F\x98\x80\n\"\xEF\xBF\xBDx\xEF\xBF\xBD");
    std::string quoted;
    appendJsonString(std::string_view("a\"\\\n\x01\xC3\xA9\xFF\0", 9), quoted);
    EXPECT_EQ(quoted, "\"a\\\"\\\\\\n\\u0001\xC3\xA9\xEF\xBF\xBD\\u0000\"");
    EXPECT_TRUE(isJson(quoted));
    EXPECT_TRUE(sameJsonKey("a", "\\u0061"));
    EXPECT_FALSE(sameJsonKey("a", "b"));
}

} // namespace
} // namespace wg::test
