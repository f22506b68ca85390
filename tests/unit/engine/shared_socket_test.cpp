// SPDX-License-Identifier: GPL-3.0-or-later
// Many subscriptions over one WebSocket (/v1/stream): each keeps its own copy, cursor and failures.
#include "model_server.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using engine::ViewState;
using namespace std::chrono_literals;

struct Shared {
    ModelServer server;
    Rig rig{server};

    engine::WatchId add(const std::string& resource)
    {
        return rig.watch("ws://h/v1/stream", {}, [&](engine::WatchSpec& spec) {
            spec.resource = resource;
            spec.route.path = "/v1/stream";
        });
    }
    void write(int count)
    {
        for (int i = 0; i < count; ++i) {
            server.put("k" + std::to_string(i), "{\"i\":1}");
            server.flush(rig);
            rig.run(100ms);
        }
    }
    void expectExact(engine::WatchId id)
    {
        EXPECT_TRUE(rig.runUntil([&] { return rig.at(id).isLive; }, 60s)) << rig.at(id).sentence();
        rig.run(20s);
        EXPECT_EQ(rig.items(id), server.truth());
        EXPECT_EQ(rig.report(id).counters.gaps, 0u);
    }
};

TEST(SharedSocket, CarriesSeveralSubscriptions)
{
    Shared s;
    const auto a = s.add("orders"), b = s.add("orders");
    s.rig.run(2s);
    EXPECT_EQ(s.rig.targets.size(), 1u);
    s.write(5);
    s.expectExact(a);
    s.expectExact(b);
    EXPECT_EQ(s.rig.report(a).resource, "orders");
}

TEST(SharedSocket, AFailedSubscriptionLeavesTheOthersAlone)
{
    Shared s;
    const auto good = s.add("orders"), bad = s.add("nothing");
    s.rig.run(2s);
    EXPECT_EQ(s.rig.at(bad).state, ViewState::Failed) << s.rig.at(bad).sentence();
    s.write(3);
    s.expectExact(good);
}

TEST(SharedSocket, LostIsOpenedOnceForAllAndEachResumesFromItsCursor)
{
    Shared s;
    const auto a = s.add("orders"), b = s.add("orders");
    s.rig.run(2s);
    s.rig.end(s.server.streams.begin()->first, ErrorCode::ConnectionLost);
    s.rig.run(1ms);
    s.server.put("while-away", "{}");
    s.expectExact(a);
    s.expectExact(b);
    EXPECT_EQ(s.rig.report(a).counters.resumes, 1u);
    EXPECT_EQ(s.rig.report(b).counters.snapshots, 1u);
}

TEST(SharedSocket, IsClosedWithItsLastSubscription)
{
    Shared s;
    const auto a = s.add("orders"), b = s.add("orders");
    s.rig.run(2s);
    s.rig.engine().execute(engine::RemoveWatch{a});
    s.rig.run(1s);
    EXPECT_EQ(s.server.streams.size(), 1u);
    s.write(2);
    s.expectExact(b);
    s.rig.engine().execute(engine::RemoveWatch{b});
    s.rig.run(1s);
    EXPECT_TRUE(s.server.streams.empty());
}

TEST(SharedSocket, WithoutAResourceSaysSo)
{
    Shared s;
    const auto id = s.add("");
    s.rig.run(1s);
    EXPECT_EQ(s.rig.at(id).state, ViewState::Failed);
    EXPECT_NE(s.rig.at(id).sentence().find("--resource"), std::string::npos);
}

} // namespace
} // namespace wg::test
