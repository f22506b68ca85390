// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/framing.h"
#include "gateway/resource.h"
#include "gateway/state_file.h"
#include "gateway/subscription.h"
#include "gateway/watch_request.h"
#include "support/tiny_json.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace {

using namespace wg::gateway;
using wg::test::TinyJson;

Options quiet(std::size_t history = 1000)
{
    Options options;
    options.rate = 0;
    options.resources = {"orders"};
    options.history = history;
    return options;
}

Fields object(std::string_view json)
{
    return Fields::parse(json).value();
}

TinyJson read(std::string_view json)
{
    TinyJson value;
    EXPECT_TRUE(TinyJson::parse(json, value)) << json;
    return value;
}

std::string text(const TinyJson& value, const std::string& name)
{
    const auto at = value.members.find(name);
    return at == value.members.end() ? "" : at->second.toText();
}

std::string eventText(const Delivery& delivery, const Subscription& subscription)
{
    std::string out;
    appendEvent(out, delivery, subscription);
    return out;
}

TEST(GatewayResource, VersionsAreDenseAndHistoryIsBounded)
{
    World world(quiet(10));
    Resource& orders = world.resource(0);
    for (int i = 0; i < 50; ++i)
        orders.put("order_created", "o" + std::to_string(i), object("{\"n\":1}"));
    orders.trim(UINT64_MAX);
    EXPECT_EQ(orders.head(), 50u);
    EXPECT_EQ(orders.floor(), 40u);
    EXPECT_EQ(orders.historyEntries(), 10u);
    EXPECT_EQ(orders.entry(40), nullptr);
    EXPECT_EQ(orders.entry(41)->version, 41u);
    EXPECT_EQ(orders.entry(51), nullptr);
}

TEST(GatewayResource, LaggardsKeepOldEntriesUpToTheQueueBound)
{
    Options options = quiet(10);
    options.queueBytes = 64 * 1024;
    World world(options);
    Resource& orders = world.resource(0);
    const std::string big = "{\"text\":\"" + std::string(1000, 'x') + "\"}";
    std::size_t most = 0;
    for (int i = 0; i < 1000; ++i) {
        orders.put("order_updated", "o", object(big));
        orders.trim(0); // someone still waits for version 1
        most = std::max(most, orders.historyBytes());
    }
    EXPECT_GT(orders.historyEntries(), 10u);
    EXPECT_LT(most, options.queueBytes + 20 * 1400);
    EXPECT_EQ(orders.floor(), 990u);
}

TEST(GatewayResource, HistoryBytesRaiseTheFloor)
{
    Options options = quiet(1'000'000);
    options.historyBytes = 100'000;
    World world(options);
    Resource& orders = world.resource(0);
    for (int i = 0; i < 1000; ++i) {
        orders.put("order_updated", "o", object("{\"text\":\"" + std::string(1000, 'x') + "\"}"));
        orders.trim(UINT64_MAX);
    }
    EXPECT_LE(orders.historyBytes(), options.historyBytes);
    EXPECT_GT(orders.floor(), 800u);
}

TEST(GatewayResource, VersionsAboveTwoToThe53AreStrings)
{
    Options options = quiet();
    options.firstVersion = std::uint64_t{1} << 53;
    World world(options);
    world.resource(0).put("order_created", "a", object("{}"));
    Subscription all(world, 0, {}, options.firstVersion);
    Delivery delivery;
    ASSERT_EQ(all.next(delivery), Pull::Delivery);
    const TinyJson event = read(eventText(delivery, all));
    EXPECT_EQ(text(event, "version"), "\"9007199254740993\"");
    EXPECT_EQ(text(event, "prev"), "9007199254740992");
}

TEST(GatewaySubscription, FilterMakesWalkersInAndOut)
{
    World world(quiet());
    Resource& orders = world.resource(0);
    Selection selection;
    ASSERT_FALSE(compileSelection("status == \"held\"", {}, selection));
    Subscription held(world, 0, std::move(selection), 0);
    orders.put("order_created", "a", object(R"({"status":"new","n":1})"));      // 1 outside
    orders.patch("order_updated", *orders.find("a"), object(R"({"status":"held"})")); // 2 walks in
    orders.patch("order_updated", *orders.find("a"), object(R"({"n":2})"));      // 3 inside
    orders.notice("order_viewed", "a");                                          // 4 inside
    orders.patch("order_updated", *orders.find("a"), object(R"({"status":"new"})")); // 5 walks out
    orders.notice("order_viewed", "a");                                          // 6 outside
    orders.remove("order_deleted", *orders.find("a"));                           // 7 outside
    orders.put("order_created", "b", object(R"({"status":"held"})"));            // 8 inside
    orders.remove("order_deleted", *orders.find("b"));                           // 9 inside
    std::vector<std::string> seen;
    Delivery delivery;
    std::uint64_t last = 0;
    while (held.next(delivery) == Pull::Delivery) {
        const TinyJson event = read(eventText(delivery, held));
        EXPECT_EQ(delivery.prev, last);
        EXPECT_EQ(text(event, "prev"), std::to_string(last));
        last = delivery.version;
        seen.push_back(text(event, "version") + text(event, "event") + text(event, "object") + text(event, "changes") + text(event, "cause"));
    }
    const std::vector<std::string> expected = {R"(2"order_updated"{"n":1,"status":"held"})",
                                               R"(3"order_updated"{"n":2})",
                                               R"(4"order_viewed")",
                                               R"(5"order_deleted""filter")",
                                               R"(8"order_created"{"status":"held"})",
                                               R"(9"order_deleted")"};
    EXPECT_EQ(seen, expected);
}

TEST(GatewaySubscription, HeartbeatIsALinkOfTheChainAndPassesFilteredEvents)
{
    World world(quiet());
    Resource& orders = world.resource(0);
    Selection selection;
    ASSERT_FALSE(compileSelection("", {"b"}, selection));
    Subscription some(world, 0, std::move(selection), 0);
    for (int i = 0; i < 5; ++i)
        orders.put("order_created", "a", object("{}"));
    Delivery delivery;
    EXPECT_EQ(some.next(delivery), Pull::Nothing);
    const Delivery beat = some.bookmark();
    EXPECT_EQ(beat.prev, 0u);
    EXPECT_EQ(beat.version, 5u);
    orders.put("order_created", "b", object("{}"));
    ASSERT_EQ(some.next(delivery), Pull::Delivery);
    EXPECT_EQ(delivery.prev, 5u);
    EXPECT_EQ(delivery.version, 6u);
}

TEST(GatewaySubscription, PositionThatIsLetGoIsLostAndNewEpochRenumbers)
{
    World world(quiet(2));
    Resource& orders = world.resource(0);
    Subscription slow(world, 0, {}, 0);
    for (int i = 0; i < 5; ++i)
        orders.put("order_created", "a", object("{}"));
    orders.trim(UINT64_MAX);
    Delivery delivery;
    EXPECT_TRUE(slow.isLost());
    EXPECT_EQ(slow.next(delivery), Pull::Lost);
    const std::string old = world.epoch();
    world.startEpoch();
    EXPECT_NE(world.epoch(), old);
    EXPECT_EQ(slow.next(delivery), Pull::Renumbered);
    EXPECT_EQ(slow.position(), 1u); // one item, numbered anew
    EXPECT_EQ(orders.floor(), 1u);
}

TEST(GatewaySince, EveryKindOfCursor)
{
    World world(quiet(3));
    Resource& orders = world.resource(0);
    for (int i = 0; i < 10; ++i)
        orders.put("order_created", "a", object("{}"));
    orders.trim(UINT64_MAX);
    const auto code = [&](const std::string& since, std::string_view param = "since") {
        std::uint64_t from = 0;
        const auto problem = resolveSince(world, 0, since, param, from);
        return problem ? problem->code : std::to_string(from);
    };
    const std::string e = world.epoch() + ":";
    EXPECT_EQ(code(""), "10");
    EXPECT_EQ(code("now"), "10");
    EXPECT_EQ(code(e + "7"), "7");
    EXPECT_EQ(code(e + "10"), "10");
    EXPECT_EQ(code(e + "6"), "version_expired");
    EXPECT_EQ(code(e + "11"), "version_expired");
    EXPECT_EQ(code("other:8"), "version_expired");
    EXPECT_EQ(code("nonsense"), "bad_request");
    EXPECT_EQ(code(e + "-1"), "bad_request");
    EXPECT_EQ(code(e + "99999999999999999999"), "bad_request");
    EXPECT_EQ(code("nonsense", "Last-Event-ID"), "version_expired");
    orders.compact();
    EXPECT_EQ(code(e + "9"), "version_expired");
    EXPECT_EQ(code(e + "10"), "10");
}

TEST(GatewayStateFile, RestoresEpochItemsHistoryAndFilterMembership)
{
    char folder[] = "/tmp/wg-state-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    const std::string file = std::string(folder) + "/state";
    std::string epoch;
    {
        World world(quiet(3));
        Resource& orders = world.resource(0);
        orders.put("order_created", "a", object(R"({"s":"in","é":"\n"})"));
        orders.put("order_created", "b", object(R"({"s":"out"})"));
        orders.put("order_created", "c", object(R"({"s":"in"})"));
        orders.patch("order_updated", *orders.find("a"), object(R"({"s":"out"})"));
        orders.remove("order_deleted", *orders.find("c"));
        orders.trim(UINT64_MAX);
        epoch = world.epoch();
        ASSERT_TRUE(saveState(file, world).isOk());
    }
    World world(quiet(3));
    const auto restored = restoreState(file, world);
    ASSERT_TRUE(restored.isOk()) << restored.error().what;
    EXPECT_TRUE(restored.value());
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(world.epoch(), epoch);
    const Resource& orders = world.resource(0);
    EXPECT_EQ(orders.head(), 5u);
    EXPECT_EQ(orders.floor(), 2u);
    ASSERT_EQ(orders.items().size(), 2u);
    EXPECT_EQ(orders.items().at("a").last->version, 4u);
    EXPECT_EQ(orders.items().at("a").last->object(), R"({"s":"out","é":"\n"})");
    EXPECT_EQ(orders.items().at("b").last->version, 2u);
    Selection selection;
    ASSERT_FALSE(compileSelection("s == \"in\"", {}, selection));
    Subscription in(world, 0, std::move(selection), 2);
    std::vector<Delivery::Form> forms;
    Delivery delivery;
    while (in.next(delivery) == Pull::Delivery)
        forms.push_back(delivery.form);
    EXPECT_EQ(forms, (std::vector<Delivery::Form>{Delivery::Form::Entered, Delivery::Form::Left, Delivery::Form::AsIs}));
    std::filesystem::remove_all(folder);
}

TEST(GatewayStateFile, DamagedFileIsRefusedAndAbsentOneIsNone)
{
    char folder[] = "/tmp/wg-state-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    const std::string file = std::string(folder) + "/state";
    World world(quiet());
    const auto absent = restoreState(file, world);
    EXPECT_TRUE(absent.isOk() && !absent.value());
    world.resource(0).put("order_created", "a", object("{\"x\":1}"));
    ASSERT_TRUE(saveState(file, world).isOk());
    const auto size = std::filesystem::file_size(file);
    for (std::uintmax_t cut = 1; cut < size; cut += 7) {
        std::filesystem::resize_file(file, size - cut);
        World other(quiet());
        EXPECT_FALSE(restoreState(file, other).isOk()) << cut;
    }
    std::filesystem::remove_all(folder);
}

} // namespace
