// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/event_log.h"

#include "events/block.h"
#include "events/view.h"
#include "rows.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace wg::events {
namespace {

TEST(EventLog, GivesBackEveryColumnOfARow)
{
    EventLog log;
    rows::append(log, 0);
    rows::append(log, 1);
    Row row;
    for (const Sequence n : {0u, 1u}) {
        ASSERT_TRUE(log.read(n, row));
        EXPECT_EQ(row.sequence, n);
        EXPECT_EQ(row.key, "order-" + std::to_string(n));
        EXPECT_EQ(row.type, n == 0 ? "order_created" : "order_updated");
        EXPECT_EQ(row.version, std::to_string(n + 1));
        EXPECT_EQ(row.payload, rows::payloadOf(n));
        EXPECT_EQ(row.sizeBytes, rows::payloadOf(n).size());
        EXPECT_EQ(row.watch, n);
        EXPECT_EQ(row.delta, 1);
        EXPECT_NEAR(row.latencyMs, 2.5, 0.001);
    }
    EXPECT_FALSE(log.read(2, row));
}

TEST(EventLog, APreparedRowIsSeenOnlyOnceItIsCommittedAndAWithdrawnOneNever)
{
    EventLog log;
    const std::string first = rows::payloadOf(1);
    const std::string second = rows::payloadOf(2);
    NewRow row;
    row.type = "a";
    for (std::uint64_t n = 0; n < 5000; ++n) { // over the edges of segments
        row.payload = first;
        row.key = "one";
        log.prepare(row);
        ASSERT_EQ(log.end(), n);
        ASSERT_EQ(log.view()->end(), n);
        log.withdraw();
        row.payload = second;
        row.key = "another";
        log.prepare(row);
        ASSERT_EQ(log.commit(RowVerdict::Stale, -3), n);
    }
    Row out;
    for (const Sequence at : {0u, 1007u, 1008u, 4999u}) {
        ASSERT_TRUE(log.read(at, out));
        EXPECT_EQ(out.payload, second);
        EXPECT_EQ(out.key, "another");
        EXPECT_EQ(out.verdict, RowVerdict::Stale);
        EXPECT_EQ(out.delta, -3);
    }
    EXPECT_FALSE(log.read(5000, out));
}

TEST(EventLog, KeepsVersionsThatAreNotNumbersOf64Bits)
{
    EventLog log;
    NewRow row;
    row.versionText = "18446744073709551616";
    row.payload = "{}";
    log.append(row);
    Row out;
    ASSERT_TRUE(log.read(0, out));
    EXPECT_EQ(out.version, "18446744073709551616");
    const auto view = log.view();
    EXPECT_EQ(view->row(0)->version(), 0u);
    EXPECT_EQ(view->row(0)->versionText(), "18446744073709551616");
}

TEST(EventLog, CutsThePayloadOfAReadButTellsItsWholeSize)
{
    EventLog log;
    rows::append(log, 7);
    Row row;
    ASSERT_TRUE(log.read(0, row, 5));
    EXPECT_EQ(row.payload, rows::payloadOf(7).substr(0, 5));
    EXPECT_EQ(row.sizeBytes, rows::payloadOf(7).size());
}

TEST(EventLog, AnUnknownServerTimeHasNoLatencyAndAClockAheadGivesNone)
{
    EventLog log;
    NewRow row;
    row.receivedNs = 1'000'000;
    log.append(row);
    row.serverMs = 5;
    log.append(row);
    Row out;
    ASSERT_TRUE(log.read(0, out));
    EXPECT_EQ(out.latencyMs, -1);
    ASSERT_TRUE(log.read(1, out));
    EXPECT_EQ(out.latencyMs, 0);
}

TEST(EventLog, TakesAtMost96BytesOfOverheadARow)
{
    EventLog log;
    std::size_t payloadBytes = 0;
    const std::size_t count = 200'000;
    for (std::uint64_t n = 0; n < count; ++n) {
        const std::string payload = rows::payloadOf(n);
        NewRow row;
        row.payload = payload;
        row.key = std::string_view(payload).substr(32, 8);
        row.type = "order_updated";
        log.append(row);
        payloadBytes += payload.size();
    }
    const double overhead = static_cast<double>(log.usedBytes() - payloadBytes) / static_cast<double>(count);
    RecordProperty("overheadBytes", std::to_string(overhead));
    EXPECT_LT(overhead, 96);
    EXPECT_GT(overhead, 60);
}

TEST(EventLog, EvictsWholeBlocksWithinItsBudgetAndCountsThem)
{
    EventLog log(EventLog::kLeastBudgetBytes);
    for (std::uint64_t n = 0; n < 300'000; ++n) {
        rows::append(log, n);
        if (n % 1000 == 0) {
            ASSERT_LE(log.usedBytes(), log.budgetBytes());
        }
    }
    EXPECT_EQ(log.end(), 300'000u);
    EXPECT_GT(log.evicted(), 0u);
    EXPECT_EQ(log.evicted(), log.first());
    EXPECT_GT(log.usedBytes(), log.budgetBytes() - 2 * kBlockBytes);
    Row row;
    EXPECT_FALSE(log.read(log.first() - 1, row));
    ASSERT_TRUE(log.read(log.first(), row));
    EXPECT_EQ(row.payload, rows::payloadOf(log.first()));
    ASSERT_TRUE(log.read(log.end() - 1, row));
    EXPECT_EQ(row.payload, rows::payloadOf(log.end() - 1));
}

TEST(EventLog, KeepsItsBudgetUnderTheLargestEvents)
{
    EventLog log(0);
    EXPECT_EQ(log.budgetBytes(), EventLog::kLeastBudgetBytes);
    const std::string huge(limits::kEventBytes, 'a');
    NewRow row;
    row.type = huge;
    row.key = "k";
    for (int i = 0; i < 8; ++i) {
        rows::append(log, static_cast<std::uint64_t>(i));
        row.payload = huge;
        row.key = i % 2 == 0 ? std::string_view("k") : std::string_view(huge);
        log.append(row);
        EXPECT_LE(log.usedBytes(), log.budgetBytes());
    }
    Row out;
    ASSERT_TRUE(log.read(log.end() - 1, out));
    EXPECT_EQ(out.payload, huge);
    EXPECT_EQ(out.type.size(), EventLog::kMostNameBytes);
}

TEST(EventLog, ASmallerBudgetEvictsAtOnce)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 300'000; ++n)
        rows::append(log, n);
    EXPECT_EQ(log.evicted(), 0u);
    log.setBudget(EventLog::kLeastBudgetBytes);
    EXPECT_LE(log.usedBytes(), EventLog::kLeastBudgetBytes);
    EXPECT_EQ(log.evicted(), log.first());
    rows::append(log, 300'000);
    EXPECT_EQ(log.end(), 300'001u);
}

TEST(EventLog, ClearReallyFreesAndSequencesGoOn)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 100'000; ++n)
        rows::append(log, n);
    log.clear();
    EXPECT_EQ(log.usedBytes(), 0u);
    EXPECT_EQ(log.pinnedBytes(), 0u);
    EXPECT_EQ(log.evicted(), 0u);
    EXPECT_EQ(log.cleared(), 100'000u);
    EXPECT_EQ(log.first(), 100'000u);
    EXPECT_EQ(rows::append(log, 100'000), 100'000u);
    Row row;
    EXPECT_FALSE(log.read(99'999, row));
    EXPECT_TRUE(log.read(100'000, row));
}

TEST(EventLog, ManyMadeUpTypesTakeNoMemoryBeyondTheBudget)
{
    EventLog log(EventLog::kLeastBudgetBytes);
    for (int n = 0; n < 200'000; ++n) {
        const std::string type = "made-up-" + std::to_string(n);
        NewRow row;
        row.type = type;
        row.payload = "{}";
        log.append(row);
    }
    EXPECT_LE(log.usedBytes(), log.budgetBytes());
    Row row;
    ASSERT_TRUE(log.read(log.end() - 5, row));
    EXPECT_EQ(row.type, "made-up-199995");
}

TEST(EventLogView, SurvivesEvictionAndIsCountedAsPinned)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 100'000; ++n)
        rows::append(log, n);
    auto view = log.view();
    log.clear();
    EXPECT_GT(log.pinnedBytes(), 0u);
    std::uint64_t seen = 0;
    view->oldestFirst(0, view->end(), [&](const RowView& row) {
        EXPECT_EQ(row.payload(), rows::payloadOf(row.sequence()));
        ++seen;
        return true;
    });
    EXPECT_EQ(seen, 100'000u);
    view.reset();
    EXPECT_LE(log.pinnedBytes(), kBlockBytes); // one spare at most
}

TEST(EventLogView, DoesNotSeeWhatComesLater)
{
    EventLog log;
    rows::append(log, 0);
    const auto view = log.view();
    rows::append(log, 1);
    EXPECT_EQ(view->end(), 1u);
    EXPECT_FALSE(view->row(1).has_value());
    EXPECT_TRUE(view->row(0).has_value());
}

TEST(EventLogView, WalksBothWaysOverBlocksAndStopsWhereAsked)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 60'000; ++n)
        rows::append(log, n);
    const auto view = log.view();
    ASSERT_GT(log.usedBytes(), 2 * kBlockBytes);
    Sequence expected = 50'000;
    EXPECT_EQ(view->newestFirst(10, 50'000,
                                [&](const RowView& row) {
                                    --expected;
                                    EXPECT_EQ(row.sequence(), expected);
                                    EXPECT_EQ(row.version(), expected + 1);
                                    return true;
                                }),
              10u);
    EXPECT_EQ(expected, 10u);
    EXPECT_EQ(view->oldestFirst(10, 50'000,
                                [&](const RowView& row) {
                                    EXPECT_EQ(row.sequence(), expected++);
                                    return row.sequence() < 30'000;
                                }),
              30'001u);
    EXPECT_EQ(view->newestFirst(0, 5, [](const RowView&) { return false; }), 4u);
}

TEST(EventLogView, OfAnEmptyLogIsEmpty)
{
    EventLog log;
    const auto view = log.view();
    EXPECT_EQ(view->first(), 0u);
    EXPECT_EQ(view->end(), 0u);
    EXPECT_EQ(view->newestFirst(0, 10, [](const RowView&) { return true; }), 10u);
    EXPECT_EQ(view->oldestFirst(0, 10, [](const RowView&) { return true; }), 0u);
}

} // namespace
} // namespace wg::events
