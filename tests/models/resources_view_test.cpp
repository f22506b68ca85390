// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "support/fixture_link.h"
#include "ui/resources/resources_view.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <gtest/gtest.h>

using namespace wg;
using namespace wg::ui;

namespace {

constexpr double kNow = 1'773'844'309'000.0;

class ResourcesViewTest : public testing::Test {
protected:
    ResourcesViewTest()
    {
        m_link.answerResources();
        m_link.publish(test::mockPublication(kNow));
        SessionParts parts;
        parts.engine = &m_link;
        m_session = std::make_unique<Session>(parts);
        m_view.setSession(m_session.get());
        m_view.setCapacity(20);
        turn();
    }
    /// Lets posted questions out and takes in what they were answered with.
    void turn()
    {
        for (int i = 0; i < 3; ++i) {
            QCoreApplication::processEvents();
            m_link.publish(std::make_shared<engine::Publication>(*m_link.publication()));
            emit m_session->clock().tick();
        }
    }
    template <typename Command>
    const Command* lastOf()
    {
        for (auto command = m_link.commands().rbegin(); command != m_link.commands().rend(); ++command)
            if (const auto* found = std::get_if<Command>(&*command))
                return found;
        return nullptr;
    }

    test::FixtureLink m_link;
    std::unique_ptr<Session> m_session;
    ResourcesView m_view;
};

} // namespace

TEST_F(ResourcesViewTest, AsksForTheRowsOnScreenOnly)
{
    const QAbstractItemModelTester tester(m_view.table());
    const auto* asked = lastOf<engine::QueryResources>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->watch, 1u);
    EXPECT_EQ(asked->count, 21u);
    EXPECT_EQ(m_view.table()->rowCount(), 21);
    EXPECT_EQ(m_view.table()->total(), 1312);
    EXPECT_EQ(m_view.counts(), QStringList({"1,312", "1,204", "86", "22", "0"}));
}

TEST_F(ResourcesViewTest, ScrollingAsksForAnotherPage)
{
    m_view.scrollTo(500);
    turn();
    EXPECT_EQ(lastOf<engine::QueryResources>()->first, 500u);
    EXPECT_EQ(m_view.table()->first(), 500);
    m_view.scrollTo(1e9);
    turn();
    EXPECT_EQ(lastOf<engine::QueryResources>()->first, 1292u);
}

TEST_F(ResourcesViewTest, SearchFreshnessAndSortGoIntoTheQuestion)
{
    m_view.scrollTo(100);
    m_view.setSearch("pay");
    m_view.setFreshness(2);
    m_view.sortBy(static_cast<int>(engine::ItemSort::Key));
    turn();
    const auto* asked = lastOf<engine::QueryResources>();
    EXPECT_EQ(asked->search, "pay");
    EXPECT_EQ(asked->freshness, 2);
    EXPECT_EQ(asked->sort, engine::ItemSort::Key);
    EXPECT_FALSE(asked->isDescending);
    EXPECT_EQ(asked->first, 0u);
    m_view.sortBy(static_cast<int>(engine::ItemSort::Key));
    EXPECT_TRUE(m_view.isDescending());
    m_view.widen();
    EXPECT_FALSE(m_view.isNarrowed());
}

TEST_F(ResourcesViewTest, SelectingAKeyAsksForItAndShowsItsState)
{
    m_view.select(2);
    turn();
    const auto* asked = lastOf<engine::QueryItem>();
    ASSERT_TRUE(asked);
    EXPECT_TRUE(m_view.hasDetail());
    EXPECT_EQ((m_view.detailQuiet() + m_view.detailLoud()).toStdString(), asked->key);
    EXPECT_EQ(m_view.detailVersion(), "48,211,894");
    EXPECT_GT(m_view.payload()->tree()->count(), 5);
}

TEST_F(ResourcesViewTest, MovingPastTheWindowSelectsTheRowWhenItsPageComes)
{
    m_view.moveToLast();
    turn();
    const auto index = m_view.table()->selectedIndex();
    ASSERT_TRUE(index);
    EXPECT_EQ(*index, 1311u);
    m_view.move(-1);
    turn();
    EXPECT_EQ(*m_view.table()->selectedIndex(), 1310u);
}

TEST_F(ResourcesViewTest, ResyncAndRetryGoToTheWatchThatIsShown)
{
    m_view.setWatchIndex(3); // billing-hooks, retrying
    turn();
    EXPECT_TRUE(m_view.canRetry());
    EXPECT_TRUE(m_view.why().contains("reset by the server"));
    m_view.retry();
    ASSERT_TRUE(lastOf<engine::RetryWatch>());
    EXPECT_EQ(lastOf<engine::RetryWatch>()->id, 4u);
    m_view.resync();
    EXPECT_EQ(lastOf<engine::ResyncWatch>()->id, 4u);
}

TEST_F(ResourcesViewTest, AsksBeforeAResyncOfManyKeys)
{
    EXPECT_FALSE(m_view.mustAskResync());
    auto publication = test::mockPublication(kNow);
    publication->watches[0].keys = 18'204;
    publication->watches[0].stateBytes = 11'500'000;
    m_link.publish(publication);
    emit m_session->clock().tick();
    EXPECT_TRUE(m_view.mustAskResync());
    EXPECT_EQ(m_view.resyncQuestion(), "Loads 18,204 keys (11.5 MB) and marks them Unconfirmed until done. Live events are kept.");
}

TEST_F(ResourcesViewTest, TheStripShowsSixStatesAndCountsTheCurrentOne)
{
    const QAbstractItemModelTester tester(m_view.strip());
    ASSERT_EQ(m_view.strip()->rowCount(), 6);
    const auto at = [this](int row, int role) { return m_view.strip()->data(m_view.strip()->index(row), role).toString(); };
    EXPECT_EQ(at(0, StripModel::StateRole), "connecting");
    EXPECT_EQ(at(0, StripModel::DurationRole), "214 ms");
    EXPECT_EQ(at(5, StripModel::DurationRole), "10 m 27 s");
    EXPECT_EQ(at(5, StripModel::IsCurrentRole), "true");
}

TEST_F(ResourcesViewTest, AnEventsKeyOpensHereAndItsEventsOpenThere)
{
    m_session->shell()->showResource(3, "a/b");
    turn();
    EXPECT_EQ(m_view.watchIndex(), 2);
    EXPECT_EQ(m_view.detailQuiet() + m_view.detailLoud(), "a/b");
    EXPECT_EQ(m_session->shell()->page(), "resources");
    m_view.showEvents();
    EXPECT_EQ(m_session->shell()->page(), "events");
    EXPECT_EQ(m_session->shell()->wantedFilter(), "key == \"a/b\"");
}

TEST(SplitKey, TheNameAfterTheLastSlashIsTheLoudPart)
{
    EXPECT_EQ(splitKey("checkout/cart-worker"), std::make_pair(QStringLiteral("checkout/"), QStringLiteral("cart-worker")));
    EXPECT_EQ(splitKey("plain"), std::make_pair(QString(), QStringLiteral("plain")));
    EXPECT_EQ(splitKey("ends/"), std::make_pair(QStringLiteral("ends/"), QString()));
}
