// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/fields.h"
#include "support/tiny_json.h"

#include <gtest/gtest.h>

namespace {

using wg::gateway::Fields;
using wg::test::TinyJson;

std::string canonical(std::string_view json)
{
    TinyJson value;
    EXPECT_TRUE(TinyJson::parse(json, value)) << json;
    return value.toText();
}

TEST(GatewayFields, KeepOrderAndLastOfEqualNames)
{
    const auto fields = Fields::parse(R"({"b":1,"a":{"x":[1,2]},"b":"é\n"})");
    ASSERT_TRUE(fields.isOk());
    EXPECT_EQ(fields.value().toJson(), R"({"b":"é\n","a":{"x":[1,2]}})");
    EXPECT_FALSE(Fields::parse("[1]").isOk());
    EXPECT_FALSE(Fields::parse("{\"a\":").isOk());
}

/// Every object-on-object case of the shared vectors.
TEST(GatewayFields, MergeFollowsRfc7396)
{
    simdjson::dom::parser parser;
    simdjson::dom::element file;
    ASSERT_EQ(parser.load(WG_TEST_DATA "/merge_patch.json").get(file), simdjson::SUCCESS);
    int checked = 0;
    for (const simdjson::dom::element one : file["cases"].get_array()) {
        simdjson::dom::object target;
        simdjson::dom::object patch;
        simdjson::dom::element result;
        if (one["target"].get(target) != simdjson::SUCCESS || one["patch"].get(patch) != simdjson::SUCCESS
            || one["result"].get(result) != simdjson::SUCCESS)
            continue;
        auto fields = Fields::parse(simdjson::minify(one["target"].value()));
        const auto changes = Fields::parse(simdjson::minify(one["patch"].value()));
        ASSERT_TRUE(fields.isOk() && changes.isOk());
        fields.value().merge(changes.value());
        EXPECT_EQ(canonical(fields.value().toJson()), canonical(simdjson::minify(result))) << one["name"];
        ++checked;
    }
    EXPECT_GT(checked, 20);
}

TEST(GatewayFields, NumbersReadAndAbsentOnesDoNot)
{
    const auto parsed = Fields::parse(R"({"n":12.5,"t":"x"})");
    const Fields& fields = parsed.value();
    EXPECT_DOUBLE_EQ(fields.number("n"), 12.5);
    EXPECT_DOUBLE_EQ(fields.number("t", -1), -1);
    EXPECT_DOUBLE_EQ(fields.number("none", -2), -2);
    EXPECT_EQ(fields.text("t"), "x");
    EXPECT_EQ(fields.text("n"), "");
}

} // namespace
