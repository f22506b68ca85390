// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/framing.h"
#include "gateway/world.h"
#include "support/tiny_json.h"

#include <gtest/gtest.h>

namespace {

using namespace wg::gateway;
using wg::test::TinyJson;

class GatewayModel : public testing::TestWithParam<const char*> {
protected:
    static World make(std::uint64_t seed)
    {
        Options options;
        options.resources = {GetParam()};
        options.seed = seed;
        options.history = 1'000'000;
        World world(options);
        world.fill();
        return world;
    }
};

/// A replica that only reads events, with a merge patch of its own, ends where the model is.
TEST_P(GatewayModel, EventsFoldToTheTruth)
{
    World world = make(7);
    Resource& resource = world.resource(0);
    for (int i = 0; i < 5000; ++i)
        world.model(0).act(resource, world.prng());
    std::map<std::string, TinyJson> replica;
    std::map<std::string, int> types;
    Subscription all(world, 0, {}, 0);
    Delivery delivery;
    while (all.next(delivery) == Pull::Delivery) {
        std::string json;
        appendEvent(json, delivery, all);
        TinyJson event;
        ASSERT_TRUE(TinyJson::parse(json, event)) << json;
        const std::string id = event.members["id"].scalar;
        ++types[event.members["event"].scalar];
        if (event.members.count("object") > 0)
            replica[id] = event.members["object"];
        else if (event.members.count("changes") > 0)
            replica[id].merge(event.members["changes"]);
        else if (delivery.entry->change == Change::Delete)
            replica.erase(id);
    }
    ASSERT_EQ(replica.size(), resource.items().size());
    for (const auto& [id, item] : resource.items()) {
        TinyJson truth;
        ASSERT_TRUE(TinyJson::parse(item.last->object(), truth));
        EXPECT_EQ(replica["\"" + id + "\""].toText(), truth.toText()) << id;
    }
    for (const std::string& type : world.model(0).eventTypes())
        EXPECT_GT(types["\"" + type + "\""], 0) << type;
}

TEST_P(GatewayModel, SameSeedMakesTheSameChanges)
{
    World a = make(42);
    World b = make(42);
    World c = make(43);
    const auto states = [](World& world) {
        std::string out;
        for (int i = 0; i < 2000; ++i)
            world.model(0).act(world.resource(0), world.prng());
        for (const auto& [id, item] : world.resource(0).items())
            ((out += id) += std::to_string(item.last->version)) += item.last->object();
        return out;
    };
    const std::string first = states(a);
    EXPECT_EQ(first, states(b));
    EXPECT_NE(first, states(c));
}

INSTANTIATE_TEST_SUITE_P(Models, GatewayModel, testing::Values("orders", "stocks", "sensors", "pods"),
                         [](const auto& one) { return std::string(one.param); });

TEST(GatewayWorld, RateIsSharedByWeight)
{
    Options options;
    options.rate = 1000;
    World world(options);
    world.fill();
    std::vector<std::uint64_t> before;
    for (std::size_t i = 0; i < world.size(); ++i)
        before.push_back(world.resource(i).published());
    for (int i = 0; i < 2000; ++i)
        world.tick(0.01);
    std::uint64_t sum = 0;
    std::vector<double> made;
    for (std::size_t i = 0; i < world.size(); ++i) {
        made.push_back(static_cast<double>(world.resource(i).published() - before[i]));
        sum += world.resource(i).published() - before[i];
    }
    EXPECT_NEAR(static_cast<double>(sum), 20000, 1);
    EXPECT_NEAR(made[0] / made[1], 40.0 / 200, 0.02);
    EXPECT_NEAR(made[2] / made[1], 25.0 / 200, 0.02);
    world.pause(true);
    EXPECT_EQ(world.tick(1.0), 0u);
}

} // namespace
