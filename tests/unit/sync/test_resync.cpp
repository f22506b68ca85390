// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots, epochs, rollbacks, buffers, what cannot be read: SYNC B2, B3.4-B3.6, B3.9, B3.11 and part C.
#include "rig.h"

namespace wg::test
{
namespace
{

using sync::Order;
using sync::Verdict;

const sync::ReplicaConfig kDense = configOf(Order::Dense, true);
const sync::ReplicaConfig kStreamFirst = configOf(Order::Dense, false);

TEST(Resync, theFirstIsAtOnceAndFurtherOnesWithoutProgressBackOff)
{
    Rig rig = liveRig(kDense);
    rig.put("7").snapshot("9", {"a"}, "E").open();
    EXPECT_EQ(rig.fetches.size(), 1u);
    rig.put("11");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.fetches.size(), 1u);
    EXPECT_TRUE(rig->nextTryAt().has_value());
    EXPECT_GE(rig.waitForTry(), 0);
    EXPECT_EQ(rig.fetches.size(), 2u);
    rig.snapshot("12", {"a"}, "E").open().put("13").pass(2000).put("15"); // progress between
    EXPECT_EQ(rig.fetches.size(), 3u);
    rig.snapshot("16", {"a"}, "E").open().put("17").put("19"); // progress by inches: no hot loop
    EXPECT_EQ(rig.fetches.size(), 3u);
    EXPECT_LE(rig.waitForTry(), 500);
}

TEST(Resync, itBustsCachesAndTheFirstSnapshotDoesNot)
{
    Rig rig(kDense);
    rig.start();
    EXPECT_FALSE(rig.fetches.at(0).bustCaches);
    EXPECT_FALSE(rig.fetches.at(0).notOlderThan.has_value());
    rig.snapshot("5").open().put("7");
    EXPECT_TRUE(rig.fetches.at(1).bustCaches);
    ASSERT_TRUE(rig.fetches.at(1).notOlderThan.has_value());
    EXPECT_EQ(rig.fetches.at(1).notOlderThan->toString(), "5");
}

TEST(Resync, vanishedItemsAreReported)
{
    Rig rig(kDense);
    rig.start().snapshot("5", {"a", "b", "c"}).open().put("7").snapshot("9", {"b", "d"});
    EXPECT_EQ(rig.deleted, (Kinds{"a", "c"}));
    EXPECT_EQ(rig->store().size(), 2u);
    EXPECT_EQ(rig.markers, (Kinds{"gap", "resynced"}));
}

TEST(Resync, theStateStaysReadableAndStaleUntilTheNewOneIsWhole)
{
    Rig rig = liveRig(kDense);
    rig.put("7");
    EXPECT_TRUE(rig->isStale());
    EXPECT_TRUE(rig->store().contains("a"));
    rig.snapshotFails(Rig::lost());
    EXPECT_EQ(rig.state(), "backoff_snapshot");
    EXPECT_TRUE(rig->store().contains("a"));
    EXPECT_EQ(rig.cursor(), "E:5");
}

TEST(Resync, aPersonMayAskForOneAndItIsMarkedAsThat)
{
    Rig rig = liveRig(kDense);
    rig.resyncNow();
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"requested"});
    EXPECT_EQ(rig->counters().gaps, 0u);
    rig.resyncNow(); // already under way
    EXPECT_EQ(rig.markers, Kinds{"requested"});
    EXPECT_EQ(rig.fetches.size(), 1u);
}

TEST(Resync, askedForWithStreamFirstTheStreamGoesOn)
{
    Rig rig = liveRig(kStreamFirst);
    rig.resyncNow().put("6").snapshot("6", {"a"}, "E");
    EXPECT_EQ(rig.closes, 0);
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.settled, Kinds{"1 duplicate"});
}

TEST(Resync, aStopInTheMiddleDoesNotForgetThatASnapshotIsNeeded)
{
    Rig rig = liveRig(kDense);
    rig.put("7").stop().start();
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.fetches.size(), 2u);
}

TEST(Rollback, anOlderSnapshotIsAskedForAgainThreeTimesThenAcceptedWithAMarker)
{
    Rig rig = liveRig(kDense);
    rig.put("6").put("7").closed(Rig::gone()).clear();
    for (int ask = 0; ask < 3; ++ask) {
        rig.snapshot("4", {"a"}, "E");
        EXPECT_EQ(rig.state(), "syncing");
        EXPECT_EQ(rig.cursor(), "E:7");
        EXPECT_TRUE(rig.markers.empty());
        const double waited = rig.waitForTry();
        EXPECT_GE(waited, 200);
        EXPECT_LE(waited, 1000);
    }
    const auto generation = rig->generation();
    rig.snapshot("4", {"a"}, "E");
    EXPECT_EQ(rig.cursor(), "E:4");
    EXPECT_EQ(rig.markers, (Kinds{"rollback", "resynced"}));
    EXPECT_EQ(rig->generation(), generation + 1);
    EXPECT_EQ(rig->counters().snapshotsRefused, 3u);
}

TEST(Rollback, aSnapshotThatCaughtUpIsTakenAsItIs)
{
    Rig rig = liveRig(kDense);
    rig.put("6").closed(Rig::gone()).clear().snapshot("5", {"a"}, "E").waitForTry();
    rig.snapshot("8", {"a"}, "E").open();
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.markers, Kinds{"resynced"});
}

TEST(Rollback, theMarkerOfTheOpeningIsNotRaisedTwice)
{
    Rig rig = liveRig(configOf(Order::Chain, true));
    rig.bookmark("3", "3");
    for (int ask = 0; ask < 3; ++ask) {
        rig.snapshot("3", {"a"}, "E");
        rig.waitForTry();
    }
    rig.snapshot("3", {"a"}, "E");
    EXPECT_EQ(rig.markers, (Kinds{"rollback", "resynced"}));
    EXPECT_EQ(rig.cursor(), "E:3");
}

TEST(Rollback, aServerThatSaysItIsBehindIsAskedAgain)
{
    Rig rig = liveRig(kDense);
    rig.put("7").clear();
    Rig::Fault behind = Rig::fault(Rig::Fault::Action::Resync);
    behind.marker = sync::MarkerKind::Rollback;
    rig.snapshotFails(behind);
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_GE(rig.waitForTry(), 200);
    EXPECT_EQ(rig.fetches.size(), 1u);
}

TEST(Epoch, onlyAnAcceptedSnapshotOfAnotherEpochMakesTheFormerOneExpired)
{
    Rig rig = liveRig(kDense);
    rig.put("1", {}, "F");
    EXPECT_EQ(rig.markers, Kinds{"epoch"});
    rig.snapshot("6", {"a"}, "E").open("E"); // some cache: the old epoch is not expired yet
    EXPECT_EQ(rig.cursor(), "E:6");
    EXPECT_EQ(rig.state(), "live");
}

TEST(Epoch, aSnapshotOfAnExpiredEpochIsRefusedPastCachesAndWithBackOff)
{
    Rig rig = liveRig(kDense);
    rig.put("1", {}, "F").snapshot("2", {"a"}, "F").open().closed(Rig::gone()).clear();
    rig.waitForTry();
    for (int i = 0; i < 4; ++i) {
        rig.snapshot("90", {"a"}, "E");
        EXPECT_EQ(rig.cursor(), "F:2");
        EXPECT_EQ(rig.state(), "syncing");
        rig.waitForTry();
        EXPECT_TRUE(rig.fetches.back().bustCaches);
    }
    EXPECT_TRUE(rig.markers.empty());
    rig.snapshot("3", {"a"}, "F");
    EXPECT_EQ(rig.cursor(), "F:3");
}

TEST(Epoch, anExpiredOneThatTheServerInsistsOnIsTakenInTheEnd)
{
    Rig rig = liveRig(kDense);
    rig.put("1", {}, "F").snapshot("2", {"a"}, "F").open().closed(Rig::gone());
    rig.waitForTry();
    for (int i = 0; i < 5; ++i) {
        rig.snapshot("90", {"a"}, "E");
        EXPECT_EQ(rig.cursor(), "F:2") << i;
        rig.waitForTry();
    }
    rig.clear().snapshot("90", {"a"}, "E");
    EXPECT_EQ(rig.cursor(), "E:90");
    EXPECT_EQ(rig.markers, Kinds{"resynced"});
}

TEST(Epoch, aStreamOfAnExpiredEpochIsLeftWithoutAMarkerAndTriedAgainLater)
{
    Rig rig = liveRig(kDense);
    rig.put("1", {}, "F").snapshot("2", {"a"}, "F").open("F").clear();
    rig.put("6", {}, "E");
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_TRUE(rig.markers.empty());
    rig.waitForTry();
    rig.open("E");
    EXPECT_EQ(rig.state(), "backoff");
    rig.waitForTry();
    rig.open("F", "2");
    EXPECT_EQ(rig.state(), "live");
}

TEST(Epoch, versionsOfTwoEpochsAreNotCompared)
{
    Rig rig = liveRig(kDense);
    rig.put("1", {}, "F").snapshot("1", {"a"}, "F").open();
    EXPECT_EQ(rig.cursor(), "F:1");
    EXPECT_EQ(rig.markers, (Kinds{"epoch", "resynced"}));
}

TEST(Unreadable, itIsResumedOverOncePerVersionThenMarkedAndResynced)
{
    Rig rig = liveRig(kDense);
    EXPECT_EQ(rig.unreadable().last, Verdict::Undecodable);
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_TRUE(rig.markers.empty());
    rig.waitForTry();
    EXPECT_EQ(rig.connects, Kinds{"E:5"});
    rig.open().unreadable();
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"unreadable"});
}

TEST(Unreadable, afterProgressAResumeIsTriedAgain)
{
    Rig rig = liveRig(kDense);
    rig.unreadable().waitForTry();
    rig.open().put("6").unreadable();
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Unreadable, withoutReplayItIsMarkedAtOnceAndTheStreamGoesOn)
{
    Rig rig = liveRig(kStreamFirst);
    rig.unreadable();
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"unreadable"});
    EXPECT_EQ(rig.closes, 0);
    rig.put("7").snapshot("6", {"a"}, "E");
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.cursor(), "E:7");
}

TEST(Gap, resumeOnceThenSnapshot)
{
    sync::ReplicaConfig config = kDense;
    config.onGap = sync::OnGap::ResumeOnceThenSnapshot;
    Rig rig = liveRig(config);
    rig.put("8");
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.markers, Kinds{"gap"});
    EXPECT_EQ(rig.waitForTry(), 0);
    EXPECT_EQ(rig.connects, Kinds{"E:5"});
    rig.open().put("8");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"gap"}); // the same gap
    EXPECT_EQ(rig.fetches.size(), 1u);
}

TEST(Gap, aResumeThatBringsTheMissingOnesRefillsTheLedger)
{
    sync::ReplicaConfig config = kDense;
    config.onGap = sync::OnGap::ResumeOnceThenSnapshot;
    Rig rig = liveRig(config);
    rig.put("8").waitForTry();
    rig.open().put("6").put("7").put("8");
    EXPECT_EQ(rig.state(), "live");
    EXPECT_TRUE(rig.fetches.empty());
    EXPECT_EQ(rig->ledger().spans().at(1).status, sync::Coverage::Refilled);
    rig.put("10"); // another gap: another resume
    EXPECT_EQ(rig.state(), "backoff");
}

TEST(Patch, onAnUnknownItemOrWithBrokenJsonItIsMarkedAndResynced)
{
    Rig rig = liveRig(kDense);
    EXPECT_EQ(rig.patch("6", "a").last, Verdict::Applied);
    rig.patch("7", "nobody");
    EXPECT_EQ(rig.markers, Kinds{"patch_without_base"});
    EXPECT_EQ(rig.cursor(), "E:6");
    EXPECT_EQ(rig.state(), "syncing");
}

TEST(Patch, oneThatProvesToBeBrokenOnReadingIsResyncedAtTheNextInput)
{
    Rig rig = liveRig(kDense);
    sync::EventView broken;
    broken.op = sync::Op::Patch;
    broken.payload = "{\"a\":";
    EXPECT_EQ(rig.event(broken, "6", {}, {}, "a").last, Verdict::Applied);
    std::string object;
    EXPECT_FALSE(rig->store().object("a", object));
    rig.put("7");
    EXPECT_EQ(rig.markers, Kinds{"patch_without_base"});
    EXPECT_EQ(rig.state(), "syncing");
    Rig quiet = liveRig(kDense);
    quiet.event(broken, "6", {}, {}, "a");
    EXPECT_FALSE(quiet->store().object("a", object));
    quiet.pass(1);
    EXPECT_EQ(quiet.markers, Kinds{"patch_without_base"});
}

TEST(Buffer, eventsCountOnceWhereTheyEndUp)
{
    Rig rig(kStreamFirst);
    rig.start().open().put("6").put("7").put("7").put("8");
    EXPECT_EQ(rig->counters().received, 0u);
    rig.snapshot("6");
    EXPECT_EQ(rig.settled, (Kinds{"1 duplicate", "2 applied", "3 duplicate", "4 applied"}));
    EXPECT_EQ(rig->counters().received, 4u);
    EXPECT_EQ(rig->counters().applied, 2u);
}

TEST(Buffer, whatALossLeavesBehindWaitsForTheNextSnapshot)
{
    Rig rig(kStreamFirst);
    rig.start().open().put("6").put("8").put("9").snapshot("5");
    EXPECT_EQ(rig.settled, Kinds{"1 applied"});
    EXPECT_EQ(rig.markers, Kinds{"gap"});
    rig.snapshot("8");
    EXPECT_EQ(rig.settled, (Kinds{"1 applied", "2 duplicate", "3 applied"}));
    EXPECT_EQ(rig.state(), "live");
}

TEST(Buffer, aLostConnectionDropsItAsIgnored)
{
    Rig rig(kStreamFirst);
    rig.start().open().put("6").put("7").closed(Rig::lost());
    EXPECT_EQ(rig.settled, (Kinds{"1 ignored", "2 ignored"}));
    EXPECT_EQ(rig->counters().ignored, 2u);
    EXPECT_EQ(rig.aborts, 1);
}

TEST(Buffer, itIsBoundedByBytesToo)
{
    sync::ReplicaConfig config = kStreamFirst;
    config.bufferBytes = 2000;
    Rig rig(config);
    rig.start().open();
    for (int i = 6; i < 40; ++i)
        rig.put(std::to_string(i));
    EXPECT_GT(std::count(rig.markers.begin(), rig.markers.end(), "buffer_overflow"), 1);
    EXPECT_LT(rig->nextTicket() - 1 - rig.settled.size(), 12u);
}

TEST(Buffer, anEventLargerThanTheWholeBufferIsCountedAndCoveredByTheNextSnapshot)
{
    sync::ReplicaConfig config = configOf(Order::Sparse, false);
    config.bufferBytes = 2000;
    Rig rig(config);
    rig.start().open();
    sync::EventView huge;
    const std::string payload(5000, ' ');
    huge.op = sync::Op::Put;
    huge.payload = payload;
    EXPECT_EQ(rig.event(huge, "9", {}, {}, "b").last, Verdict::Ignored);
    EXPECT_EQ(rig.markers, Kinds{"buffer_overflow"});
    rig.snapshot("8"); // without the huge one
    EXPECT_EQ(rig.state(), "syncing");
    rig.waitForTry();
    rig.snapshot("9");
    EXPECT_EQ(rig.state(), "live");
}

TEST(Buffer, anEndlessMismatchBeginsAnew)
{
    Rig rig(kStreamFirst);
    rig.start().open().put("80");
    for (int i = 0; i < 5; ++i) {
        rig.snapshot("5");
        EXPECT_EQ(rig.state(), "syncing") << i;
        rig.waitForTry();
    }
    rig.snapshot("5");
    EXPECT_EQ(rig.state(), "backoff");
    EXPECT_EQ(rig.closes, 1);
}

TEST(Buffer, streamAndSnapshotOfTwoEpochsAreNotJoined)
{
    Rig rig(kStreamFirst);
    rig.start().open("F").put("1", {}, "F").snapshot("90", {"a"}, "E");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig->generation(), 0u);
    rig.waitForTry();
    rig.snapshot("0", {"a"}, "F");
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.cursor(), "F:1");
}

TEST(Buffer, eventsOfAFormerEpochBeforeTheSnapshotsAreStale)
{
    Rig rig(kStreamFirst);
    rig.start().open().put("80", {}, "E").put("1", {}, "F").put("2", {}, "F").snapshot("1", {"a"}, "F");
    EXPECT_EQ(rig.settled, (Kinds{"1 stale", "2 duplicate", "3 applied"}));
    EXPECT_EQ(rig.state(), "live");
}

TEST(Buffer, anOldSnapshotIsRefusedEvenIfTheStreamChangedItsEpochMeanwhile)
{
    Rig rig(configOf(Order::Sparse, false));
    rig.start().open("E", "87").put("91", {}, "E").bookmark("0", {}, "F").snapshot("79", {"a"}, "E");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig->generation(), 0u); // 80 to 87 would be lost
    rig.waitForTry();
    rig.snapshot("3", {"a"}, "F");
    EXPECT_EQ(rig.state(), "live");
}

TEST(Buffer, aSnapshotAtTheStartOfTheStreamLacksWhatCouldNotBeReadAfterIt)
{
    Rig rig(configOf(Order::Sparse, false));
    rig.start().open("E", "69").unreadable().snapshot("69", {"a"}, "E");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig->generation(), 0u);
    rig.waitForTry();
    rig.snapshot("70", {"a"}, "E");
    EXPECT_EQ(rig.state(), "live");
}

TEST(Opaque, streamFirstJoinsWhereTheWordWasSeen)
{
    Rig rig(configOf(Order::Opaque, false));
    rig.start().open().put("x").put("y").put("z").snapshot("y");
    EXPECT_EQ(rig.settled, (Kinds{"1 stale", "2 duplicate", "3 applied"}));
    EXPECT_EQ(rig.state(), "live");
}

TEST(Opaque, aJointThatStaysUnprovedIsMarked)
{
    Rig rig(configOf(Order::Opaque, false));
    rig.start().open().put("x");
    for (int i = 0; i < 3; ++i) {
        rig.snapshot("q");
        EXPECT_EQ(rig.state(), "syncing");
        rig.waitForTry();
    }
    rig.snapshot("q");
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.markers, Kinds{"history_lost"});
    EXPECT_EQ(rig->store().size(), 1u);
}

TEST(Snapshot, withoutAVersionWhereOneIsNeededItIsRefused)
{
    Rig rig(kDense);
    rig.start().snapshot("");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig->generation(), 0u);
    EXPECT_EQ(rig->counters().snapshotsRefused, 1u);
}

TEST(Snapshot, aPageThatIsGoneBeginsItAgainAtOnceThenBacksOff)
{
    Rig rig(kDense);
    rig.start().snapshotFails(Rig::gone());
    EXPECT_EQ(rig.waitForTry(), 0);
    rig.snapshotFails(Rig::gone());
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_TRUE(rig->nextTryAt().has_value());
}

TEST(Resume, withoutProofAndWithoutTrustASnapshotDecides)
{
    for (const Order order : {Order::Sparse, Order::Opaque}) {
        sync::ReplicaConfig config = configOf(order, true);
        config.resumeIsTrusted = false;
        Rig rig = liveRig(config); // from the snapshot's own cursor it is taken
        rig.put("6").closed(Rig::lost()).waitForTry();
        rig.open();
        EXPECT_EQ(rig.state(), "syncing") << toString(order);
        EXPECT_EQ(rig.markers, Kinds{"history_lost"});
    }
}

} // namespace
} // namespace wg::test
