// SPDX-License-Identifier: GPL-3.0-or-later
// A recorded session is cut at every byte, one run each; and comes in pieces of every small size. However it is cut, the
// copy ends equal to the server's, nothing was resynced, and the counters add up.
#include "model_server.h"

#include <gtest/gtest.h>

namespace wg::test {
namespace {

using engine::Transport;
using namespace std::chrono_literals;

/// What the server does is the same in each run: events of every kind are there as soon as the first stream opens.
void write(ModelServer& server)
{
    server.put("b", R"({"name":"Zoë","deep":{"list":[1,null,"x"]}})");
    server.patch("a", R"({"price":1.5,"n":null})", R"({"price":1.5})");
    server.note("a");
    server.erase("b");
    server.put("c", R"({"i":9007199254740993})");
}

struct Session {
    ModelServer server;
    std::unique_ptr<Rig> rig;
    engine::WatchId id = 0;

    Session(Transport transport, std::optional<std::size_t> cutAfter, std::size_t chunk = 0, std::uint64_t seed = 1)
    {
        engine::EngineOptions options;
        options.publishes = false;
        options.seed = seed;
        options.eventBudgetBytes = 16 * limits::kMiB;
        rig = std::make_unique<Rig>(server, options);
        rig->cutAfter = cutAfter;
        rig->chunk = chunk;
        bool isWritten = false;
        server.afterHead = [this, isWritten](Rig&, engine::StreamId, ModelServer::Stream&) mutable {
            if (!isWritten)
                write(server);
            isWritten = true;
        };
        id = rig->watch("http://h/v1/orders", {transport});
        rig->runUntil([&] { return rig->at(id).isLive && rig->at(id).cursor.toString() == "e1:10"; }, 60s);
    }
    void expectExact(const std::string& where) const
    {
        const auto report = rig->report(id);
        ASSERT_TRUE(report.condition.isLive) << where << ": " << report.condition.sentence();
        ASSERT_EQ(rig->items(id), server.truth()) << where;
        ASSERT_TRUE(report.counters.addUp()) << where;
        ASSERT_EQ(report.counters.gaps + report.counters.undecodable + report.counters.resyncs, 0u) << where;
        ASSERT_EQ(report.counters.snapshots, 1u) << where;
    }
};

class Cut : public testing::TestWithParam<Transport> {};

TEST_P(Cut, AtEveryByteOfTheSessionEndsEqualToTheServer)
{
    const Session whole(GetParam(), std::nullopt);
    whole.expectExact("uncut");
    const std::size_t size = whole.rig->delivered;
    ASSERT_GT(size, 800u);
    for (std::size_t at = 0; at <= size; ++at) {
        const Session run(GetParam(), at, 0, at + 1);
        run.expectExact("cut after byte " + std::to_string(at));
        if (HasFatalFailure())
            return;
    }
}

TEST_P(Cut, InPiecesOfAnySizeGivesTheSame)
{
    for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
        const Session run(GetParam(), std::nullopt, chunk);
        run.expectExact("pieces of " + std::to_string(chunk));
        ASSERT_EQ(run.rig->report(run.id).counters.reconnects, 0u);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Cut, testing::Values(Transport::WebSocket, Transport::Sse, Transport::Ndjson),
                         [](const auto& param) { return std::string(engine::toString(param.param)); });

} // namespace
} // namespace wg::test
