// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json_patch.h"

#include "codec/json.h"
#include "vectors.h"

#include <cstdlib>

namespace wg::test
{
namespace
{

using namespace codec;

std::string patched(std::string_view target, std::string_view patch)
{
    std::string out;
    return applyJsonPatch(target, patch, out) ? out : "failed";
}

TEST(JsonPatch, FollowsEveryVector)
{
    const char* folder = std::getenv("WATCHGLASS_EXTRA_VECTORS");
    if (!folder)
        GTEST_SKIP() << "skipped: WATCHGLASS_EXTRA_VECTORS names no folder with json_patch.json";
    forEachCase(folder, "json_patch", [](simdjson::dom::object each) {
        bool isDisabled = false;
        if (each["disabled"].get(isDisabled) == simdjson::SUCCESS && isDisabled)
            return;
        const std::string patch = simdjson::minify(each["patch"]);
        const std::string label = textOf(each, "id") + " " + textOf(each, "comment") + " " + patch;
        std::string out;
        const bool isDone = applyJsonPatch(simdjson::minify(each["doc"]), patch, out);
        simdjson::dom::element expected;
        if (!textOf(each, "error").empty()) {
            EXPECT_FALSE(isDone) << label;
        } else {
            EXPECT_TRUE(isDone) << label;
        }
        if (each["expected"].get(expected) == simdjson::SUCCESS) {
            EXPECT_TRUE(sameJsonValue(out, simdjson::minify(expected))) << label << " gave " << out;
        }
    });
}

TEST(JsonPatch, DoesEachOperation)
{
    EXPECT_EQ(patched(R"({"a":1})", R"([{"op":"add","path":"/b","value":{"c":[1]}}])"), R"({"a":1,"b":{"c":[1]}})");
    EXPECT_EQ(
        patched(R"({"a":[1,2]})", R"([{"op":"add","path":"/a/1","value":9},{"op":"add","path":"/a/-","value":3}])"),
        R"({"a":[1,9,2,3]})");
    EXPECT_EQ(patched(R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/0"}])"), R"({"a":[2]})");
    EXPECT_EQ(patched(R"({"a":{"b":1}})", R"([{"op":"replace","path":"/a/b","value":null}])"), R"({"a":{"b":null}})");
    EXPECT_EQ(patched(R"({"a":{"b":1},"c":0})", R"([{"op":"move","from":"/a/b","path":"/d"}])"),
              R"({"a":{},"c":0,"d":1})");
    EXPECT_EQ(
        patched(R"({"a":[1]})", R"([{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/-","value":2}])"),
        R"({"a":[1],"b":[1,2]})");
    EXPECT_EQ(patched(R"({"a":1.50})", R"([{"op":"test","path":"/a","value":15e-1}])"), R"({"a":1.50})");
    EXPECT_EQ(patched("7", R"([{"op":"add","path":"","value":[1]}])"), "[1]");
    EXPECT_EQ(patched(R"({"x":1})", R"([{"op":"add","path":"/a~1\"~0","value":1}])"), R"({"x":1,"a/\"~":1})");
}

TEST(JsonPatch, KeepsBytesOfWhatItDoesNotReach)
{
    EXPECT_EQ(patched(R"({"n":1e400,"m":9.99,"o":{ "p" : 1 }})", R"([{"op":"add","path":"/q","value":0.10}])"),
              R"({"n":1e400,"m":9.99,"o":{ "p" : 1 },"q":0.10})");
}

TEST(JsonPatch, FailsAsAWhole)
{
    for (const char* patch : {
             R"([{"op":"add","path":"/b","value":1},{"op":"test","path":"/a","value":2}])",
             R"([{"op":"remove","path":"/nope"}])",
             R"([{"op":"remove","path":""}])",
             R"([{"op":"replace","path":"/nope","value":1}])",
             R"([{"op":"add","path":"/x/y","value":1}])",
             R"([{"op":"add","path":"/l/3","value":1}])",
             R"([{"op":"add","path":"/l/01","value":1}])",
             R"([{"op":"test","path":"/l/-","value":1}])",
             R"([{"op":"move","from":"/l","path":"/l/0"}])",
             R"([{"op":"copy","path":"/z"}])",
             R"([{"op":"add","path":"/z"}])",
             R"([{"op":"add","op":"remove","path":"/a","value":1}])",
             R"([{"op":"fly","path":"/a"}])",
             R"([{"op":"add","path":"a","value":1}])",
             R"([{"op":"add","path":"/~2","value":1}])",
             R"([7])",
             R"({"op":"remove","path":"/a"})",
             R"([{"op":"remove","path":"/a"})",
             "",
         })
        EXPECT_EQ(patched(R"({"a":1,"l":[1,2]})", patch), "failed") << patch;
    std::string out = "kept";
    std::string why;
    EXPECT_FALSE(
        applyJsonPatch("{}", R"([{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}])", out, &why));
    EXPECT_EQ(out, "kept");
    EXPECT_EQ(why, "Operation 2 of the patch failed: there is nothing at its path.");
    EXPECT_FALSE(applyJsonPatch("{", "[]", out, &why));
}

TEST(JsonPatch, IsNoBomb)
{
    // Each copy doubles the document, or its depth.
    std::string wide = "[";
    std::string deep = "[";
    std::string path;
    for (int i = 0; i < 60; ++i) {
        wide += (i ? "," : "") + std::string(R"({"op":"copy","from":"","path":"/k)") + std::to_string(i) + R"("})";
        deep += (i ? "," : "") + std::string(R"({"op":"copy","from":"","path":")") + path + R"(/a"})";
        path += "/a";
    }
    EXPECT_EQ(patched(R"({"x":1})", wide + "]"), "failed");
    EXPECT_EQ(patched(R"({"a":{}})", deep + "]"), "failed");
}

TEST(JsonPatch, ComparesNumbersByValueAtAnySize)
{
    for (const auto& [a, b] :
         std::vector<std::pair<const char*, const char*>>{{"1", "1.0"},
                                                          {"100", "1e2"},
                                                          {"0", "-0.0"},
                                                          {"1e400", "10e399"},
                                                          {"0.001", "1E-3"},
                                                          {"12345678901234567890123", "12345678901234567890123.0"}})
        EXPECT_TRUE(sameJsonValue(a, b)) << a;
    for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"1", "2"},
                                                                               {"1", "-1"},
                                                                               {"1e400", "1e401"},
                                                                               {"9007199254740993", "9007199254740992"},
                                                                               {"1", "\"1\""},
                                                                               {"0", "false"}})
        EXPECT_FALSE(sameJsonValue(a, b)) << a;
    EXPECT_TRUE(sameJsonValue(R"({"a":[1,"\u0041"],"b":{}})", R"({ "b":{}, "\u0061":[1.0,"A"] })"));
    EXPECT_FALSE(sameJsonValue(R"({"a":1})", R"({"a":1,"b":1})"));
    EXPECT_FALSE(sameJsonValue("[1,2]", "[1]"));
    EXPECT_FALSE(sameJsonValue("[1]", "[1,2]"));
}

} // namespace
} // namespace wg::test
