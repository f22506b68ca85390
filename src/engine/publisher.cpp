// SPDX-License-Identifier: GPL-3.0-or-later
// Publications: at most one per interval, series once a second.
#include "engine/engine_core.h"
#include "engine/series_frame.h"

#include <cmath>

namespace wg::engine {

namespace {
using series::Metric;
using series::Reading;
constexpr series::Second kSparkSeconds = 60;

/// What counts as a problem in the annotations of the charts.
bool isAnnotation(sync::MarkerKind kind) noexcept
{
    return kind != sync::MarkerKind::Requested && kind != sync::MarkerKind::Config;
}
} // namespace

WatchRow Engine::Core::rowOf(const Watch& watch, Instant now) const
{
    WatchRow row;
    watch.fillRow(row, now);
    row.spark.fill(std::nanf(""));
    const series::WatchSeries* figures = telemetry.find(row.id);
    if (!figures)
        return row;
    row.lagMs = figures->lagMs();
    row.messagesPerS = figures->messagesPerS();
    series::Grid grid;
    grid.end = telemetry.end();
    grid.begin = grid.end - kSparkSeconds;
    grid.count = kSparkSeconds;
    std::vector<float> spark;
    figures->read(Metric::Messages, Reading::PerSecond, grid, spark);
    for (std::size_t i = 0; i < row.spark.size() && i < spark.size(); ++i)
        row.spark[i] = spark[i];
    return row;
}

Totals Engine::Core::totals(const std::vector<WatchRow>& rows) const
{
    Totals out;
    out.watches = static_cast<unsigned>(rows.size());
    for (const WatchRow& row : rows) {
        out.live += row.state == ViewState::Live ? 1 : 0;
        out.resyncsRunning += row.state == ViewState::Resync || row.state == ViewState::Gap ? 1 : 0;
        out.messagesPerS += row.messagesPerS;
    }
    const auto range = static_cast<series::Second>(seriesRangeS);
    const double before = telemetry.perSecond(Metric::Messages, telemetry.end() - 2 * range, telemetry.end() - range);
    out.messagesPerSBefore = std::isnan(before) ? 0 : before;
    const auto latency = telemetry.distribution(Metric::DeliveryLatency, telemetry.grid(seriesRangeS));
    if (!latency->isEmpty()) {
        constexpr double kUsPerMs = 1000;
        out.p50Ms = latency->quantile(0.50) / kUsPerMs;
        out.p95Ms = latency->quantile(0.95) / kUsPerMs;
        out.p99Ms = latency->quantile(0.99) / kUsPerMs;
    }
    out.handshakesOk = telemetry.total(Metric::HandshakesOk);
    out.handshakesAll = out.handshakesOk + telemetry.total(Metric::HandshakesFailed);
    out.gaps = telemetry.total(Metric::Gaps);
    out.resyncs = telemetry.total(Metric::Resyncs);
    out.errorsHandshake = telemetry.total(Metric::ErrorsHandshake);
    out.errorsOther = telemetry.total(Metric::ErrorsOther);
    return out;
}

void Engine::Core::makeSeries(Instant now)
{
    std::vector<std::pair<WatchId, std::string>> named;
    for (const auto& [id, watch] : watches)
        named.emplace_back(id, watch->spec().connection.name);
    auto frame = makeSeriesFrame(telemetry, now, wallNow(), seriesRangeS, named);
    for (const MarkerRow& marker : markers)
        if (marker.atWall >= frame->beginWall && isAnnotation(marker.kind))
            frame->annotations.push_back(marker);
    seriesFrame = std::move(frame);
    seriesMadeFor = telemetry.end();
}

void Engine::Core::publish(Instant now)
{
    const bool isNewSecond = telemetry.end() != seriesMadeFor;
    if ((!isDirty && !isNewSecond) || now - publishedAt < options.publishInterval)
        return;
    if (isNewSecond) {
        for (const auto& [id, watch] : watches)
            if (const auto roundTrip = watch->roundTrip())
                telemetry.watch(id).roundTrip(toMs(*roundTrip));
        makeSeries(now);
    }
    answerPage(now);
    answerItem(now);
    auto next = std::make_shared<Publication>();
    next->sequence = ++sequence;
    next->wallNow = wallNow();
    for (const auto& [id, watch] : watches)
        next->watches.push_back(rowOf(*watch, now));
    next->totals = totals(next->watches);
    next->log.first = eventLog.first();
    next->log.end = eventLog.end();
    next->log.evicted = eventLog.evicted();
    next->log.usedBytes = eventLog.usedBytes();
    next->log.budgetBytes = eventLog.budgetBytes();
    events::Row oldest;
    if (eventLog.read(eventLog.first(), oldest, 0))
        next->log.oldestWall = static_cast<double>(oldest.receivedNs) / 1e6;
    next->series = seriesFrame;
    next->resources = page;
    next->item = item;
    next->markers.assign(markers.begin(), markers.end());
    publishedAt = now;
    isDirty = false;
    const std::lock_guard lock(publicationLock);
    publication = std::move(next);
}

} // namespace wg::engine
