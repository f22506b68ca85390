// SPDX-License-Identifier: GPL-3.0-or-later
// The happy path over every transport: live, exact, and nothing counted as a fault.
#include "model_server.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using engine::Transport;
using engine::ViewState;
using namespace std::chrono_literals;

class EveryTransport : public testing::TestWithParam<Transport> {};

TEST_P(EveryTransport, ReachesLiveAndFollowsExactly)
{
    ModelServer server;
    Rig rig(server);
    const auto id = rig.watch("http://h/v1/orders", {GetParam()});
    ASSERT_TRUE(rig.runUntil([&] { return rig.at(id).isLive; }, 20s)) << rig.at(id).sentence();
    EXPECT_EQ(rig.items(id), server.truth());
    for (int i = 0; i < 50; ++i) {
        server.put("k" + std::to_string(i % 7), R"({"i":)" + std::to_string(i) + ",\"s\":\"x\"}");
        server.patch("a", R"({"n":)" + std::to_string(i) + ",\"gone\":null}", R"({"n":)" + std::to_string(i) + R"(,"price":9.99})");
        if (i % 10 == 9)
            server.erase("k3");
        server.flush(rig);
        rig.run(200ms);
    }
    rig.run(8s);
    EXPECT_EQ(rig.items(id), server.truth());
    const auto report = rig.report(id);
    EXPECT_EQ(report.condition.state, ViewState::Live) << report.condition.sentence();
    EXPECT_EQ(report.condition.transport, GetParam());
    EXPECT_EQ(report.condition.dialect, "watch.v1");
    EXPECT_EQ(report.condition.cursor.toString(), "e1:" + std::to_string(server.version));
    EXPECT_TRUE(report.counters.addUp());
    EXPECT_EQ(report.counters.gaps + report.counters.stale + report.counters.duplicate + report.counters.undecodable, 0u);
    EXPECT_EQ(report.counters.snapshots, 1u);
    EXPECT_TRUE(rig.markers.empty() || rig.markers.front().marker.kind == sync::MarkerKind::Resynced);
}

INSTANTIATE_TEST_SUITE_P(All, EveryTransport,
                         testing::Values(Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll, Transport::Poll),
                         [](const auto& param) { return std::string(engine::toString(param.param)); });

} // namespace
} // namespace wg::test
