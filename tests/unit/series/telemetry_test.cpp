// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/telemetry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace wg::series {
namespace {

constexpr Instant second(double s) { return {static_cast<std::int64_t>(s * 1e9)}; }

TEST(Telemetry, RatesAreOfFullSecondsOnly)
{
    Telemetry telemetry(second(100.2));
    WatchSeries& watch = telemetry.watch(1);
    watch.enter(Phase::Live, second(100.2));
    for (int i = 0; i < 5; ++i)
        watch.message(200, 3);
    telemetry.advance(second(100.9));
    EXPECT_EQ(telemetry.end(), 100);
    telemetry.advance(second(101.1));
    EXPECT_EQ(telemetry.end(), 101);
    watch.message(100, 8);
    telemetry.advance(second(102.0));
    std::vector<float> rate;
    watch.read(Metric::Messages, Reading::PerSecond, telemetry.grid(2), rate);
    EXPECT_EQ(rate, (std::vector<float>{5, 1}));
    telemetry.read(Metric::Bytes, Reading::PerSecond, telemetry.grid(2), rate);
    EXPECT_EQ(rate, (std::vector<float>{1000, 100}));
    EXPECT_EQ(watch.messagesPerS(), 1);
    EXPECT_NEAR(watch.lagMs(), 8, 0.08);
    EXPECT_EQ(watch.total(Metric::Messages), 6u);
    EXPECT_EQ(telemetry.total(Metric::Bytes), 1100u);
}

TEST(Telemetry, AWatchWithoutAConnectionHasGapsAndOneWithoutMessagesHasZeros)
{
    Telemetry telemetry(second(10));
    WatchSeries& watch = telemetry.watch(1);
    telemetry.advance(second(11));
    watch.enter(Phase::Live, second(11.5));
    telemetry.advance(second(13));
    watch.enter(Phase::Down, second(13.5));
    telemetry.advance(second(16));
    std::vector<float> rate;
    watch.read(Metric::Messages, Reading::PerSecond, telemetry.grid(6), rate);
    ASSERT_EQ(rate.size(), 6u);
    EXPECT_TRUE(std::isnan(rate[0]));
    EXPECT_EQ(rate[1], 0);
    EXPECT_EQ(rate[2], 0);
    EXPECT_EQ(rate[3], 0); // up for half of it
    EXPECT_TRUE(std::isnan(rate[4]));
    EXPECT_TRUE(std::isnan(rate[5]));
    telemetry.read(Metric::Messages, Reading::PerSecond, telemetry.grid(6), rate);
    EXPECT_TRUE(std::isnan(rate[0]));
    EXPECT_EQ(rate[1], 0);
    telemetry.read(Metric::ConnectionsActive, Reading::Last, telemetry.grid(6), rate);
    EXPECT_EQ(rate, (std::vector<float>{0, 1, 1, 0, 0, 0}));
}

TEST(Telemetry, RareCountersAreZeroWhereObserved)
{
    Telemetry telemetry(second(10));
    WatchSeries& watch = telemetry.watch(1);
    watch.enter(Phase::Live, second(10));
    telemetry.advance(second(11));
    watch.count(Metric::Gaps, 2);
    telemetry.advance(second(13));
    std::vector<float> gaps;
    telemetry.read(Metric::Gaps, Reading::Sum, telemetry.grid(4), gaps);
    ASSERT_EQ(gaps.size(), 4u);
    EXPECT_TRUE(std::isnan(gaps[0])); // before it all began
    EXPECT_EQ(gaps[1], 0);
    EXPECT_EQ(gaps[2], 2);
    EXPECT_EQ(gaps[3], 0);
    watch.read(Metric::Gaps, Reading::Sum, telemetry.grid(3), gaps);
    EXPECT_EQ(gaps, (std::vector<float>{0, 2, 0}));
    EXPECT_EQ(telemetry.sum(Metric::Gaps, 10, 13), 2);
    EXPECT_EQ(telemetry.perSecond(Metric::Messages, 10, 13), 0);
}

TEST(Telemetry, ALongPauseIsAGapInEveryTotal)
{
    Telemetry telemetry(second(10));
    telemetry.watch(1).enter(Phase::Live, second(10));
    telemetry.advance(second(12));
    telemetry.advance(second(600)); // the machine slept
    telemetry.advance(second(601));
    std::vector<float> active;
    telemetry.read(Metric::ConnectionsActive, Reading::Last, telemetry.grid(591), active);
    ASSERT_EQ(active.size(), 591u);
    EXPECT_EQ(active[1], 1);
    EXPECT_TRUE(std::isnan(active[3]));
    EXPECT_TRUE(std::isnan(active[589]));
    EXPECT_EQ(active[590], 1);
}

TEST(Telemetry, WhatARemovedWatchCountedStaysInTheTotals)
{
    Telemetry telemetry(second(10));
    telemetry.watch(1).message(10, 1);
    telemetry.watch(2).message(10, 1);
    telemetry.remove(1);
    EXPECT_EQ(telemetry.find(1), nullptr);
    EXPECT_EQ(telemetry.watches(), (std::vector<std::uint32_t>{2}));
    EXPECT_EQ(telemetry.total(Metric::Messages), 2u);
    telemetry.advance(second(11));
    EXPECT_EQ(telemetry.total(Metric::Messages), 2u);
    EXPECT_EQ(telemetry.sum(Metric::Messages, 10, 11), 2);
}

TEST(Telemetry, LatencyQuantilesAndSizesMergeOverWatchesAndSeconds)
{
    Telemetry telemetry(second(10));
    for (int i = 1; i <= 100; ++i) {
        telemetry.watch(static_cast<std::uint32_t>(i % 2)).message(static_cast<std::size_t>(i), i);
        if (i == 50)
            telemetry.advance(second(11));
    }
    telemetry.watch(0).message(5, -1);                             // no server time
    telemetry.watch(0).message(5, std::nan(""));
    telemetry.watch(0).message(5, 1e300);                          // nonsense from outside
    telemetry.advance(second(12));
    std::vector<float> p50, p95, p99;
    telemetry.latencies(telemetry.grid(2), p50, p95, p99);
    EXPECT_NEAR(p50[0], 25, 0.25);
    EXPECT_NEAR(p95[0], 48, 0.48);
    EXPECT_NEAR(p50[1], 76, 0.76);
    const auto latency = telemetry.distribution(Metric::DeliveryLatency, telemetry.grid(2));
    EXPECT_EQ(latency->total(), 101u);
    const auto sizes = telemetry.distribution(Metric::MessageSize, telemetry.grid(2));
    EXPECT_EQ(sizes->total(), 103u);
    EXPECT_EQ(sizes->quantile(0.5), 49);
}

TEST(Telemetry, OwnProcessorTimeIsAPercentageOfOneCore)
{
    Telemetry telemetry(second(10));
    ProcessFigures figures;
    figures.cpuSeconds = 5;
    figures.memoryMb = 100;
    figures.files = 20;
    telemetry.process(figures, second(11));
    figures.cpuSeconds = 5.5;
    telemetry.process(figures, second(12));
    std::vector<float> cpu, files;
    telemetry.read(Metric::ProcessCpu, Reading::Mean, telemetry.grid(2), cpu);
    telemetry.read(Metric::ProcessFiles, Reading::Last, telemetry.grid(2), files);
    EXPECT_TRUE(std::isnan(cpu[0]));
    EXPECT_NEAR(cpu[1], 50, 0.01);
    EXPECT_EQ(files, (std::vector<float>{20, 20}));
}

TEST(ConnectionTimeline, TellsStretchesCutToTheRange)
{
    ConnectionTimeline line;
    EXPECT_EQ(line.phase(), Phase::Down);
    line.enter(Phase::Resync, second(10));
    line.enter(Phase::Live, second(12));
    line.enter(Phase::Live, second(13));
    line.enter(Phase::Down, second(20));
    line.enter(Phase::Live, second(25));
    line.reconnected(second(25));
    const auto all = line.stretches(second(11), second(30));
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].phase, Phase::Resync);
    EXPECT_EQ(all[0].from, second(11));
    EXPECT_EQ(all[1].phase, Phase::Live);
    EXPECT_EQ(all[1].to, second(20));
    EXPECT_EQ(all[3].to, second(30));
    EXPECT_EQ(line.upFor(second(30)), fromSeconds(5));
    EXPECT_EQ(line.reconnects(second(20), second(30)).size(), 1u);
    EXPECT_TRUE(line.reconnects(second(26), second(30)).empty());
}

TEST(ConnectionTimeline, IsBounded)
{
    ConnectionTimeline line;
    for (int i = 0; i < 30'000; ++i) {
        line.enter(i % 2 == 0 ? Phase::Live : Phase::Down, second(i));
        line.reconnected(second(i));
    }
    EXPECT_LE(line.stretches(second(0), second(40'000)).size(), ConnectionTimeline::kMost);
    EXPECT_LE(line.reconnects(second(0), second(40'000)).size(), ConnectionTimeline::kMost);
}

TEST(Catalogue, NamesAreUniqueAndSpellTheirUnits)
{
    std::set<std::string> names;
    for (const MetricEntry& e : catalogue()) {
        EXPECT_TRUE(names.insert(std::string(e.name)).second) << e.name;
        EXPECT_TRUE(names.insert(prometheusName(e.metric)).second) << e.name;
        EXPECT_EQ(e.name.rfind("watchglass.", 0), 0u);
        EXPECT_FALSE(e.help.empty());
        EXPECT_EQ(static_cast<std::size_t>(e.metric) < kCounters, e.kind == MetricKind::Counter) << e.name;
    }
    EXPECT_EQ(prometheusName(Metric::Messages), "watchglass_messages_total");
    EXPECT_EQ(prometheusName(Metric::Bytes), "watchglass_bytes_total");
    EXPECT_EQ(prometheusName(Metric::DeliveryLatency), "watchglass_delivery_latency_milliseconds");
    EXPECT_EQ(prometheusName(Metric::MessageSize), "watchglass_message_size_bytes");
}

TEST(ProcessFigures, ReadsAStatLineWhoseNameHoldsBracketsAndSpaces)
{
    const auto figures = ProcessFigures::parse("4242 (odd) name (x)) S 1 4242 4242 0 -1 4194560 2000 0 1 0 150 50 0 0 20 0 5 0 "
                                               "12345 500000000 2500 18446744073709551615 1 1 0\n",
                                               12, 100, 4096);
    ASSERT_TRUE(figures.has_value());
    EXPECT_DOUBLE_EQ(figures->cpuSeconds, 2.0);
    EXPECT_DOUBLE_EQ(figures->memoryMb, 10.24);
    EXPECT_EQ(figures->files, 12);
}

TEST(ProcessFigures, RefusesWhatIsNotAStatLine)
{
    EXPECT_FALSE(ProcessFigures::parse("", 0, 100, 4096));
    EXPECT_FALSE(ProcessFigures::parse("1 (a) S 1 2 3", 0, 100, 4096));
    EXPECT_FALSE(ProcessFigures::parse("1 (a) S 1 2 3 4 5 6 7 8 9 10 x 12 13 14 15 16 17 18 19 20 21 22", 0, 100, 4096));
    EXPECT_FALSE(ProcessFigures::parse("1 (a) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22", 0, 0, 4096));
}

} // namespace
} // namespace wg::series
