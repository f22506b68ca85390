// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/telemetry.h"

#include <limits>

namespace wg::series {
namespace {

constexpr float kNoSample = std::numeric_limits<float>::quiet_NaN();
constexpr double kMicrosecondsPerMs = 1000;
/// A pause of more seconds than this between two ticks was a suspend or a blocked thread: nothing is known of it.
constexpr Second kMostQuietSeconds = 5;

constexpr std::size_t at(Metric metric) noexcept { return static_cast<std::size_t>(metric); }

float valueOf(const Bucket& bucket, Reading reading) noexcept
{
    if (bucket.count == 0)
        return kNoSample;
    switch (reading) {
    case Reading::PerSecond:
    case Reading::Mean: return static_cast<float>(bucket.mean());
    case Reading::Sum: return static_cast<float>(bucket.sum);
    case Reading::Last: return bucket.last;
    case Reading::Max: return bucket.max;
    }
    return kNoSample;
}

/// A rare counter has buckets only where it occurred: elsewhere it is 0 if that time was observed at all.
void readRare(const Pyramid& counter, const Pyramid& observed, Reading reading, const Grid& grid, std::vector<float>& out)
{
    std::vector<Bucket> seen;
    std::vector<Bucket> counted;
    observed.read(grid, seen);
    counter.read(grid, counted);
    out.resize(grid.count);
    for (std::size_t i = 0; i < grid.count; ++i) {
        Bucket bucket = counted[i].count == 0 ? Bucket::of(0) : counted[i];
        bucket.count = std::max(counted[i].count, seen[i].count);
        out[i] = valueOf(bucket, reading);
    }
}

bool isDense(Metric metric) noexcept
{
    return metric == Metric::Messages || metric == Metric::Bytes || entry(metric).kind == MetricKind::Gauge;
}

} // namespace

// --- one watch

void WatchSeries::enter(Phase phase, Instant now)
{
    m_timeline.enter(phase, now);
    m_wasUp = m_wasUp || phase != Phase::Down;
}

void WatchSeries::closeSecond(Second second)
{
    const auto messages = m_now[at(Metric::Messages)];
    if (m_wasUp || messages > 0) {
        m_pyramids[at(Metric::Messages)].push(second, Bucket::of(static_cast<double>(messages)));
        m_pyramids[at(Metric::Bytes)].push(second, Bucket::of(static_cast<double>(m_now[at(Metric::Bytes)])));
    }
    m_messagesPerS = static_cast<double>(messages);
    for (std::size_t i = 0; i < kCounters; ++i) {
        if (m_now[i] != 0 && !isDense(static_cast<Metric>(i)))
            m_pyramids[i].push(second, Bucket::of(static_cast<double>(m_now[i])));
        m_total[i] += m_now[i];
        m_now[i] = 0;
    }
    if (!m_latencies.isEmpty())
        m_lagMs = m_latencies.quantile(0.5) / kMicrosecondsPerMs;
    m_latencies.clear();
    m_sizes.clear();
    m_wasUp = m_timeline.phase() != Phase::Down;
}

void WatchSeries::read(Metric counter, Reading reading, const Grid& grid, std::vector<float>& out) const
{
    if (!isDense(counter)) {
        readRare(m_pyramids[at(counter)], m_pyramids[at(Metric::Messages)], reading, grid, out);
        return;
    }
    std::vector<Bucket> buckets;
    m_pyramids[at(counter)].read(grid, buckets);
    out.resize(grid.count);
    for (std::size_t i = 0; i < grid.count; ++i)
        out[i] = valueOf(buckets[i], reading);
}

double WatchSeries::sum(Metric counter, Second from, Second to) const
{
    return m_pyramids[at(counter)].over(from, to).sum;
}

// --- all watches

Telemetry::Telemetry(Instant now) : m_second(secondOf(now)), m_secondEnds(instantOf(m_second + 1)), m_processAt(now) {}

WatchSeries& Telemetry::watch(std::uint32_t id)
{
    auto& series = m_watches[id];
    if (!series)
        series = std::make_unique<WatchSeries>();
    return *series;
}

const WatchSeries* Telemetry::find(std::uint32_t id) const
{
    const auto found = m_watches.find(id);
    return found == m_watches.end() ? nullptr : found->second.get();
}

void Telemetry::remove(std::uint32_t id)
{
    const auto found = m_watches.find(id);
    if (found == m_watches.end())
        return;
    fold(*found->second);
    m_watches.erase(found);
}

std::vector<std::uint32_t> Telemetry::watches() const
{
    std::vector<std::uint32_t> ids;
    for (const auto& [id, series] : m_watches)
        ids.push_back(id);
    return ids;
}

/// Moves a watch's running second into the totals' running second.
void Telemetry::fold(WatchSeries& watch)
{
    m_isObserved = m_isObserved || watch.m_wasUp || watch.m_now[at(Metric::Messages)] > 0;
    for (std::size_t i = 0; i < kCounters; ++i)
        m_now[i] += watch.m_now[i];
    m_secondLatencies.merge(watch.m_latencies);
    m_secondSizes.merge(watch.m_sizes);
    watch.closeSecond(m_second);
}

void Telemetry::closeSecond()
{
    double active = 0;
    Bucket roundTrips;
    for (auto& [id, series] : m_watches) {
        fold(*series);
        active += series->timeline().phase() == Phase::Down ? 0 : 1;
        if (series->m_roundTripMs >= 0)
            roundTrips.merge(Bucket::of(series->m_roundTripMs));
    }
    for (const Metric metric : {Metric::Messages, Metric::Bytes})
        if (m_isObserved)
            m_pyramids[at(metric)].push(m_second, Bucket::of(static_cast<double>(m_now[at(metric)])));
    for (std::size_t i = 0; i < kCounters; ++i) {
        if (m_now[i] != 0 && !isDense(static_cast<Metric>(i)))
            m_pyramids[i].push(m_second, Bucket::of(static_cast<double>(m_now[i])));
        m_total[i] += m_now[i];
        m_now[i] = 0;
    }
    m_pyramids[at(Metric::ConnectionsActive)].push(m_second, Bucket::of(active));
    m_pyramids[at(Metric::RoundTrip)].push(m_second, roundTrips);
    m_latencies.push(m_second, m_secondLatencies);
    m_sizes.push(m_second, m_secondSizes);
    m_secondLatencies.clear();
    m_secondSizes.clear();
    m_isObserved = false;
    ++m_second;
    m_secondEnds = instantOf(m_second + 1);
}

void Telemetry::closeUpTo(Instant now)
{
    const Second current = secondOf(now);
    closeSecond();
    if (current - m_second > kMostQuietSeconds) {
        m_second = current;
        m_secondEnds = instantOf(m_second + 1);
        return;
    }
    while (m_second < current)
        closeSecond();
}

void Telemetry::process(const ProcessFigures& figures, Instant now)
{
    advance(now);
    const double elapsed = toSeconds(now - m_processAt);
    if (m_process && elapsed > 0) {
        const double percent = 100 * (figures.cpuSeconds - m_process->cpuSeconds) / elapsed;
        m_pyramids[at(Metric::ProcessCpu)].push(m_second - 1, Bucket::of(percent));
    }
    m_pyramids[at(Metric::ProcessMemory)].push(m_second - 1, Bucket::of(figures.memoryMb));
    m_pyramids[at(Metric::ProcessFiles)].push(m_second - 1, Bucket::of(figures.files));
    m_process = figures;
    m_processAt = now;
}

std::uint64_t Telemetry::total(Metric counter) const
{
    std::uint64_t all = m_total[at(counter)] + m_now[at(counter)];
    for (const auto& [id, series] : m_watches)
        all += series->m_now[at(counter)];
    return all;
}

void Telemetry::read(Metric metric, const Grid& grid, std::vector<Bucket>& out) const
{
    m_pyramids[at(metric)].read(grid, out);
}

void Telemetry::read(Metric metric, Reading reading, const Grid& grid, std::vector<float>& out) const
{
    if (!isDense(metric)) {
        readRare(m_pyramids[at(metric)], m_pyramids[at(Metric::ConnectionsActive)], reading, grid, out);
        return;
    }
    std::vector<Bucket> buckets;
    read(metric, grid, buckets);
    out.resize(grid.count);
    for (std::size_t i = 0; i < grid.count; ++i)
        out[i] = valueOf(buckets[i], reading);
}

double Telemetry::sum(Metric counter, Second from, Second to) const { return m_pyramids[at(counter)].over(from, to).sum; }

double Telemetry::perSecond(Metric counter, Second from, Second to) const
{
    return m_pyramids[at(counter)].over(from, to).mean();
}

void Telemetry::latencies(const Grid& grid, std::vector<float>& p50, std::vector<float>& p95, std::vector<float>& p99) const
{
    m_latencies.quantiles(grid, {0.50, 0.95, 0.99}, kMicrosecondsPerMs, {&p50, &p95, &p99});
}

std::unique_ptr<LogHistogram> Telemetry::distribution(Metric histogram, const Grid& grid) const
{
    auto all = std::make_unique<LogHistogram>();
    const HistogramRing& ring = histogram == Metric::MessageSize ? m_sizes : m_latencies;
    ring.mergeInto(*all, grid.level, grid.begin, grid.end);
    return all;
}

} // namespace wg::series
