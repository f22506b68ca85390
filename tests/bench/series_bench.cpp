// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/prng.h"
#include "engine/series_frame.h"

#include <benchmark/benchmark.h>

#include <vector>

namespace wg::bench {
namespace {

void recordMessage(benchmark::State& state)
{
    series::Telemetry telemetry({0});
    series::WatchSeries& watch = telemetry.watch(1);
    Prng random(1);
    std::vector<double> latencies;
    for (int i = 0; i < 4096; ++i)
        latencies.push_back(1 + random.unit() * 100);
    std::size_t n = 0;
    for (auto _ : state) {
        watch.message(200 + (n & 63), latencies[n & 4095]);
        ++n;
    }
    benchmark::DoNotOptimize(watch.total(series::Metric::Messages));
}
BENCHMARK(recordMessage);

/// Eight watches for as long as asked, with 20 samples a second each.
void fill(series::Telemetry& telemetry, std::int64_t seconds)
{
    Prng random(1);
    for (std::uint32_t id = 1; id <= 8; ++id)
        telemetry.watch(id).enter(series::Phase::Live, {0});
    for (std::int64_t s = 0; s < seconds; ++s) {
        for (std::uint32_t id = 1; id <= 8; ++id)
            for (int i = 0; i < 20; ++i)
                telemetry.watch(id).message(100 + random.below(1000), 1 + random.unit() * 100);
        telemetry.advance(series::instantOf(s + 1));
    }
}

void closeSecond(benchmark::State& state)
{
    series::Telemetry telemetry({0});
    fill(telemetry, 60);
    std::int64_t second = 60;
    for (auto _ : state) {
        for (std::uint32_t id = 1; id <= 8; ++id)
            telemetry.watch(id).message(100, 5);
        telemetry.advance(series::instantOf(++second));
    }
}
BENCHMARK(closeSecond)->Unit(benchmark::kMicrosecond);

void makeFrame(benchmark::State& state)
{
    const std::int64_t seconds = state.range(0);
    series::Telemetry telemetry({0});
    fill(telemetry, seconds);
    std::vector<std::pair<engine::WatchId, std::string>> watches;
    for (std::uint32_t id = 1; id <= 8; ++id)
        watches.emplace_back(id, "watch");
    for (auto _ : state)
        benchmark::DoNotOptimize(engine::makeSeriesFrame(telemetry, series::instantOf(seconds), 0,
                                                         static_cast<double>(seconds), watches));
}
BENCHMARK(makeFrame)->Arg(900)->Arg(3600)->Arg(43'200)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wg::bench

BENCHMARK_MAIN();
