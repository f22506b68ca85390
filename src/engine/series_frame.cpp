// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/series_frame.h"

#include <cmath>
#include <limits>

namespace wg::engine {
namespace {

using series::Grid;
using series::Metric;
using series::Reading;
using series::Telemetry;

constexpr std::size_t kMostPoints = 600;

/// Percent of the range's handshakes so far that succeeded; NaN before the first.
std::vector<float> handshakeShare(const Telemetry& telemetry, const Grid& grid)
{
    std::vector<float> ok;
    std::vector<float> failed;
    telemetry.read(Metric::HandshakesOk, Reading::Sum, grid, ok);
    telemetry.read(Metric::HandshakesFailed, Reading::Sum, grid, failed);
    double good = 0;
    double all = 0;
    for (std::size_t i = 0; i < grid.count; ++i) {
        good += std::isnan(ok[i]) ? 0 : ok[i];
        all += (std::isnan(ok[i]) ? 0 : ok[i]) + (std::isnan(failed[i]) ? 0 : failed[i]);
        ok[i] = all == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(100 * good / all);
    }
    return ok;
}

std::vector<float> sumOf(const Telemetry& telemetry, const Grid& grid, Metric first, Metric second)
{
    std::vector<float> a;
    std::vector<float> b;
    telemetry.read(first, Reading::Sum, grid, a);
    telemetry.read(second, Reading::Sum, grid, b);
    for (std::size_t i = 0; i < grid.count; ++i)
        a[i] += b[i];
    return a;
}

void readSizes(const Telemetry& telemetry, const Grid& grid, SeriesFrame& frame)
{
    const auto sizes = telemetry.distribution(Metric::MessageSize, grid);
    if (sizes->isEmpty())
        return;
    for (std::size_t bin = sizes->firstBin(); bin <= sizes->lastBin(); ++bin) {
        const std::uint64_t lowest = std::max<std::uint64_t>(1, series::bins::lowest(bin));
        const auto octave = static_cast<std::size_t>(std::bit_width(lowest)) - 1;
        frame.sizeBins[std::min(octave, frame.sizeBins.size() - 1)] += sizes->at(bin);
    }
    frame.sizeP50 = sizes->quantile(0.50);
    frame.sizeP95 = sizes->quantile(0.95);
    frame.sizeMax = static_cast<double>(sizes->max());
}

void readWatch(const series::WatchSeries& watch, WatchId id, const std::string& name, const Grid& grid, Instant now,
               WallMs wallOffsetMs, SeriesFrame& frame)
{
    SeriesFrame::PerWatch rate{id, name, {}};
    watch.read(Metric::Messages, Reading::PerSecond, grid, rate.rate);
    for (const float value : rate.rate) {
        if (!std::isnan(value)) {
            frame.rates.push_back(std::move(rate));
            break;
        }
    }
    const auto toWall = [wallOffsetMs](Instant at) { return static_cast<double>(at.ns) / 1e6 + wallOffsetMs; };
    const Instant begin = series::instantOf(grid.begin);
    SeriesFrame::Lifetime life{id, name, {}, {}, toSeconds(watch.timeline().upFor(now))};
    for (const auto& stretch : watch.timeline().stretches(begin, now))
        life.stretches.push_back({static_cast<SeriesFrame::Phase>(stretch.phase), toWall(stretch.from), toWall(stretch.to)});
    for (const Instant at : watch.timeline().reconnects(begin, now))
        life.reconnects.push_back(toWall(at));
    frame.lifetimes.push_back(std::move(life));
}

} // namespace

std::shared_ptr<SeriesFrame> makeSeriesFrame(const Telemetry& telemetry, Instant now, WallMs wallNow, double rangeS,
                                             const std::vector<std::pair<WatchId, std::string>>& watches)
{
    static_assert(static_cast<int>(SeriesFrame::Phase::Live) == static_cast<int>(series::Phase::Live) &&
                  static_cast<int>(SeriesFrame::Phase::Resync) == static_cast<int>(series::Phase::Resync) &&
                  static_cast<int>(SeriesFrame::Phase::Stale) == static_cast<int>(series::Phase::Stale) &&
                  static_cast<int>(SeriesFrame::Phase::Down) == static_cast<int>(series::Phase::Down));
    const Grid grid = telemetry.grid(rangeS, kMostPoints);
    const WallMs wallOffsetMs = wallNow - static_cast<double>(now.ns) / 1e6;
    auto frame = std::make_shared<SeriesFrame>();
    frame->beginWall = static_cast<double>(series::instantOf(grid.begin).ns) / 1e6 + wallOffsetMs;
    frame->stepS = static_cast<double>(grid.step);
    frame->count = grid.count;
    telemetry.read(Metric::ConnectionsActive, Reading::Last, grid, frame->active);
    telemetry.read(Metric::ConnectionsOpened, Reading::Sum, grid, frame->opened);
    frame->dropped = sumOf(telemetry, grid, Metric::DroppedExpected, Metric::DroppedUnexpected);
    telemetry.read(Metric::Gaps, Reading::Sum, grid, frame->gaps);
    frame->errors = sumOf(telemetry, grid, Metric::ErrorsHandshake, Metric::ErrorsOther);
    frame->handshakeRate = handshakeShare(telemetry, grid);
    telemetry.latencies(grid, frame->p50, frame->p95, frame->p99);
    telemetry.read(Metric::Messages, Reading::PerSecond, grid, frame->total);
    telemetry.read(Metric::ProcessCpu, Reading::Mean, grid, frame->ownCpu);
    telemetry.read(Metric::ProcessMemory, Reading::Last, grid, frame->ownRssMb);
    telemetry.read(Metric::ProcessFiles, Reading::Last, grid, frame->ownFds);
    telemetry.read(Metric::Bytes, Reading::PerSecond, grid, frame->ownNetInMBs);
    for (float& value : frame->ownNetInMBs)
        value /= 1e6F;
    readSizes(telemetry, grid, *frame);
    for (const auto& [id, name] : watches)
        if (const series::WatchSeries* watch = telemetry.find(id))
            readWatch(*watch, id, name, grid, now, wallOffsetMs, *frame);
    return frame;
}

} // namespace wg::engine
