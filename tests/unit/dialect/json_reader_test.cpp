// SPDX-License-Identifier: GPL-3.0-or-later
// The reader against other people's vectors (nst/JSONTestSuite), where they are at hand, and its own rules.
#include "heard.h"

#include "dialect/json_reader.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>

namespace wg::test {
namespace {

using dialect::JsonKind;
using dialect::JsonReader;
using dialect::JsonValue;

bool accepts(const std::string& text)
{
    const Padded padded(text);
    JsonReader reader;
    JsonValue value;
    return reader.begin(padded.view()) && reader.value(value) && reader.atEnd();
}

std::string fromBase64(std::string_view text)
{
    static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, held = 0;
    for (const char c : text) {
        const std::size_t digit = kDigits.find(c);
        if (digit == std::string_view::npos)
            break;
        bits = bits << 6 | static_cast<unsigned>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 0xFF);
        }
    }
    return out;
}

TEST(JsonReader, AgreesWithTheJsonTestSuite)
{
    const char* folder = std::getenv("WATCHGLASS_EXTRA_VECTORS");
    if (!folder)
        GTEST_SKIP() << "WATCHGLASS_EXTRA_VECTORS is not set: json_robustness.json is not looked at";
    simdjson::dom::parser parser;
    const simdjson::dom::element file = parser.load(std::string(folder) + "/json_robustness.json");
    unsigned count = 0;
    for (const simdjson::dom::element each : file["cases"].get_array()) {
        const std::string text = fromBase64(std::string_view(each["b64"]));
        const std::string_view must = each["must"];
        const bool isAccepted = accepts(text);
        if (must != "either") {
            EXPECT_EQ(isAccepted, must == "accept") << std::string_view(each["id"]);
        }
        ++count;
    }
    EXPECT_GT(count, 200u);
}

TEST(JsonReader, KeepsTheBytesOfEveryValue)
{
    const Padded padded(R"({"a":9.9900,"b":1e400,"c":123456789012345678901234567890,"d": [ 1 , 2 ] ,"e":{"x":"\u0041"},"f":true,"g":null})");
    JsonReader reader;
    ASSERT_TRUE(reader.begin(padded.view()) && reader.enterObject());
    std::string_view key;
    JsonValue value;
    std::string seen;
    while (reader.nextMember(key)) {
        const std::string name(key);
        ASSERT_TRUE(reader.value(value));
        seen += name + "=" + std::string(value.bytes) + ";";
    }
    EXPECT_TRUE(reader.atEnd()) << reader.fault();
    EXPECT_EQ(seen, R"(a=9.9900;b=1e400;c=123456789012345678901234567890;d=[ 1 , 2 ];e={"x":"\u0041"};f=true;g=null;)");
}

TEST(JsonReader, HoldsTheDepthLimitExactly)
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(accepts(nested(limits::kJsonDepth)));
    EXPECT_FALSE(accepts(nested(limits::kJsonDepth + 1)));
    EXPECT_FALSE(accepts(std::string(1'000'000, '[')));
}

TEST(JsonReader, NeverReadsTheOldTokensOfALongerText)
{
    JsonReader reader;
    JsonValue value;
    const Padded longer(R"({"a":{"b":[1,2,3,{"c":{}}]},"d":[[],[],[]]})");
    ASSERT_TRUE(reader.begin(longer.view()) && reader.value(value) && reader.atEnd());
    for (const char* text : {"{\"a\":{\"b\":1}", "[[1]", "[1,", "{\"a\":", "{", "["}) {
        const Padded padded(text);
        EXPECT_FALSE(reader.begin(padded.view()) && reader.value(value) && reader.atEnd()) << text;
    }
}

} // namespace
} // namespace wg::test
