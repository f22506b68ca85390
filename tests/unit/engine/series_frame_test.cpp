// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/series_frame.h"

#include <gtest/gtest.h>

#include <cmath>

namespace wg::engine {
namespace {

constexpr Instant second(double s) { return {static_cast<std::int64_t>(s * 1e9)}; }

TEST(SeriesFrame, ShowsWhatTheTelemetryCountedAtTheWallClock)
{
    series::Telemetry telemetry(second(100));
    series::WatchSeries& watch = telemetry.watch(7);
    watch.enter(series::Phase::Live, second(100));
    watch.count(series::Metric::HandshakesOk, 3);
    watch.count(series::Metric::HandshakesFailed);
    watch.count(series::Metric::DroppedUnexpected);
    watch.count(series::Metric::DroppedExpected);
    watch.message(1500, 20);
    telemetry.advance(second(101));
    watch.enter(series::Phase::Down, second(101));
    watch.enter(series::Phase::Live, second(101.5));
    watch.reconnected(second(101.5));
    telemetry.advance(second(102));

    const auto frame = makeSeriesFrame(telemetry, second(102.25), 5'002'250, 2, {{7, "orders-eu"}, {8, "unknown"}});
    ASSERT_EQ(frame->count, 2u);
    EXPECT_EQ(frame->stepS, 1);
    EXPECT_EQ(frame->beginWall, 5'000'000);
    EXPECT_EQ(frame->active, (std::vector<float>{1, 1}));
    EXPECT_EQ(frame->dropped, (std::vector<float>{2, 0}));
    EXPECT_EQ(frame->handshakeRate, (std::vector<float>{75, 75}));
    EXPECT_EQ(frame->total, (std::vector<float>{1, 0}));
    EXPECT_NEAR(frame->p95[0], 20, 0.2);
    EXPECT_TRUE(std::isnan(frame->p95[1]));
    EXPECT_FLOAT_EQ(frame->ownNetInMBs[0], 0.0015F);
    EXPECT_EQ(frame->sizeBins[10], 1u);
    EXPECT_EQ(frame->sizeMax, 1500);
    ASSERT_EQ(frame->rates.size(), 1u);
    EXPECT_EQ(frame->rates[0].rate, (std::vector<float>{1, 0}));
    ASSERT_EQ(frame->lifetimes.size(), 1u);
    const auto& life = frame->lifetimes[0];
    ASSERT_EQ(life.stretches.size(), 3u);
    EXPECT_EQ(life.stretches[1].phase, SeriesFrame::Phase::Down);
    EXPECT_NEAR(life.stretches[1].from, 5'001'000, 0.001);
    EXPECT_NEAR(life.stretches[1].to, 5'001'500, 0.001);
    EXPECT_EQ(life.reconnects.size(), 1u);
    EXPECT_NEAR(life.upS, 0.75, 1e-9);
}

} // namespace
} // namespace wg::engine
