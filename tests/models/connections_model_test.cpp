// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "support/fixture_link.h"
#include "ui/overview/connections_model.h"

#include <QAbstractItemModelTester>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace wg::ui {
namespace {

constexpr double kNow = 1'700'000'000'000;

QStringList column(const ConnectionsModel& model, int role)
{
    QStringList values;
    for (int i = 0; i < model.rowCount(); ++i)
        values << model.data(model.index(i), role).toString();
    return values;
}

TEST(ConnectionsModel, ThoseThatNeedAttentionStandFirst)
{
    ConnectionsModel model;
    model.read(*test::mockPublication(kNow));
    const QStringList states = column(model, ConnectionsModel::StateRole);
    ASSERT_EQ(states.size(), 12);
    EXPECT_EQ(states.mid(0, 4), QStringList({"retrying", "resync", "stale", "live"}));
    EXPECT_EQ(states.last(), "closed");
}

TEST(ConnectionsModel, EachRowSaysWhatTheDesignSays)
{
    ConnectionsModel model;
    model.read(*test::mockPublication(kNow));
    const auto at = [&](int row, int role) { return model.data(model.index(row), role).toString(); };
    EXPECT_EQ(at(0, ConnectionsModel::UpRole), "next try 11 s");
    EXPECT_EQ(at(0, ConnectionsModel::LagRole), "–");
    EXPECT_EQ(at(1, ConnectionsModel::LagRole), "42 behind");
    EXPECT_EQ(at(1, ConnectionsModel::LagHueRole), "sync");
    EXPECT_EQ(at(2, ConnectionsModel::LagRole), "3 m 12 s");
    EXPECT_EQ(at(2, ConnectionsModel::LagHueRole), "warn");
    EXPECT_EQ(at(3, ConnectionsModel::LagRole), "38 ms");
    EXPECT_EQ(at(3, ConnectionsModel::VersionRole), "8,412,907");
    EXPECT_EQ(at(3, ConnectionsModel::LastEventRole), "just now");
    EXPECT_EQ(at(3, ConnectionsModel::UpRole), "4 h 12 m");
    EXPECT_EQ(at(3, ConnectionsModel::TransportIconRole), "tr-websocket");
}

TEST(ConnectionsModel, FilterWordsMustAllOccurWhateverTheirCase)
{
    ConnectionsModel model;
    model.read(*test::mockPublication(kNow));
    model.setFilter("LIVE ticks");
    EXPECT_EQ(column(model, ConnectionsModel::ConnectionRole), QStringList({"ticks-nyse", "ticks-fx"}));
    EXPECT_EQ(model.total(), 12);
    EXPECT_EQ(model.shown(), 2);
    model.setFilter("no such thing");
    EXPECT_EQ(model.rowCount(), 0);
    model.setFilter({});
    EXPECT_EQ(model.rowCount(), 12);
}

TEST(ConnectionsModel, CredentialsInAnAddressAreNotShown)
{
    auto publication = test::mockPublication(kNow);
    publication->watches.front().url = "https://host.example/v1/orders?access_token=hunter2";
    ConnectionsModel model;
    model.read(*publication);
    EXPECT_FALSE(column(model, ConnectionsModel::UrlRole).join(' ').contains("hunter2"));
}

TEST(ConnectionsModel, OutsideTextIsMadeVisible)
{
    auto publication = test::mockPublication(kNow);
    publication->watches.front().connection = "a\nb\xE2\x80\xAE" "c";
    ConnectionsModel model;
    model.read(*publication);
    EXPECT_TRUE(column(model, ConnectionsModel::ConnectionRole).contains("a\\u000Ab\\u202Ec", Qt::CaseInsensitive));
}

TEST(ConnectionsModel, StatesShowAtOnceFiguresOnceASecond)
{
    ConnectionsModel model;
    model.read(*test::mockPublication(kNow));
    auto soon = test::mockPublication(kNow + 100);
    soon->watches[0].messagesPerS = 777;
    model.read(*soon);
    EXPECT_FALSE(column(model, ConnectionsModel::RateRole).contains("777.0"));
    soon->watches[0].state = engine::ViewState::Gap;
    model.read(*soon);
    EXPECT_TRUE(column(model, ConnectionsModel::StateRole).contains("gap"));
    EXPECT_TRUE(column(model, ConnectionsModel::RateRole).contains("777.0"));
}

TEST(ConnectionsModel, KeepsTheRulesOfAnItemModelThroughAnyChange)
{
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        auto publication = test::mockPublication(kNow + round * 1000.0);
        std::shuffle(publication->watches.begin(), publication->watches.end(), random);
        publication->watches.resize(random() % (publication->watches.size() + 1));
        for (auto& watch : publication->watches)
            watch.state = static_cast<engine::ViewState>(random() % 11);
        model.setFilter(random() % 3 == 0 ? QStringLiteral("orders") : QString());
        model.read(*publication);
        int last = -1;
        for (int i = 0; i < model.rowCount(); ++i) {
            const int watch = model.watchAt(i);
            ASSERT_EQ(model.rowOf(watch), i);
            const auto state = std::find_if(publication->watches.begin(), publication->watches.end(),
                                            [&](const auto& row) { return static_cast<int>(row.id) == watch; })->state;
            ASSERT_GE(attentionRank(state), last);
            last = attentionRank(state);
        }
    }
}

} // namespace
} // namespace wg::ui
