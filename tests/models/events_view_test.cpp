// SPDX-License-Identifier: GPL-3.0-or-later
// The Events page without its window: following, pausing, filtering, markers, eviction.
#include "printing.h"
#include "support/fixture_link.h"
#include "support/mock_events.h"
#include "ui/events/events_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;

namespace {

constexpr double kNow = 1'773'844'309'000.0;
constexpr std::size_t kRows = 5'000;

class EventsViewTest : public testing::Test {
protected:
    EventsViewTest()
    {
        m_link.publish(test::mockPublication(kNow));
        test::appendMockEvents(m_link.log(), kRows, kNow);
        SessionParts parts;
        parts.engine = &m_link;
        m_session = std::make_unique<Session>(parts);
        m_view.setSession(m_session.get());
        m_view.table()->setCapacity(20);
        m_view.refresh(true);
    }
    QString cell(int row, int role) { return m_view.table()->data(m_view.table()->index(row), role).toString(); }
    void appendMore(std::size_t count)
    {
        test::appendMockEvents(m_link.log(), count, kNow + 60'000);
        m_view.refresh(true);
    }

    test::FixtureLink m_link;
    std::unique_ptr<Session> m_session;
    EventsView m_view;
};

} // namespace

TEST_F(EventsViewTest, FollowsTheEndAndShowsOnlyTheRowsThatFit)
{
    const QAbstractItemModelTester tester(m_view.table());
    EXPECT_FALSE(m_view.isPaused());
    EXPECT_EQ(m_view.table()->rowCount(), 20);
    EXPECT_EQ(m_view.table()->sequenceAt(19), m_link.log().end() - 1);
    appendMore(300);
    EXPECT_EQ(m_view.table()->sequenceAt(19), m_link.log().end() - 1);
    EXPECT_EQ(m_view.table()->total(), double(kRows + 300));
}

TEST_F(EventsViewTest, PausedStandsStillAndCountsWhatCame)
{
    m_session->shell()->setPaused(true);
    const auto before = m_view.table()->sequenceAt(0);
    appendMore(1'284);
    EXPECT_EQ(m_view.table()->sequenceAt(0), before);
    EXPECT_EQ(m_view.backlogText(), "1,284 new events");
    m_view.resume();
    EXPECT_FALSE(m_session->shell()->isPaused());
    EXPECT_EQ(m_view.table()->sequenceAt(19), m_link.log().end() - 1);
}

TEST_F(EventsViewTest, SelectingARowPausesAndShowsIt)
{
    m_view.select(4);
    EXPECT_TRUE(m_session->shell()->isPaused());
    EXPECT_TRUE(m_view.detail()->isShown());
    EXPECT_EQ(m_view.detail()->key(), cell(4, EventTable::KeyRole));
    EXPECT_EQ(m_view.table()->selectedRow(), 4);
    appendMore(500);
    EXPECT_EQ(m_view.table()->selectedRow(), 4);
}

TEST_F(EventsViewTest, TheFilterShowsWhatMatchesAndCountsIt)
{
    m_view.setFilterText("changes.status == \"held\"");
    m_view.refresh(true);
    EXPECT_TRUE(m_view.filterProblem().isEmpty());
    EXPECT_GT(m_view.table()->total(), 500);
    EXPECT_LT(m_view.table()->total(), double(kRows) / 2);
    for (int row = 0; row < m_view.table()->rowCount(); ++row) {
        const bool isMarker = m_view.table()->data(m_view.table()->index(row), EventTable::IsMarkerRole).toBool();
        EXPECT_TRUE(isMarker || cell(row, EventTable::SummaryRole).startsWith("status held")) << row;
    }
    EXPECT_TRUE(m_view.matchText().contains(" of ")) << m_view.matchText().toStdString();
}

TEST_F(EventsViewTest, MarkersSurviveEveryFilterUntilTheyAreHidden)
{
    m_view.setFilterText("key == \"nothing has this key\"");
    m_view.refresh(true);
    const double markers = m_view.table()->total();
    EXPECT_GT(markers, 0);
    EXPECT_TRUE(m_view.matchText().startsWith("0 of ")) << m_view.matchText().toStdString();
    m_view.setMarkersShown(false);
    m_view.refresh(true);
    EXPECT_EQ(m_view.table()->total(), 0);
    EXPECT_EQ(m_view.emptyText(), "No event matches the filter.");
    m_view.clearFilter();
    m_view.refresh(true);
    EXPECT_EQ(m_view.table()->total(), double(kRows));
}

TEST_F(EventsViewTest, AnInvalidFilterSaysTheColumnAndKeepsTheLastResult)
{
    m_view.setFilterText("key contains \"A\"");
    m_view.refresh(true);
    const double before = m_view.table()->total();
    m_view.setFilterText("key contains \"A\" &&");
    m_view.refresh(true);
    EXPECT_FALSE(m_view.filterProblem().isEmpty());
    EXPECT_GT(m_view.filterColumn(), 15);
    EXPECT_EQ(m_view.table()->total(), before);
}

TEST_F(EventsViewTest, QuickFiltersNarrowToTrouble)
{
    m_view.setFaultsOnly(true);
    m_view.refresh(true);
    for (int row = 0; row < m_view.table()->rowCount(); ++row) {
        if (m_view.table()->data(m_view.table()->index(row), EventTable::IsMarkerRole).toBool())
            continue;
        EXPECT_FALSE(cell(row, EventTable::DeltaIconRole).isEmpty()) << row;
    }
    m_view.setFaultsOnly(false);
    m_view.setSlowOnly(true);
    m_view.refresh(true);
    EXPECT_GT(m_view.table()->total(), 0);
    EXPECT_LT(m_view.table()->total(), 200);
}

TEST_F(EventsViewTest, ChosenConnectionsLimitTheRows)
{
    int row = 0;
    while (m_view.connections()->data(m_view.connections()->index(row), ConnectionChoice::NameRole).toString() != "orders-us")
        ++row;
    m_view.connections()->toggle(row);
    m_view.refresh(true);
    EXPECT_EQ(m_view.connections()->text(), "1 of 12 connections");
    for (int i = 0; i < m_view.table()->rowCount(); ++i)
        EXPECT_EQ(cell(i, EventTable::ConnectionRole), "orders-us");
}

TEST_F(EventsViewTest, NextMarkerGoesFromOneToTheOtherAndStopsAtTheEnds)
{
    ASSERT_TRUE(m_view.moveToMarker(false));
    const auto last = m_view.table()->selected();
    EXPECT_TRUE(m_view.detail()->isMarker());
    ASSERT_TRUE(m_view.moveToMarker(false));
    EXPECT_LT(*m_view.table()->selected(), *last);
    ASSERT_TRUE(m_view.moveToMarker(true));
    EXPECT_EQ(m_view.table()->selected(), last);
    EXPECT_FALSE(m_view.moveToMarker(true));
    EXPECT_EQ(m_view.table()->selected(), last);
}

TEST_F(EventsViewTest, MovingKeepsTheSelectionOnScreen)
{
    m_view.moveToFirst();
    EXPECT_EQ(*m_view.table()->selected(), m_link.log().first());
    EXPECT_EQ(m_view.table()->top(), 0);
    m_view.movePage(3);
    EXPECT_EQ(*m_view.table()->selected(), 57u);
    EXPECT_GE(m_view.table()->selectedRow(), 0);
    m_view.moveToLast();
    EXPECT_EQ(*m_view.table()->selected(), m_link.log().end() - 1);
    EXPECT_GE(m_view.table()->selectedRow(), 0);
}

TEST_F(EventsViewTest, ScrollingIsExactToTheRow)
{
    m_view.scrollTo(1'234);
    EXPECT_EQ(m_view.table()->sequenceAt(0), 1'234u);
    m_view.scrollBy(-0.5);
    EXPECT_EQ(m_view.table()->sequenceAt(0), 1'234u);
    m_view.scrollBy(-0.5);
    EXPECT_EQ(m_view.table()->sequenceAt(0), 1'233u);
}

TEST_F(EventsViewTest, ATimeIsFoundByBisection)
{
    m_view.scrollToTime(kNow - 15.0 * 2'000);
    const auto middle = m_view.table()->sequenceAt(10);
    ASSERT_TRUE(middle);
    EXPECT_NEAR(static_cast<double>(*middle), double(kRows) - 2'000, 2);
}

TEST_F(EventsViewTest, AnEvictedRowStaysReadableAndIsCalledGone)
{
    m_view.moveToFirst();
    ASSERT_TRUE(m_view.detail()->isShown());
    const QString key = m_view.detail()->key();
    m_link.log().clear();
    m_view.refresh(true);
    EXPECT_TRUE(m_view.detail()->isEvicted());
    EXPECT_EQ(m_view.detail()->key(), key);
    EXPECT_EQ(m_view.table()->rowCount(), 0);
}

TEST_F(EventsViewTest, CopiesTheRowAsJsonAndFiltersByItsKey)
{
    m_view.select(3);
    const QString key = m_view.detail()->key();
    EXPECT_FALSE(m_view.copyRow().isEmpty());
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains("\"payload\":{\"event\":\"order_updated\""));
    m_view.filterByKey(true);
    EXPECT_EQ(m_view.filterText(), QStringLiteral("key == \"%1\"").arg(key));
    EXPECT_TRUE(m_view.filterProblem().isEmpty());
}

TEST_F(EventsViewTest, DensityCountsAllAndMatchingEvents)
{
    m_view.setFilterText("changes.status == \"held\"");
    m_view.refresh(true);
    const std::int64_t begin = static_cast<std::int64_t>(kNow / 1000) - 100;
    std::uint64_t all = 0, matching = 0;
    for (const std::uint32_t n : m_view.allSums(begin, 1, 102))
        all += n;
    for (const std::uint32_t n : m_view.matchSums(begin, 1, 102))
        matching += n;
    EXPECT_EQ(all, kRows - 14); // the markers are no events
    EXPECT_GT(matching, 500u);
    EXPECT_LT(matching, all / 2);
}

TEST_F(EventsViewTest, AnEmptyLogSaysSo)
{
    test::FixtureLink link;
    SessionParts parts;
    parts.engine = &link;
    Session session(parts);
    EventsView view;
    view.setSession(&session);
    EXPECT_EQ(view.emptyText(), "Nothing is watched yet.");
}

TEST(ConnectionChoice, CheckingEveryConnectionMeansAll)
{
    const auto publication = test::mockPublication(kNow);
    ConnectionChoice choice;
    const QAbstractItemModelTester tester(&choice);
    choice.read(*publication);
    EXPECT_TRUE(choice.isAll());
    EXPECT_TRUE(choice.watches().empty());
    for (int row = 0; row < choice.count(); ++row)
        choice.toggle(row);
    EXPECT_TRUE(choice.isAll());
    EXPECT_EQ(choice.text(), "All 12 connections");
}
