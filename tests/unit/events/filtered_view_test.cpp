// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/filtered_view.h"

#include "events/text_search.h"
#include "rows.h"

#include <gtest/gtest.h>

namespace wg::events {
namespace {

ColumnFilter staleOnly()
{
    ColumnFilter columns;
    columns.verdicts = ColumnFilter::bit(RowVerdict::Stale);
    return columns;
}

void finish(FilteredView& view)
{
    while (!view.advance(10'000).isComplete) {
    }
}

TEST(FilteredView, FindsTheNewestFirstAndIndexesOldestFirst)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 50'000; ++n)
        rows::append(log, n);
    FilteredView view(log, staleOnly());
    const ScanProgress progress = view.advance(1000);
    EXPECT_FALSE(progress.isComplete);
    EXPECT_EQ(progress.total, 50'000u);
    EXPECT_EQ(progress.scanned, 1000u);
    EXPECT_EQ(view.count(), 100u);
    EXPECT_EQ(view.at(0), 49'009u);
    EXPECT_EQ(view.at(99), 49'999u);
    finish(view);
    EXPECT_EQ(view.count(), 5000u);
    EXPECT_EQ(view.at(0), 9u);
    EXPECT_EQ(view.at(4999), 49'999u);
    EXPECT_FALSE(view.at(5000).has_value());
    EXPECT_EQ(view.indexOf(49'999), 4999u);
    EXPECT_EQ(view.window(1, 3), (std::vector<Sequence>{19, 29, 39}));
    EXPECT_EQ(view.window(4999, 3), (std::vector<Sequence>{49'999}));
    EXPECT_TRUE(view.window(9000, 3).empty());
}

TEST(FilteredView, TakesInRowsAsTheyComeBeforeItGoesOnDownward)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 10'000; ++n)
        rows::append(log, n);
    FilteredView view(log, staleOnly());
    view.advance(100);
    for (std::uint64_t n = 10'000; n < 10'100; ++n)
        rows::append(log, n);
    view.advance(100);
    EXPECT_EQ(view.count(), 20u);
    EXPECT_EQ(view.at(19), 10'099u);
    finish(view);
    EXPECT_EQ(view.count(), 1010u);
    rows::append(log, 10'109);
    EXPECT_FALSE(view.progress().isComplete);
    finish(view);
    EXPECT_EQ(view.count(), 1011u);
}

TEST(FilteredView, AsksThePredicateOnlyForRowsThatTheColumnsLetThrough)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 1000; ++n)
        rows::append(log, n);
    std::size_t asked = 0;
    ColumnFilter columns;
    columns.watches = {1, 2};
    FilteredView view(log, columns, [&](const RowView& row) {
        ++asked;
        return row.payload().find("order-77") != std::string_view::npos;
    });
    finish(view);
    EXPECT_EQ(asked, 500u);
    EXPECT_EQ(view.count(), 6u); // 77, 770, 773, 774, 777, 778
}

TEST(FilteredView, DropsMatchesOfEvictedRows)
{
    EventLog log(EventLog::kLeastBudgetBytes);
    for (std::uint64_t n = 0; n < 50'000; ++n)
        rows::append(log, n);
    FilteredView view(log, staleOnly());
    finish(view);
    ASSERT_EQ(log.evicted(), 0u);
    for (std::uint64_t n = 50'000; n < 300'000; ++n) {
        rows::append(log, n);
        if (n % 1000 == 0)
            view.advance(5000);
    }
    finish(view);
    EXPECT_GE(*view.at(0), log.first());
    EXPECT_EQ(view.count(), log.end() / 10 - log.first() / 10);
    EXPECT_EQ(view.progress().scanned, view.progress().total);
    EXPECT_EQ(view.progress().missed, 0u);
}

TEST(FilteredView, TellsWhatWasEvictedBeforeItLooked)
{
    EventLog log(EventLog::kLeastBudgetBytes);
    FilteredView view(log, staleOnly());
    for (std::uint64_t n = 0; n < 300'000; ++n)
        rows::append(log, n);
    finish(view);
    EXPECT_EQ(view.progress().missed, log.evicted());
}

TEST(FilteredView, EndsASliceWhenTimeIsOverOrItIsCancelled)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 50'000; ++n)
        rows::append(log, n);
    FilteredView view(log, {});
    EXPECT_LE(view.advance(50'000, [] { return true; }).scanned, 1024u);
    view.cancel();
    const auto before = view.progress().scanned;
    EXPECT_EQ(view.advance(50'000).scanned, before);
}

TEST(FilteredView, GoesOnAfterAClear)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 5000; ++n)
        rows::append(log, n);
    FilteredView view(log, {});
    finish(view);
    log.clear();
    EXPECT_TRUE(view.advance(10).isComplete);
    EXPECT_EQ(view.count(), 0u);
    rows::append(log, 5000);
    EXPECT_TRUE(view.advance(10).isComplete);
    EXPECT_EQ(view.at(0), 5000u);
}

TEST(TextSearch, FindsAtEveryPlaceWithAndWithoutCase)
{
    for (std::size_t at = 0; at < 80; ++at) {
        std::string text(100, 'a');
        text.replace(at, 6, "Needle");
        EXPECT_EQ(TextSearch("Needle", true).find(text), at);
        EXPECT_EQ(TextSearch("nEEDLE").find(text), at);
        EXPECT_EQ(TextSearch("needle", true).find(text), std::string_view::npos);
    }
    EXPECT_EQ(TextSearch("x").find("aaX"), 2u);
    EXPECT_EQ(TextSearch("").find("abc"), 0u);
    EXPECT_EQ(TextSearch("abcd").find("abc"), std::string_view::npos);
    EXPECT_EQ(TextSearch("aab").find("aaaaaaaaaaaaaaaaaaaaaaaaab"), 23u);
}

TEST(TextSearch, LooksIntoKeysThatThePayloadDoesNotHold)
{
    EventLog log;
    const std::string payload = R"({"id":"inside"})";
    NewRow row;
    row.payload = payload;
    row.key = std::string_view(payload).substr(7, 6);
    log.append(row);
    row.key = "outside";
    log.append(row);
    row.type = "somewhere";
    row.key = {};
    log.append(row);
    const auto view = log.view();
    EXPECT_TRUE(view->row(0)->keyIsInPayload());
    EXPECT_FALSE(view->row(1)->keyIsInPayload());
    EXPECT_EQ(search(log, TextSearch("outside"), log.end(), Direction::Older, 100).at, 1u);
    EXPECT_EQ(search(log, TextSearch("somewhere"), log.end(), Direction::Older, 100).at, 2u);
    EXPECT_EQ(search(log, TextSearch("inside"), 1, Direction::Older, 100).at, 0u);
}

TEST(TextSearch, GoesToTheNextAndThePreviousInSlices)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 20'000; ++n)
        rows::append(log, n);
    const TextSearch text("ORDER-1234\"");
    SearchStep step = search(log, text, log.end(), Direction::Older, 5000);
    int slices = 1;
    while (step.outcome == SearchStep::Outcome::More) {
        step = search(log, text, step.at, Direction::Older, 5000);
        ++slices;
    }
    EXPECT_EQ(slices, 4);
    EXPECT_EQ(step.outcome, SearchStep::Outcome::Found);
    EXPECT_EQ(step.at, 1234u);
    EXPECT_EQ(search(log, text, 1234, Direction::Older, 50'000).outcome, SearchStep::Outcome::End);
    step = search(log, text, 0, Direction::Newer, 1000);
    EXPECT_EQ(step.outcome, SearchStep::Outcome::More);
    step = search(log, text, step.at, Direction::Newer, 1000);
    EXPECT_EQ(step.outcome, SearchStep::Outcome::Found);
    EXPECT_EQ(step.at, 1234u);
    EXPECT_EQ(search(log, text, 1234, Direction::Newer, 50'000).outcome, SearchStep::Outcome::End);
}

} // namespace
} // namespace wg::events
