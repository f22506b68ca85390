// SPDX-License-Identifier: GPL-3.0-or-later
// State x input, exhaustively: every replica in every state takes every input, twice over, and keeps what always holds.
#include "rig.h"

#include <functional>

namespace wg::test
{
namespace
{

using sync::Order;
using sync::ReplicaState;

using Act = std::pair<const char*, std::function<void(Rig&)>>;

const std::vector<Act>& inputs()
{
    static const std::vector<Act> all{
        {"start", [](Rig& rig) { rig.start(); }},
        {"stop", [](Rig& rig) { rig.stop(); }},
        {"resyncNow", [](Rig& rig) { rig.resyncNow(); }},
        {"retryNow", [](Rig& rig) { rig.retryNow(); }},
        {"authRefreshed", [](Rig& rig) { rig.authRefreshed(true); }},
        {"authRefused", [](Rig& rig) { rig.authRefreshed(false); }},
        {"opened", [](Rig& rig) { rig.open(); }},
        {"openedElsewhere", [](Rig& rig) { rig.open("E", "2"); }},
        {"openedOtherEpoch", [](Rig& rig) { rig.open("F"); }},
        {"bytes", [](Rig& rig) { rig.bytes(); }},
        {"next", [](Rig& rig) { rig.put("6", "5", "E"); }},
        {"nextAgain", [](Rig& rig) { rig.put("7", "6", "E"); }},
        {"stale", [](Rig& rig) { rig.put("3", "2", "E"); }},
        {"gap", [](Rig& rig) { rig.put("60", "59", "E"); }},
        {"otherEpoch", [](Rig& rig) { rig.put("1", "0", "F"); }},
        {"noVersion", [](Rig& rig) { rig.put(""); }},
        {"noState", [](Rig& rig) { rig.shown("6"); }},
        {"badPatch", [](Rig& rig) { rig.patch("6", "nobody", "5"); }},
        {"bookmarkHere", [](Rig& rig) { rig.bookmark("5", "5", "E"); }},
        {"bookmarkAhead", [](Rig& rig) { rig.bookmark("50", "49", "E"); }},
        {"bookmarkBehind", [](Rig& rig) { rig.bookmark("3", "2", "E"); }},
        {"unreadable", [](Rig& rig) { rig.unreadable(); }},
        {"lost", [](Rig& rig) { rig.closed(Rig::lost()); }},
        {"ended", [](Rig& rig) { rig.closed(Rig::ended()); }},
        {"gone", [](Rig& rig) { rig.closed(Rig::gone()); }},
        {"unauthorized", [](Rig& rig) { rig.closed(Rig::unauthorized()); }},
        {"forbidden", [](Rig& rig) { rig.closed(Rig::forbidden()); }},
        {"limited", [](Rig& rig) { rig.closed(Rig::floored(70'000)); }},
        {"progress", [](Rig& rig) { rig.progress(); }},
        {"snapshot",
         [](Rig& rig) {
             rig.snapshot("8", {"a", "b"}, "E");
         }},
        {"oldSnapshot", [](Rig& rig) { rig.snapshot("2", {"a"}, "E"); }},
        {"otherSnapshot", [](Rig& rig) { rig.snapshot("2", {"a"}, "F"); }},
        {"emptySnapshot", [](Rig& rig) { rig.snapshot("", {}); }},
        {"snapshotFails", [](Rig& rig) { rig.snapshotFails(Rig::lost()); }},
        {"snapshotRefused", [](Rig& rig) { rig.snapshotFails(Rig::unauthorized()); }},
        {"snapshotForbidden", [](Rig& rig) { rig.snapshotFails(Rig::forbidden()); }},
        {"tick", [](Rig& rig) { rig.pass(1); }},
        {"minutes", [](Rig& rig) { rig.pass(200'000); }},
        {"try", [](Rig& rig) { rig.waitForTry(); }},
    };
    return all;
}

/// Ways into every state that a configuration knows; the last one is the state meant.
std::vector<std::vector<std::string>> ways(bool replay, bool hasSnapshot)
{
    if (!hasSnapshot)
        return {{},
                {"start"},
                {"start", "opened"},
                {"start", "opened", "next", "lost"},
                {"start", "opened", "next", "lost", "try"},
                {"start", "unauthorized"},
                {"start", "forbidden"},
                {"start", "stop"}};
    if (replay)
        return {{},
                {"start"},
                {"start", "snapshotFails"},
                {"start", "snapshotRefused"},
                {"start", "snapshot5"},
                {"start", "snapshot5", "opened"},
                {"start", "snapshot5", "opened", "lost"},
                {"start", "snapshot5", "opened", "limited"},
                {"start", "snapshot5", "opened", "lost", "try"},
                {"start", "snapshot5", "opened", "unauthorized"},
                {"start", "snapshot5", "opened", "gap"},
                {"start", "snapshot5", "opened", "gap", "oldSnapshot"},
                {"start", "snapshot5", "opened", "gap", "snapshotFails"},
                {"start", "snapshot5", "forbidden"},
                {"start", "snapshot5", "opened", "stop"}};
    return {{},
            {"start"},
            {"start", "opened"},
            {"start", "opened", "next"},
            {"start", "opened", "snapshotFails"},
            {"start", "opened", "next", "snapshotRefused"},
            {"start", "opened", "snapshot5"},
            {"start", "opened", "snapshot5", "gap"},
            {"start", "opened", "snapshot5", "lost"},
            {"start", "opened", "snapshot5", "lost", "try"},
            {"start", "opened", "snapshot5", "unauthorized"},
            {"start", "opened", "snapshot5", "forbidden"},
            {"start", "opened", "snapshot5", "stop"}};
}

void perform(Rig& rig, const std::string& name)
{
    if (name == "snapshot5") {
        rig.snapshot("5", {"a"}, "E");
        return;
    }
    for (const auto& [known, act] : inputs())
        if (name == known)
            return act(rig);
    FAIL() << "no input is called " << name;
}

/// What holds in every state, whatever came. (The rig itself checks counters, transitions and the stale flag.)
void check(const Rig& rig)
{
    const ReplicaState state = rig->state();
    const bool isHalted = state == ReplicaState::Idle || state == ReplicaState::Fatal || state == ReplicaState::Stopped;
    EXPECT_EQ(rig->nextDeadline().has_value(), !isHalted);
    if (isHalted) {
        EXPECT_FALSE(rig->isCurrent(rig.conn));
        EXPECT_FALSE(rig->nextTryAt().has_value());
    }
    if (state == ReplicaState::Live || state == ReplicaState::Connecting) {
        EXPECT_TRUE(rig->isCurrent(rig.conn));
    }
    if (state == ReplicaState::Backoff || state == ReplicaState::BackoffSnapshot) {
        EXPECT_TRUE(rig->nextTryAt().has_value() || rig.refreshes > 0);
    }
    EXPECT_LE(rig.closes + 0u, rig.connects.size());
    EXPECT_LE(rig.aborts + 0u, rig.fetches.size());
}

void runAll(const sync::ReplicaConfig& config)
{
    std::size_t runs = 0;
    for (const auto& way : ways(config.replay, config.hasSnapshot))
        for (const auto& [first, act] : inputs())
            for (const auto& [second, actAgain] : inputs()) {
                Rig rig(config);
                std::string path;
                for (const std::string& name : way) {
                    perform(rig, name);
                    path += name + " ";
                }
                SCOPED_TRACE(path + first + " " + second);
                act(rig);
                check(rig);
                actAgain(rig);
                check(rig);
                // Nothing is spoilt for good: started again, a good server brings it to live.
                rig.stop();
                check(rig);
                rig.start();
                for (int i = 0; i < 12 && rig.state() != "live"; ++i) {
                    rig.waitForTry();
                    if (rig.state() == "connecting")
                        rig.open();
                    if (rig.state() == "syncing" && !rig->nextTryAt())
                        rig.snapshot("100", {"a"}, rig->cursor().epoch);
                }
                EXPECT_EQ(rig.state(), "live");
                if (::testing::Test::HasFailure())
                    return;
                ++runs;
            }
    EXPECT_GT(runs, 10'000u);
}

class Table : public ::testing::TestWithParam<std::tuple<Order, bool, bool>>
{
};

TEST_P(Table, everyStateTakesEveryInput)
{
    const auto& [order, replay, hasSnapshot] = GetParam();
    sync::ReplicaConfig config = configOf(order, replay, hasSnapshot);
    config.bufferEvents = 3;
    runAll(config);
    config.onGap = sync::OnGap::ResumeOnceThenSnapshot;
    config.maxBookmarkAge = fromSeconds(90);
    config.resumeIsTrusted = order != Order::Sparse;
    runAll(config);
}

INSTANTIATE_TEST_SUITE_P(Every, Table,
                         ::testing::Combine(::testing::Values(Order::Dense, Order::Range, Order::Chain, Order::Sparse,
                                                              Order::Opaque),
                                            ::testing::Bool(), ::testing::Bool()));

TEST(Transitions, noStateFollowsItselfAndIdleIsNeverReachedAgain)
{
    for (int from = 0; from < 8; ++from) {
        EXPECT_FALSE(canFollow(static_cast<ReplicaState>(from), static_cast<ReplicaState>(from)));
        EXPECT_FALSE(canFollow(static_cast<ReplicaState>(from), ReplicaState::Idle));
    }
    EXPECT_FALSE(canFollow(ReplicaState::Backoff, ReplicaState::Live));
    EXPECT_FALSE(canFollow(ReplicaState::Idle, ReplicaState::Live));
}

} // namespace
} // namespace wg::test
