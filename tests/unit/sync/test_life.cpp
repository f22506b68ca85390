// SPDX-License-Identifier: GPL-3.0-or-later
// Connections and time: back-off, deadlines, credentials, stopping, restoring. SYNC B2, B3.10, B3.12, B3.14 and part C.
#include "rig.h"

namespace wg::test
{
namespace
{

using sync::Order;
using sync::Verdict;

const sync::ReplicaConfig kDense = configOf(Order::Dense, true);
const sync::ReplicaConfig kStreamFirst = configOf(Order::Dense, false);

TEST(BackOff, itGrowsWithFailuresAndProgressForgetsThem)
{
    Rig rig = liveRig(kDense);
    for (unsigned attempt = 1; attempt <= 8; ++attempt) {
        rig.closed(Rig::lost());
        EXPECT_EQ(rig->attempt(), attempt);
        const double bound = std::min(30'000.0, 500.0 * (1 << (attempt - 1)));
        EXPECT_LE(rig.waitForTry(), bound);
    }
    rig.open().put("6");
    EXPECT_EQ(rig->attempt(), 0u);
    rig.closed(Rig::lost());
    EXPECT_LE(rig.waitForTry(), 500);
    EXPECT_EQ(rig.connects.back(), "E:6");
}

TEST(BackOff, aBookmarkThatMovedTheCursorIsProgressAndOneThatDidNotIsNone)
{
    Rig rig = liveRig(configOf(Order::Chain, true));
    rig.closed(Rig::lost()).waitForTry();
    rig.open().bookmark("5", "5");
    EXPECT_EQ(rig->attempt(), 1u);
    rig.bookmark("9", "5");
    EXPECT_EQ(rig->attempt(), 0u);
}

TEST(BackOff, sixtySecondsOfHealthForgetFailures)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).waitForTry();
    rig.open();
    for (int i = 0; i < 5; ++i)
        rig.pass(10'000).bytes();
    EXPECT_EQ(rig->attempt(), 1u);
    rig.pass(10'000);
    EXPECT_EQ(rig->attempt(), 0u);
}

TEST(BackOff, healthThatWasNotTickedCountsWhenTheConnectionEnds)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).waitForTry();
    rig.closed(Rig::lost()).waitForTry();
    rig.open();
    rig.now = rig.now + fromMs(60'000);
    rig.closed(Rig::lost());
    EXPECT_EQ(rig->attempt(), 1u);
}

TEST(BackOff, anEndInOrderIsAFailureOnlyWithoutProgressWithinASecond)
{
    Rig rig = liveRig(kDense);
    rig.pass(999).closed(Rig::ended());
    EXPECT_EQ(rig->attempt(), 1u);
    rig.waitForTry();
    rig.open().pass(1000).closed(Rig::ended());
    EXPECT_EQ(rig->attempt(), 1u);
    rig.waitForTry();
    rig.open().put("6").closed(Rig::ended());
    EXPECT_EQ(rig->attempt(), 0u);
    EXPECT_TRUE(rig.markers.empty());
}

TEST(BackOff, whereNothingEverMovesEndsInOrderBecomeFailuresToo)
{
    Rig rig = liveRig(kDense);
    unsigned ends = 0;
    while (!rig->isDegraded() && ends < 50) {
        rig.pass(2000).closed(Rig::ended());
        if (ends < 3) {
            EXPECT_EQ(rig->attempt(), 0u);
        }
        ++ends;
        rig.waitForTry();
        rig.open();
    }
    EXPECT_GT(rig->attempt(), 10u);
    EXPECT_LE(ends, 20u);
    rig.put("6");
    EXPECT_FALSE(rig->isDegraded());
}

TEST(BackOff, whatAServerAskedForIsALowerBoundForStreamSnapshotAndPersons)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::floored(20'000));
    rig.retryNow();
    EXPECT_EQ(rig.state(), "backoff");
    rig.resyncNow();
    EXPECT_EQ(rig.state(), "backoff_snapshot");
    EXPECT_TRUE(rig.connects.empty());
    EXPECT_TRUE(rig.fetches.empty());
    EXPECT_GE(rig.waitForTry(), 20'000);
    EXPECT_EQ(rig.fetches.size(), 1u);
    rig.snapshotFails(Rig::floored(5000));
    rig.stop().start();
    EXPECT_EQ(rig.fetches.size(), 1u);
    EXPECT_GE(rig.waitForTry(), 5000);
}

TEST(BackOff, jitterGoesOnTopOfALowerBoundAndAnHourIsTheCeiling)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::floored(1e10));
    const double waited = rig.waitForTry();
    EXPECT_GE(waited, 3'600'000);
    EXPECT_LE(waited, 3'600'500);
}

TEST(BackOff, aRetryByHandComesAtOnce)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).retryNow();
    EXPECT_EQ(rig.state(), "connecting");
    EXPECT_EQ(rig.connects, Kinds{"E:5"});
}

TEST(BackOff, anImmediateRetryIsImmediateOnce)
{
    Rig rig = liveRig(kDense);
    Rig::Fault fault = Rig::lost();
    fault.isImmediate = true;
    rig.closed(fault);
    EXPECT_EQ(rig.waitForTry(), 0);
    rig.closed(fault);
    EXPECT_EQ(rig->attempt(), 1u);
}

TEST(BackOff, aFaultMaySayWhenToGiveUp)
{
    Rig rig = liveRig(kDense);
    Rig::Fault html = Rig::fault(Rig::Fault::Action::Retry, ErrorCode::WrongContentType);
    html.giveUpAfter = 5;
    for (int i = 0; i < 4; ++i) {
        rig.closed(html);
        EXPECT_EQ(rig.state(), "backoff");
        rig.waitForTry();
    }
    rig.closed(html);
    EXPECT_EQ(rig.state(), "fatal");
    EXPECT_EQ(rig->lastFault().code, ErrorCode::WrongContentType);
}

TEST(BackOff, theFirstTooOldIsResyncedAtOnceAndFurtherOnesWait)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::gone());
    EXPECT_EQ(rig.fetches.size(), 1u);
    rig.snapshot("6", {"a"}, "E").closed(Rig::gone());
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.fetches.size(), 1u);
    rig.waitForTry();
    EXPECT_EQ(rig.fetches.size(), 2u);
    EXPECT_EQ(rig.markers, (Kinds{"too_old", "resynced", "too_old"}));
}

TEST(BackOff, tooOldWithStreamFirstReconnects)
{
    Rig rig = liveRig(kStreamFirst);
    rig.closed(Rig::gone());
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.markers, Kinds{"too_old"});
    EXPECT_EQ(rig.waitForTry(), 0);
    EXPECT_EQ(rig.connects, Kinds{"none"});
}

TEST(Deadline, aConnectionThatNeverOpens)
{
    Rig rig(kDense);
    rig.start().snapshot("5").pass(14'999);
    EXPECT_EQ(rig.state(), "connecting");
    rig.pass(1);
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.closes, 1);
    EXPECT_EQ(rig->lastFault().code, ErrorCode::Timeout);
}

TEST(Deadline, aSnapshotWithoutAFirstByteAndOneThatStops)
{
    Rig rig(kDense);
    rig.start().pass(29'999);
    EXPECT_EQ(rig.state(), "syncing");
    rig.pass(1);
    EXPECT_EQ(rig.state(), "backoff_snapshot");
    EXPECT_EQ(rig.aborts, 1);
    rig.waitForTry();
    for (int i = 0; i < 10; ++i)
        rig.pass(14'000).progress();
    EXPECT_EQ(rig.state(), "syncing");
    rig.pass(15'000);
    EXPECT_EQ(rig.state(), "backoff_snapshot");
}

TEST(Deadline, heartbeatsDoNotMaskALostSnapshot)
{
    Rig rig(kStreamFirst);
    rig.start().open();
    for (int i = 0; i < 3; ++i)
        rig.pass(10'000).bytes().bookmark("");
    EXPECT_EQ(rig.state(), "backoff_snapshot");
    EXPECT_EQ(rig.closes, 0);
}

TEST(Deadline, aSilentStreamIsDeadWhileASnapshotIsAwaitedToo)
{
    sync::ReplicaConfig config = kStreamFirst;
    config.readDeadline = fromSeconds(10);
    Rig rig(config);
    rig.start().open().pass(10'000);
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.closes, 1);
    EXPECT_EQ(rig.aborts, 1);
}

TEST(Deadline, noByteForTheReadDeadlineIsDead)
{
    Rig rig = liveRig(kDense);
    rig.pass(44'999);
    EXPECT_EQ(rig.state(), "live");
    rig.pass(1);
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Deadline, afterASuspendTheConnectionIsDeadAndResumedAtOnce)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).waitForTry();
    rig.open().put("6").pass(3'600'000);
    EXPECT_EQ(rig.state(), "connecting");
    EXPECT_EQ(rig.connects.back(), "E:6");
}

TEST(Deadline, aLineWithBytesButWithoutThePromisedBookmarksIsStalled)
{
    sync::ReplicaConfig config = kDense;
    config.maxBookmarkAge = fromSeconds(60);
    Rig rig = liveRig(config);
    for (int i = 0; i < 5; ++i)
        rig.pass(10'000).bytes();
    rig.bookmark("5");
    for (int i = 0; i < 5; ++i)
        rig.pass(10'000).bytes();
    EXPECT_EQ(rig.state(), "live");
    rig.pass(10'000);
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"stalled"});
    EXPECT_EQ(rig.closes, 1);
}

TEST(Deadline, aStalledStreamFirstLineIsReplacedEvenWhileASnapshotIsAwaited)
{
    sync::ReplicaConfig config = kStreamFirst;
    config.maxBookmarkAge = fromSeconds(20);
    Rig rig(config);
    rig.start().open().pass(10'000).bytes().pass(10'000);
    EXPECT_EQ(rig.markers, Kinds{"stalled"});
    EXPECT_EQ(rig.state(), "connecting");
    EXPECT_EQ(rig.aborts, 1);
}

TEST(Deadline, everyWaitingStateHasOneAndAHaltedReplicaHasNone)
{
    for (const bool replay : {true, false}) {
        Rig rig(configOf(Order::Dense, replay));
        EXPECT_FALSE(rig->nextDeadline().has_value());
        rig.start();
        EXPECT_TRUE(rig->nextDeadline().has_value());
        replay ? rig.snapshot("5") : rig.open();
        EXPECT_TRUE(rig->nextDeadline().has_value());
        replay ? rig.open() : rig.snapshot("5");
        EXPECT_TRUE(rig->nextDeadline().has_value());
        rig.closed(Rig::lost());
        EXPECT_TRUE(rig->nextDeadline().has_value());
        rig.waitForTry();
        rig.closed(Rig::unauthorized());
        EXPECT_TRUE(rig->nextDeadline().has_value());
        rig.stop();
        EXPECT_FALSE(rig->nextDeadline().has_value());
    }
}

TEST(Auth, oneNewCredentialThenAgainOnlyAfterProgress)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.refreshes, 1);
    rig.pass(1000);
    EXPECT_EQ(rig.state(), "backoff"); // waits for the answer
    rig.authRefreshed(true).waitForTry();
    EXPECT_EQ(rig.connects, Kinds{"E:5"});
    rig.open().put("6").closed(Rig::unauthorized());
    EXPECT_EQ(rig.refreshes, 2);
    rig.authRefreshed(true).waitForTry();
    rig.closed(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "fatal");
    EXPECT_TRUE(rig->store().contains("a"));
    EXPECT_EQ(rig.cursor(), "E:6");
}

TEST(Auth, sixtySecondsOfHealthProveTheCredentialToo)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::unauthorized()).authRefreshed(true).waitForTry();
    rig.open();
    for (int i = 0; i < 7; ++i)
        rig.pass(10'000).bytes();
    rig.closed(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.refreshes, 2);
}

TEST(Auth, noneToBeHadOrNoneInTimeIsFatal)
{
    Rig refused = liveRig(kDense);
    refused.closed(Rig::unauthorized()).authRefreshed(false);
    EXPECT_EQ(refused.state(), "fatal");
    Rig silent = liveRig(kDense);
    silent.closed(Rig::unauthorized()).pass(59'999);
    EXPECT_EQ(silent.state(), "backoff");
    silent.pass(1);
    EXPECT_EQ(silent.state(), "fatal");
    silent.authRefreshed(true); // too late
    EXPECT_EQ(silent.state(), "fatal");
}

TEST(Auth, aSnapshotMayAskForItAndSharesTheOneTry)
{
    Rig rig(kDense);
    rig.start().snapshotFails(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "backoff_snapshot");
    rig.authRefreshed(true).waitForTry();
    rig.snapshot("5").closed(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "fatal");
}

TEST(Auth, streamAndSnapshotRefusedTogetherAskOnce)
{
    Rig rig(kStreamFirst);
    rig.start().open().snapshotFails(Rig::unauthorized()).closed(Rig::unauthorized());
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.refreshes, 1);
    rig.authRefreshed(true).waitForTry();
    EXPECT_EQ(rig.state(), "connecting");
}

TEST(Halt, fatalKeepsTheStateStaleAndAPersonMayStartItAgain)
{
    Rig rig = liveRig(kDense);
    rig.put("6").closed(Rig::forbidden());
    EXPECT_EQ(rig.state(), "fatal");
    EXPECT_TRUE(rig->isStale());
    EXPECT_TRUE(rig->store().contains("a"));
    rig.retryNow().resyncNow().pass(1e6);
    EXPECT_EQ(rig.state(), "fatal");
    rig.start();
    EXPECT_EQ(rig.state(), "connecting");
    EXPECT_EQ(rig.connects, Kinds{"E:6"});
}

TEST(Halt, afterAStopNothingIsAppliedAndEverythingIsCounted)
{
    Rig rig = liveRig(kDense);
    rig.stop();
    EXPECT_EQ(rig.closes, 1);
    rig.open()
        .put("6")
        .bookmark("6")
        .unreadable()
        .snapshot("9")
        .closed(Rig::lost())
        .snapshotFails(Rig::lost())
        .pass(1e6);
    EXPECT_EQ(rig.state(), "stopped");
    EXPECT_EQ(rig.cursor(), "E:5");
    EXPECT_EQ(rig->counters().ignored, 3u);
    EXPECT_EQ(rig->counters().snapshotsLate, 2u);
    EXPECT_TRUE(rig.connects.empty());
}

TEST(Halt, theServerMaySayStop)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::fault(Rig::Fault::Action::Stop));
    EXPECT_EQ(rig.state(), "stopped");
}

TEST(Numbers, inputsOfAnotherNumberAreDroppedAndCounted)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).waitForTry();
    rig.open();
    const std::uint32_t current = rig.conn;
    for (const std::uint32_t other : {0u, current - 1, current + 1}) {
        rig.conn = other;
        EXPECT_EQ(rig.put("6").last, Verdict::Ignored);
        rig.closed(Rig::forbidden()).open("X");
        EXPECT_EQ(rig.state(), "live");
    }
    EXPECT_EQ(rig->counters().ignored, 3u);
    rig.conn = current;
    EXPECT_EQ(rig.put("6").last, Verdict::Applied);
}

TEST(Numbers, aSnapshotOfAnotherNumberIsDroppedAndCounted)
{
    Rig rig(kDense);
    rig.start();
    rig.snap = 2;
    rig.snapshot("9").snapshotFails(Rig::forbidden());
    EXPECT_EQ(rig.state(), "syncing");
    rig.snap = 0;
    rig.snapshot("9");
    EXPECT_EQ(rig->generation(), 0u);
    EXPECT_EQ(rig->counters().snapshotsLate, 3u);
}

TEST(Numbers, anEventBeforeItsConnectionOpenedIsIgnored)
{
    Rig rig(kDense);
    rig.start().snapshot("5");
    EXPECT_EQ(rig.put("6").last, Verdict::Ignored);
    rig.open().open(); // twice changes nothing
    EXPECT_EQ(rig->counters().reconnects, 0u);
    EXPECT_EQ(rig.put("6").last, Verdict::Applied);
}

TEST(Restore, goesOnFromTheCursorAsIfNothingHadHappened)
{
    sync::Store kept;
    kept.put("a", sync::Version(5), "{\"n\":5}", Instant{1});
    sync::Step step;
    sync::Replica replica(kDense);
    replica.restore(std::move(kept), {"E", sync::Version(5)}, Instant{10}, step);
    EXPECT_EQ(replica.state(), sync::ReplicaState::Connecting);
    EXPECT_EQ(replica.generation(), 1u);
    const auto* connect = std::get_if<sync::Connect>(&step.effects.back());
    ASSERT_NE(connect, nullptr);
    EXPECT_EQ(connect->from->toString(), "E:5");
    replica.opened(connect->conn, {}, Instant{20}, step);
    EXPECT_EQ(replica.counters().resumes, 1u);
    EXPECT_TRUE(replica.store().contains("a"));
}

TEST(Counts, resumesReconnectsResyncsAndSnapshots)
{
    Rig rig = liveRig(kDense);
    rig.closed(Rig::lost()).waitForTry();
    rig.open().put("6").put("8").snapshot("9", {"a"}, "E").open();
    const sync::Counters& counters = rig->counters();
    EXPECT_EQ(counters.resumes, 1u);
    EXPECT_EQ(counters.reconnects, 2u);
    EXPECT_EQ(counters.resyncs, 1u);
    EXPECT_EQ(counters.snapshots, 2u);
    EXPECT_EQ(counters.gaps, 1u);
}

TEST(PubSub, withoutVersionsEverythingIsShownAndAReconnectIsMarkedAsUnknown)
{
    Rig rig(configOf(Order::Opaque, false, false));
    rig.start().open();
    EXPECT_EQ(rig.state(), "live");
    EXPECT_TRUE(rig.fetches.empty());
    EXPECT_EQ(rig.shown("").last, Verdict::Ignored);
    EXPECT_EQ(rig.put("").last, Verdict::Applied);
    EXPECT_EQ(rig.patch("", "nobody").last, Verdict::Ignored);
    EXPECT_EQ(rig->ledger().spans().back().status, sync::Coverage::Unknown);
    rig.closed(Rig::lost()).waitForTry();
    rig.open();
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.markers, Kinds{"history_lost"});
}

TEST(PubSub, withReplayItResumesFromTheLastWord)
{
    Rig rig(configOf(Order::Opaque, true, false));
    rig.start().open().shown("m1").shown("m2").closed(Rig::lost()).waitForTry();
    EXPECT_EQ(rig.connects, (Kinds{"none", "m2"}));
    rig.open({}, "m2").shown("m3");
    EXPECT_TRUE(rig.markers.empty());
    EXPECT_EQ(rig->counters().resumes, 1u);
    rig.closed(Rig::lost()).waitForTry();
    rig.open({}, "earliest");
    EXPECT_EQ(rig.markers, Kinds{"history_lost"});
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.cursor(), "m3");
    EXPECT_EQ(rig->ledger().spans().back().status, sync::Coverage::Gap);
}

TEST(PubSub, aGapIsMarkedAndTheStreamGoesOn)
{
    Rig rig(configOf(Order::Dense, true, false));
    rig.start().open().put("6").put("9");
    EXPECT_EQ(rig.last, Verdict::Applied);
    EXPECT_EQ(rig.markers, Kinds{"gap"});
    EXPECT_EQ(rig.cursor(), "9");
    EXPECT_EQ(rig.put("10").last, Verdict::Applied);
    EXPECT_EQ(rig.state(), "live");
    const auto& spans = rig->ledger().spans();
    ASSERT_EQ(spans.size(), 3u);
    EXPECT_EQ(spans.at(1).status, sync::Coverage::Gap);
    EXPECT_EQ(spans.at(2).from.toString(), "9");
    EXPECT_EQ(spans.at(2).to.toString(), "10");
}

TEST(PubSub, anotherEpochIsMarkedAndTaken)
{
    Rig rig(configOf(Order::Chain, true, false));
    rig.start().open().put("6", "5", "E").put("1", "0", "F");
    EXPECT_EQ(rig.last, Verdict::Applied);
    EXPECT_EQ(rig.markers, Kinds{"epoch"});
    EXPECT_EQ(rig.cursor(), "F:1");
    rig.closed(Rig::lost()).waitForTry();
    rig.open("G", "1"); // restarted again
    EXPECT_EQ(rig.markers, (Kinds{"epoch", "epoch"}));
    EXPECT_EQ(rig.bookmark("1", "1", "G").last, Verdict::Bookmark);
    EXPECT_EQ(rig.markers.size(), 2u);
}

TEST(PubSub, aBookmarkOfAFormerEpochSaysNothingAboutThisOne)
{
    Rig rig(configOf(Order::Chain, true, false));
    rig.start().open().put("6", "5", "E").bookmark("46", "6", "E").put("40", "39", "F").clear();
    rig.put("47", "46", "F"); // a gap
    EXPECT_EQ(rig.put("46", "45", "F").last, Verdict::Stale);
    EXPECT_EQ(rig.markers, Kinds{"gap"});
}

TEST(PubSub, tooOldIsMarkedAndTheStreamStartsWithoutACursor)
{
    Rig rig(configOf(Order::Opaque, true, false));
    rig.start().open().shown("m1").closed(Rig::gone());
    EXPECT_EQ(rig.markers, Kinds{"too_old"});
    EXPECT_EQ(rig.waitForTry(), 0);
    EXPECT_EQ(rig.connects.back(), "none");
}

TEST(PubSub, whatCannotBeReadIsResumedOverOnceThenMarkedAndPassed)
{
    Rig rig(configOf(Order::Opaque, true, false));
    rig.start().open().shown("m1").unreadable();
    EXPECT_EQ(rig.state(), "backoff");
    rig.waitForTry();
    rig.open({}, "m1").unreadable();
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.markers, Kinds{"unreadable"});
}

TEST(Markers, theyAreBoundedAndTheNewestStay)
{
    Rig rig(configOf(Order::Dense, true, false));
    rig.start().open();
    for (std::uint64_t version = 1; version < 2 * (limits::kMarkers + 10); version += 2)
        rig.put(std::to_string(version));
    EXPECT_EQ(rig->markers().size(), limits::kMarkers);
    EXPECT_LE(rig->ledger().spans().size(), limits::kLedgerSpans);
    EXPECT_EQ(rig->markers().back().to.toString(), rig.cursor());
    EXPECT_GT(rig->ledger().spans().front().merged, 1u);
    EXPECT_EQ(rig->ledger().spans().front().status, sync::Coverage::Gap);
}

} // namespace
} // namespace wg::test
