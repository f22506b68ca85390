// SPDX-License-Identifier: GPL-3.0-or-later
// Every vector of sync_scenarios.json against the real replica.
#include "scenario.h"

#include <gtest/gtest.h>

namespace wg::test
{
namespace
{

using simdjson::dom::element;

std::string textOf(const element& value)
{
    return value.is_string() ? std::string(std::string_view(value)) : value.is_null() ? "" : simdjson::minify(value);
}

std::vector<std::string> listOf(const element& array)
{
    std::vector<std::string> list;
    for (const element item : simdjson::dom::array(array))
        list.push_back(textOf(item));
    return list;
}

std::vector<std::string> cursorsOf(const element& array)
{
    std::vector<std::string> list;
    for (const element item : simdjson::dom::array(array)) {
        if (item.is_null()) {
            list.emplace_back("none");
            continue;
        }
        const std::string epoch = textOf(item["epoch"]);
        list.push_back((epoch.empty() ? "" : epoch + ":") + textOf(item["version"]));
    }
    return list;
}

void compare(Scenario& scenario, const std::string& field, const element& expected)
{
    const sync::Replica& replica = scenario.replica();
    if (field == "state")
        EXPECT_EQ(toString(replica.state()), std::string_view(expected));
    else if (field == "stale")
        EXPECT_EQ(replica.isStale(), bool(expected));
    else if (field == "version")
        EXPECT_EQ(replica.cursor().version.toString(), textOf(expected));
    else if (field == "epoch")
        EXPECT_EQ(replica.cursor().epoch, textOf(expected));
    else if (field == "store")
        EXPECT_EQ(scenario.storeText(), TinyJson::from(expected).toText());
    else if (field == "ignored")
        EXPECT_EQ(scenario.ignored(), std::uint64_t(int64_t(expected)));
    else if (field == "gaps")
        EXPECT_EQ(scenario.gaps(), listOf(expected));
    else if (field == "applied")
        EXPECT_EQ(scenario.applied(), listOf(expected));
    else if (field == "connects")
        EXPECT_EQ(scenario.connects(), cursorsOf(expected));
    else if (field == "snapshots_requested")
        EXPECT_EQ(scenario.snapshotsRequested(), std::size_t(int64_t(expected)));
    else
        ADD_FAILURE() << "a field that this test does not know: " << field;
}

TEST(SyncScenarios, everyVector)
{
    simdjson::dom::parser parser;
    const element root = parser.load(WG_TEST_DATA "/sync_scenarios.json");
    std::size_t count = 0;
    for (const element one : simdjson::dom::array(root["cases"])) {
        SCOPED_TRACE(textOf(one["id"]) + " " + textOf(one["name"]) + ": " + textOf(one["rule"]));
        Scenario scenario(one);
        for (const element input : simdjson::dom::array(one["script"])) {
            EXPECT_TRUE(scenario.run(input)) << simdjson::minify(input);
            EXPECT_TRUE(scenario.replica().counters().addUp());
        }
        for (const auto member : simdjson::dom::object(one["expect"]))
            compare(scenario, std::string(member.key), member.value);
        ++count;
    }
    EXPECT_EQ(count, std::size_t(int64_t(root["count"])));
}

} // namespace
} // namespace wg::test
