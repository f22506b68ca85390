// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "support/fixture_link.h"
#include "ui/charts/chart_item.h"
#include "ui/charts/series_trim.h"
#include "ui/overview/chart_feeds.h"

#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace wg::ui {
namespace {

constexpr double kNow = 1'700'000'000'000;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr double kWide = 1000;

engine::SeriesFrame smallFrame()
{
    engine::SeriesFrame frame;
    frame.beginWall = kNow;
    frame.stepS = 1;
    frame.count = 6;
    frame.active = {1, 1, kNaN, kNaN, 2, 2};
    frame.rates = {{1, "a", {10, 10, kNaN, kNaN, 20, 20}}, {2, "b", {1, 1, 1, 1, 1, 1}}};
    frame.p50 = {1, 2, kNaN, 4, 5, 6};
    frame.p95 = {2, 3, kNaN, 5, 6, 7};
    frame.p99 = {3, 4, kNaN, 6, 7, 8};
    return frame;
}

TEST(ChartFeeds, ALayerThatHasNoSampleIsBrokenAndTheOthersRestOnWhatIsThere)
{
    ChartFeeds feeds;
    const auto picture = feeds.rates(smallFrame(), kWide);
    ASSERT_EQ(picture->layers.size(), 2u);
    EXPECT_FLOAT_EQ(picture->layers[0].upper[0], 10);
    EXPECT_TRUE(std::isnan(picture->layers[0].upper[2]));
    EXPECT_FLOAT_EQ(picture->layers[1].lower[2], 0);
    EXPECT_FLOAT_EQ(picture->layers[1].upper[2], 1);
    EXPECT_FLOAT_EQ(picture->layers[1].upper[4], 21);
}

TEST(ChartFeeds, MoreThanSixConnectionsBecomeOneMoreLayerAndNothingIsLost)
{
    ChartFeeds feeds;
    const auto publication = test::mockPublication(kNow);
    const auto picture = feeds.rates(*publication->series, kWide);
    ASSERT_EQ(picture->layers.size(), 7u);
    EXPECT_EQ(picture->layers.back().series, kSlate);
    double total = 0;
    for (const auto& watch : publication->series->rates)
        if (!std::isnan(watch.rate.front()))
            total += (watch.rate[0] + watch.rate[1]) / 2; // 300 buckets become 150
    EXPECT_NEAR(picture->layers.back().upper.front(), total, total / 1000);
}

TEST(ChartFeeds, TheLegendNamesWhatFitsAndSumsTheRest)
{
    ChartFeeds feeds;
    const auto publication = test::mockPublication(kNow);
    (void)feeds.rates(*publication->series, kWide);
    ASSERT_EQ(feeds.rateLegend().size(), 4);
    EXPECT_EQ(feeds.rateLegend().last().toMap().value("text").toString(), "8 more");
    (void)feeds.rates(*publication->series, 150);
    EXPECT_LT(feeds.rateLegend().size(), 4);
    EXPECT_GE(feeds.rateLegend().size(), 2);
}

TEST(ChartFeeds, GapsAreMarkedAndFinishedResyncsAreNot)
{
    auto frame = smallFrame();
    frame.annotations = {{1, "a", sync::MarkerKind::Gap, "Gap", kNow + 1000}, {1, "a", sync::MarkerKind::Resynced, "Done", kNow + 2000}};
    ChartFeeds feeds;
    EXPECT_EQ(feeds.latency(frame)->marks.size(), 1u);
}

TEST(ChartFeeds, SizesCoverEveryBinThatHasMessages)
{
    engine::SeriesFrame frame;
    frame.sizeBins[3] = 5;
    frame.sizeBins[20] = 1;
    frame.sizeP50 = 12;
    ChartFeeds feeds;
    const auto picture = feeds.sizes(frame, kNow);
    double sum = 0;
    for (const auto& bin : picture->bins)
        sum += bin.count;
    EXPECT_EQ(sum, 6);
    EXPECT_EQ(picture->bins.front().label, "8");
    EXPECT_EQ(picture->bins.back().label, "1 M");
    ASSERT_EQ(picture->marks.size(), 1u);
    EXPECT_NEAR(picture->marks[0].at, std::log2(12) - 3, 1e-9);
    EXPECT_TRUE(feeds.sizes(engine::SeriesFrame(), kNow)->bins.empty());
}

TEST(ChartFeeds, AColourBelongsToAConnectionForLife)
{
    ColorBook book;
    std::map<std::string, int> given;
    for (int i = 0; i < 20; ++i)
        given["c" + std::to_string(i)] = book.seriesOf("c" + std::to_string(i));
    for (const auto& [name, color] : given)
        EXPECT_EQ(book.seriesOf(name), color);
    ColorBook fresh;
    std::set<int> first;
    for (int i = 0; i < 8; ++i)
        first.insert(fresh.seriesOf("x" + std::to_string(i)));
    EXPECT_EQ(first.size(), 8u) << "eight connections have eight colours";
}

TEST(SeriesTrim, BeginsWhereFiguresBeginButShowsAMinuteAtLeast)
{
    auto frame = std::make_shared<engine::SeriesFrame>();
    frame->beginWall = kNow;
    frame->stepS = 2;
    frame->count = 450;
    frame->active.assign(450, kNaN);
    frame->total.assign(450, kNaN);
    for (std::size_t i = 400; i < 450; ++i)
        frame->active[i] = 4;
    frame->rates = {{1, "a", frame->active}};
    const auto trimmed = trimmedToData(frame);
    EXPECT_EQ(trimmed->count, 50u);
    EXPECT_EQ(trimmed->active.size(), 50u);
    EXPECT_EQ(trimmed->rates[0].rate.size(), 50u);
    EXPECT_EQ(trimmed->beginWall, kNow + 800'000);
    for (std::size_t i = 400; i < 448; ++i)
        frame->active[i] = kNaN;
    EXPECT_EQ(trimmedToData(frame)->count, 30u);
    frame->active[0] = 1;
    EXPECT_EQ(trimmedToData(frame), frame) << "a full frame is passed on as it is";
}

TEST(NiceScale, GrowsAtOnceAndShrinksAfterFiveSeconds)
{
    NiceScale scale;
    scale.fit(90, 0);
    EXPECT_GE(scale.high(), 90);
    const double before = scale.high();
    scale.fit(10, 1000);
    EXPECT_EQ(scale.high(), before);
    scale.fit(400, 1100);
    EXPECT_GE(scale.high(), 400);
    scale.fit(10, 6200);
    EXPECT_LT(scale.high(), 20);
}

TEST(NiceScale, StepsAreOneTwoOrFiveAndCountsAreWhole)
{
    for (const double largest : {0.003, 0.7, 1.0, 3.0, 17.0, 99.0, 1234.0, 5e6}) {
        NiceScale scale;
        scale.fit(largest, 0);
        const double mantissa = scale.step() / std::pow(10, std::floor(std::log10(scale.step()) + 1e-9));
        EXPECT_TRUE(std::abs(mantissa - 1) < 1e-6 || std::abs(mantissa - 2) < 1e-6 || std::abs(mantissa - 5) < 1e-6) << largest;
        EXPECT_GE(scale.ticks().size(), 2u) << largest;
        EXPECT_LE(scale.ticks().size(), 5u) << largest;
    }
    NiceScale counts(1);
    counts.fit(1, 0);
    EXPECT_EQ(counts.step(), 1);
}

TEST(NiceTimeTicks, FallOnRoundTimesOfUtc)
{
    for (const double rangeS : {60.0, 300.0, 900.0, 3600.0}) {
        const auto ticks = niceTimeTicks(kNow, kNow + rangeS * 1000);
        EXPECT_GE(ticks.size(), 4u);
        EXPECT_LE(ticks.size(), 8u);
        const double step = ticks[1].at - ticks[0].at;
        for (const auto& tick : ticks)
            EXPECT_EQ(std::fmod(tick.at, step), 0);
    }
}

TEST(ChartItem, AGapIsABreakNeverAStraightLine)
{
    QQuickWindow window;
    auto* item = new ChartItem(window.contentItem());
    item->setSize({400, 140});
    ChartFeeds feeds;
    item->setPicture(feeds.latency(smallFrame()));
    window.resize(500, 300);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    ASSERT_FALSE(window.grabWindow().isNull());
    // Three lines in two stretches each, and the area under p50 in two.
    EXPECT_EQ(item->seriesCount(), 3 * 2 + 2);
    EXPECT_FALSE(item->isEmpty());
    EXPECT_NEAR(item->xAt(item->wallAt(100)), 100, 0.01);
}

TEST(ChartItem, WhatItDrawsHasTheColoursOfTheTheme)
{
    QQuickWindow window;
    window.setColor(Qt::black);
    auto* item = new ChartItem(window.contentItem());
    item->setSize({400, 140});
    auto picture = std::make_shared<ChartPicture>();
    picture->beginWall = 0;
    picture->endWall = 6000;
    picture->high = 10;
    picture->layers = {{std::vector<float>(6, 0.f), std::vector<float>(6, 10.f), 0}};
    item->setPicture(picture);
    window.resize(400, 140);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    const QColor middle = window.grabWindow().pixelColor(200, 70);
    EXPECT_GT(middle.blue(), 100) << "the first series is sky";
    EXPECT_GT(middle.blue(), middle.red());
}

} // namespace
} // namespace wg::ui
