// SPDX-License-Identifier: GPL-3.0-or-later
// The chain order, as watch.v1 has it: PROTOCOL sections 1, 2 and 5.2.
#include "rig.h"

namespace wg::test
{
namespace
{

using sync::Order;
using sync::Verdict;

const sync::ReplicaConfig kChain = configOf(Order::Chain, true);

TEST(Chain, aHeartbeatMovesTheCursorAndTheNextPrevNamesIt)
{
    Rig rig = liveRig(kChain);
    EXPECT_EQ(rig.put("9", "5").last, Verdict::Applied);
    EXPECT_EQ(rig.bookmark("20", "9").last, Verdict::Bookmark);
    EXPECT_EQ(rig.cursor(), "E:20");
    EXPECT_EQ(rig.put("31", "20").last, Verdict::Applied);
    EXPECT_EQ(rig.cursor(), "E:31");
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Chain, aHeartbeatWithAnotherPrevIsAGap)
{
    Rig rig = liveRig(kChain);
    rig.bookmark("5", "5").bookmark("20", "9");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"gap"});
    EXPECT_EQ(rig.cursor(), "E:5");
    EXPECT_EQ(rig.closes, 1);
}

TEST(Chain, aLowerVersionInMidStreamIsStaleAndTheSameIsADuplicate)
{
    Rig rig = liveRig(kChain);
    rig.put("9", "5");
    EXPECT_EQ(rig.put("9", "5").last, Verdict::Duplicate);
    EXPECT_EQ(rig.put("7", "5").last, Verdict::Stale);
    EXPECT_EQ(rig.bookmark("7", "5").last, Verdict::Stale);
    EXPECT_EQ(rig.state(), "live");
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Chain, anEventWithoutPrevProvesNothing)
{
    Rig rig = liveRig(kChain);
    EXPECT_EQ(rig.put("6").last, Verdict::Ignored);
    EXPECT_EQ(rig.markers, Kinds{"gap"});
}

TEST(Chain, aHeartbeatWithoutPrevAheadOfTheCursorIsABookmarkAhead)
{
    Rig rig = liveRig(kChain);
    rig.put("6", "5").bookmark("6");
    EXPECT_EQ(rig.last, Verdict::Bookmark);
    rig.bookmark("8");
    EXPECT_EQ(rig.markers, Kinds{"bookmark_ahead"});
    EXPECT_EQ(rig.cursor(), "E:6");
}

TEST(Chain, theOpeningHeartbeatAtTheCursorIsWhereTheStreamStarts)
{
    Rig rig = liveRig(kChain);
    EXPECT_EQ(rig.bookmark("5", "5").last, Verdict::Bookmark);
    EXPECT_EQ(rig.put("6", "5").last, Verdict::Applied);
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Chain, whereTheOpeningProvedTheStartTheFirstHeartbeatMayHavePassedOverFilteredEvents)
{
    Rig rig(kChain);
    rig.start().snapshot("5", {"a"}, "E").open("E", "5");
    ASSERT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.bookmark("7", "5").last, Verdict::Bookmark);
    EXPECT_EQ(rig.cursor(), "E:7");
    EXPECT_EQ(rig.put("8", "7").last, Verdict::Applied);
    EXPECT_TRUE(rig.markers.empty());
}

TEST(Chain, aLowerOpeningHeartbeatIsARollback)
{
    Rig rig = liveRig(kChain);
    rig.bookmark("3", "3");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"rollback"});
    EXPECT_EQ(rig.cursor(), "E:5");
}

TEST(Chain, aHigherOpeningHeartbeatIsLostHistoryEvenIfItsPrevIsOurs)
{
    for (const char* prev : {"5", "8"}) {
        Rig rig = liveRig(kChain);
        rig.bookmark("8", prev);
        EXPECT_EQ(rig.state(), "syncing");
        EXPECT_EQ(rig.markers, Kinds{"history_lost"});
        EXPECT_EQ(rig.cursor(), "E:5");
    }
}

TEST(Chain, anOpeningHeartbeatOfAnotherEpochIsAnotherEpoch)
{
    Rig rig = liveRig(kChain);
    rig.bookmark("5", "5", "F");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"epoch"});
    EXPECT_EQ(rig.cursor(), "E:5");
}

TEST(Chain, aProofThatIsLowerIsARollbackAndAHigherOneLostHistory)
{
    const std::pair<const char*, const char*> cases[] = {{"3", "rollback"}, {"8", "history_lost"}};
    for (const auto& [start, kind] : cases) {
        Rig rig = liveRig(kChain);
        rig.closed(Rig::lost()).waitForTry();
        rig.open({}, start);
        EXPECT_EQ(rig.markers, Kinds{kind});
        EXPECT_EQ(rig.state(), "syncing");
    }
}

TEST(Chain, anEventThatABookmarkHadPassedIsNotTakenForStale)
{
    Rig rig = liveRig(kChain);
    rig.bookmark("5", "5").bookmark("20", "5").put("12", "5");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"bookmark_ahead"});
}

TEST(Chain, anEventWithoutStateMovesTheCursorAndCountsAsIgnored)
{
    Rig rig = liveRig(kChain);
    sync::EventView custom;
    rig.event(custom, "6", "5", {}, "a");
    EXPECT_EQ(rig.last, Verdict::Ignored);
    EXPECT_EQ(rig.cursor(), "E:6");
    EXPECT_EQ(rig->counters().ignored, 1u);
}

TEST(Chain, wherePrevLiesBeforeAStreamFirstSnapshotTheChainStillJoins)
{
    // Filtered out versions: the snapshot is at 100, the stream's last was 95, so nothing lies between 95 and 140.
    Rig rig(configOf(Order::Chain, false));
    rig.start().open().snapshot("100");
    EXPECT_EQ(rig.put("140", "95").last, Verdict::Applied);
    rig.put("150", "95"); // only the first may
    EXPECT_EQ(rig.markers, Kinds{"gap"});
}

TEST(Chain, aBufferedEventAfterAMissingOneRefusesTheSnapshotBeforeIt)
{
    Rig rig(configOf(Order::Chain, false));
    rig.start().open().put("140", "120").snapshot("100");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_TRUE(rig.markers.empty());
    rig.waitForTry();
    rig.snapshot("120");
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig->cursor().version.toString(), "140");
}

TEST(Chain, numbersAbove64BitsAreComparedAsNumbers)
{
    Rig rig(kChain);
    rig.start().snapshot("99999999999999999999").open();
    EXPECT_EQ(rig.put("100000000000000000000", "99999999999999999999").last, Verdict::Applied);
    EXPECT_EQ(rig.put("99999999999999999999", "1").last, Verdict::Stale);
    EXPECT_EQ(rig.put("100000000000000000000", "1").last, Verdict::Duplicate);
    EXPECT_EQ(rig.state(), "live");
}

TEST(Order, denseCountsAcrossTheEndOf64Bits)
{
    Rig rig(configOf(Order::Dense, true));
    rig.start().snapshot("18446744073709551614").open();
    EXPECT_EQ(rig.put("18446744073709551615").last, Verdict::Applied);
    EXPECT_EQ(rig.put("18446744073709551616").last, Verdict::Applied);
    EXPECT_EQ(rig.put("18446744073709551615").last, Verdict::Stale);
    EXPECT_EQ(rig.put("18446744073709551618").last, Verdict::Ignored);
    EXPECT_EQ(rig.markers, Kinds{"gap"});
}

TEST(Order, rangeMayOverlapAndMustTouch)
{
    Rig rig(configOf(Order::Range, false));
    rig.start().open().snapshot("100");
    EXPECT_EQ(rig.range("90", "100").last, Verdict::Duplicate);
    EXPECT_EQ(rig.range("90", "99").last, Verdict::Stale);
    EXPECT_EQ(rig.range("95", "103").last, Verdict::Applied);
    EXPECT_EQ(rig.range("104", "104").last, Verdict::Applied);
    EXPECT_EQ(rig.put("105").last, Verdict::Applied); // one version stands for itself
    rig.range("107", "110");
    EXPECT_EQ(rig.markers, Kinds{"gap"});
    EXPECT_EQ(rig->cursor().version.toString(), "105");
}

TEST(Order, sparseAppliesALateEventIfItsItemIsOlderAndMarksIt)
{
    Rig rig = liveRig(configOf(Order::Sparse, true));
    rig.put("9").bookmark("50");
    EXPECT_EQ(rig.put("30").last, Verdict::Applied);
    EXPECT_EQ(rig.markers, Kinds{"bookmark_ahead"});
    EXPECT_EQ(rig.put("30").last, Verdict::Duplicate);
    EXPECT_EQ(rig.put("20").last, Verdict::Stale);
    EXPECT_EQ(rig.state(), "live");
    EXPECT_EQ(rig.cursor(), "E:50");
    EXPECT_EQ(rig.put("8").last, Verdict::Stale); // before the bookmark's jump
}

TEST(Order, sparseAsksForTheStateWhereALateEventHasNothingToCompareWith)
{
    Rig rig = liveRig(configOf(Order::Sparse, true));
    rig.bookmark("50").put("60").put("30", {}, {}, "b");
    EXPECT_EQ(rig.state(), "syncing");
    EXPECT_EQ(rig.markers, Kinds{"bookmark_ahead"});
}

TEST(Order, sparseBookmarkBehindIsDropped)
{
    Rig rig = liveRig(configOf(Order::Sparse, true));
    rig.put("40");
    EXPECT_EQ(rig.bookmark("30").last, Verdict::Stale);
    EXPECT_EQ(rig.cursor(), "E:40");
}

TEST(Order, denseBookmarkBehindIsDroppedAndAHeartbeatWithoutVersionIsLife)
{
    Rig rig = liveRig(configOf(Order::Dense, true));
    rig.put("6");
    EXPECT_EQ(rig.bookmark("5").last, Verdict::Stale);
    EXPECT_EQ(rig.bookmark("").last, Verdict::Bookmark);
    EXPECT_EQ(rig.state(), "live");
}

TEST(Order, anEventWithoutAVersionIsUnreadableWhereTheOrderNeedsOne)
{
    for (const Order order : {Order::Dense, Order::Range, Order::Chain, Order::Sparse}) {
        Rig rig = liveRig(configOf(order, true));
        EXPECT_EQ(rig.put("").last, Verdict::Undecodable) << toString(order);
        EXPECT_EQ(rig.state(), "backoff");
        Rig unknown = liveRig(configOf(order, true));
        EXPECT_EQ(unknown.shown("").last, Verdict::Ignored);
        EXPECT_EQ(unknown.state(), "live");
    }
}

TEST(Order, anEventWithoutAVersionIsUnreadableInTheBufferToo)
{
    Rig rig(configOf(Order::Dense, false));
    rig.start().open().put("6").put("");
    EXPECT_EQ(rig.last, Verdict::Undecodable);
    EXPECT_EQ(rig.markers, Kinds{"unreadable"});
    EXPECT_EQ(rig.settled, Kinds{"1 ignored"});
}

TEST(Order, opaqueVersionsAreComparedAsWords)
{
    Rig rig = liveRig(configOf(Order::Opaque, true));
    EXPECT_EQ(rig.put("007").last, Verdict::Applied);
    EXPECT_EQ(rig.put("7").last, Verdict::Applied);
    EXPECT_EQ(rig.put("7").last, Verdict::Duplicate);
    EXPECT_EQ(rig.bookmark("z").last, Verdict::Bookmark);
    EXPECT_EQ(rig.cursor(), "E:z");
}

TEST(Order, wordsWhereNumbersAreDueAreAGap)
{
    for (const Order order : {Order::Dense, Order::Sparse}) {
        Rig rig = liveRig(configOf(order, true));
        rig.put("six");
        EXPECT_EQ(rig.markers, Kinds{"gap"}) << toString(order);
    }
}

} // namespace
} // namespace wg::test
