// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/merge_patch.h"

#include "vectors.h"

#include <map>
#include <random>
#include <set>

namespace wg::test
{
namespace
{

using namespace codec;

/// A value with its members sorted and the spaces gone, so that equal values have equal texts.
std::string canonical(std::string_view text)
{
    const auto value = readJson(text);
    if (!value)
        return "not JSON: " + std::string(text);
    std::string out;
    if (value->kind == JsonKind::Object) {
        std::map<std::string, std::string> members;
        JsonObjectReader reader(value->bytes);
        JsonMember member;
        while (reader.next(member)) {
            std::string key;
            appendJsonText(member.key, key);
            members[key] = canonical(member.value.bytes);
        }
        for (const auto& [key, each] : members) {
            out += out.empty() ? "{" : ",";
            appendJsonString(key, out);
            out += ":" + each;
        }
        return out.empty() ? "{}" : out + "}";
    }
    if (value->kind == JsonKind::Array) {
        JsonArrayReader reader(value->bytes);
        JsonValue each;
        while (reader.next(each))
            out += (out.empty() ? "[" : ",") + canonical(each.bytes);
        return out.empty() ? "[]" : out + "]";
    }
    if (value->kind == JsonKind::String) {
        std::string plain;
        appendJsonText(value->bytes, plain);
        appendJsonString(plain, out);
        return out;
    }
    return std::string(value->bytes);
}

std::string patched(std::string_view target, std::string_view patch)
{
    std::string out;
    return applyMergePatch(target, patch, out) ? out : "failed";
}

TEST(MergePatch, FollowsEveryVector)
{
    forEachCase(WG_TEST_DATA, "merge_patch", [](simdjson::dom::object each) {
        bool isAbsent = false;
        const bool hasTarget = each["target_absent"].get(isAbsent) != simdjson::SUCCESS;
        const std::string target = hasTarget ? simdjson::minify(each["target"]) : "";
        EXPECT_EQ(canonical(patched(target, simdjson::minify(each["patch"]))),
                  canonical(simdjson::minify(each["result"])))
            << textOf(each, "name");
    });
}

TEST(MergePatch, KeepsBytesAndOrderOfWhatItDoesNotTouch)
{
    EXPECT_EQ(
        patched(R"({"a":9.99,"b":1e400,"c":12345678901234567890123,"d":"\u0041"})", R"({"b":0.10,"e":1.0,"d":null})"),
        R"({"a":9.99,"b":0.10,"c":12345678901234567890123,"e":1.0})");
    EXPECT_EQ(patched(R"({"a":{ "x" : 1 },"b":[1 , 2]})", R"({"c":1})"), R"({"a":{ "x" : 1 },"b":[1 , 2],"c":1})");
    EXPECT_EQ(patched(" {\"a\" : 1} ", " {\"a\" : 2} "), R"({"a":2})");
}

TEST(MergePatch, ComparesKeysByWhatTheyMean)
{
    EXPECT_EQ(patched(R"({"a":1})", R"({"\u0061":2})"), R"({"a":2})");
    EXPECT_EQ(patched(R"({"\u0061":1})", R"({"a":null})"), "{}");
}

TEST(MergePatch, LetsTheLastOfDuplicateKeysCount)
{
    EXPECT_EQ(patched(R"({"a":1})", R"({"a":2,"a":3})"), R"({"a":3})");
    EXPECT_EQ(patched(R"({"a":1,"b":0,"a":2})", R"({"a":3})"), R"({"a":3,"b":0})");
    EXPECT_EQ(patched(R"({"a":{"x":1},"a":{"y":2}})", R"({"a":{"z":3}})"), R"({"a":{"y":2,"z":3}})");
    EXPECT_EQ(patched(R"({"a":1,"a":2})", R"({"a":null})"), "{}");
}

TEST(MergePatch, RefusesWhatIsNotJson)
{
    for (const char* bad : {"", "{", "{\"a\":}", "{\"a\":1}x", "{\"a\":1,}", "nul", "{\"a\":{\"b\":tru}}"}) {
        std::string out;
        EXPECT_FALSE(applyMergePatch("{}", bad, out)) << bad;
        if (*bad != '\0') {
            EXPECT_FALSE(applyMergePatch(bad, R"({"a":{"c":1}})", out)) << bad;
        }
    }
    std::string deep;
    for (std::size_t i = 0; i < 2000; ++i)
        deep += "{\"a\":";
    deep += "1" + std::string(2000, '}');
    std::string out;
    EXPECT_FALSE(applyMergePatch("{}", deep, out));
    EXPECT_FALSE(applyMergePatch(deep, "{\"a\":1}", out));
}

/// RFC 7396 section 2, on parsed values, as a second opinion.
std::string reference(std::string_view target, std::string_view patch)
{
    const auto patchValue = readJson(patch);
    if (patchValue->kind != JsonKind::Object)
        return std::string(patchValue->bytes);
    std::map<std::string, std::string> members;
    JsonMember member;
    const auto keyOf = [&member] {
        std::string key;
        appendJsonText(member.key, key);
        return key;
    };
    if (!target.empty() && readJson(target)->kind == JsonKind::Object) {
        JsonObjectReader reader(target);
        while (reader.next(member))
            members[keyOf()] = member.value.bytes;
    }
    std::map<std::string, std::string> changes; // the last of duplicates
    JsonObjectReader reader(patch);
    while (reader.next(member))
        changes[keyOf()] = member.value.bytes;
    for (const auto& [key, change] : changes) {
        if (change == "null") {
            members.erase(key);
            continue;
        }
        const auto old = members.find(key);
        members[key] = reference(old == members.end() ? std::string() : old->second, change);
    }
    std::string out = "{";
    for (const auto& [key, value] : members) {
        if (out.size() > 1)
            out += ",";
        appendJsonString(key, out);
        out += ":" + value;
    }
    return out + "}";
}

class Randomly
{
public:
    explicit Randomly(unsigned seed)
        : m_random(seed)
    {
    }

    /// Keys of an object are distinct: the reference of two nested duplicates is not defined by the RFC.
    std::string value(int depth)
    {
        switch (pick(depth > 0 ? 7 : 4)) {
        case 0: return "null";
        case 1: return std::to_string(pick(100)) + ".50";
        case 2: return "\"s" + std::to_string(pick(5)) + "\"";
        case 3: return "true";
        case 4: return "[" + value(depth - 1) + "]";
        default: return object(depth, pick(6));
        }
    }
    std::string object(int depth, unsigned members)
    {
        std::set<unsigned> keys;
        std::string out = "{";
        for (unsigned i = 0; i < members; ++i) {
            const unsigned key = pick(members > 20 ? 60 : 6);
            if (!keys.insert(key).second)
                continue;
            out += (out.size() > 1 ? ",\"k" : "\"k") + std::to_string(key) + "\":" + value(depth - 1);
        }
        return out + "}";
    }
    unsigned pick(unsigned below) { return static_cast<unsigned>(m_random() % below); }

private:
    std::mt19937 m_random;
};

TEST(MergePatch, FoldsManyPatchesAsIfOneByOne)
{
    MergePatch fold;
    for (unsigned seed = 0; seed < 5000; ++seed) {
        Randomly random(seed);
        const unsigned members = random.pick(10) == 0 ? 40 : 5;
        const std::string base = random.pick(10) == 0 ? random.value(2) : random.object(3, members);
        std::string expected = base;
        std::vector<std::string> patches;
        fold.clear();
        for (unsigned i = 0, count = 1 + random.pick(5); i < count; ++i)
            patches.push_back(random.pick(8) == 0 ? random.value(2) : random.object(3, members));
        for (const std::string& patch : patches) {
            expected = reference(expected, patch);
            ASSERT_TRUE(fold.add(patch)) << patch;
        }
        std::string out;
        ASSERT_TRUE(fold.applyTo(base, out)) << base;
        ASSERT_EQ(canonical(out), canonical(expected)) << "seed " << seed << " base " << base;
    }
}

TEST(MergePatch, StaysLinearOnLargeObjects)
{
    std::string large = "{";
    for (int i = 0; i < 100'000; ++i)
        large += (i ? ",\"key" : "\"key") + std::to_string(i) + "\":" + std::to_string(i);
    large += "}";
    std::string out;
    EXPECT_TRUE(applyMergePatch(large, large, out));
    EXPECT_EQ(out, large);
}

} // namespace
} // namespace wg::test
