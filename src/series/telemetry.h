// SPDX-License-Identifier: GPL-3.0-or-later
// Telemetry: all figures of one engine, per watch and as totals, at the steps of kLevels.
// Shape:  watches count into plain numbers of the running second; advance() closes a second when its time is over.
//         A second in which a watch had no connection is a gap (NaN), not a zero.
// Units:  Instants of the monotonic clock; latency in ms outside, in whole microseconds inside.
// Limits: see Pyramid, HistogramRing, ConnectionTimeline. Cost: message() 10 ns, allocates nothing.
// Thread: the engine's. Call advance(now) before counting at a new time (a comparison unless a second is over).
#pragma once

#include "series/catalogue.h"
#include "series/connection_timeline.h"
#include "series/histogram_ring.h"
#include "series/process_figures.h"
#include "series/pyramid.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace wg::series {

/// How the buckets of a metric become one number a point.
enum class Reading : std::uint8_t {
    PerSecond, ///< counters: mean per observed second
    Sum,       ///< counters: how many in the bucket
    Last,      ///< gauges
    Max,
    Mean,
};

/// Figures of one watch. References stay good until Telemetry::remove().
class WatchSeries {
public:
    static constexpr double kMostLatencyMs = 60'000'000; ///< about what the histogram holds; more counts as this

    /// latencyMs below 0 = unknown.
    void message(std::size_t bytes, double latencyMs) noexcept
    {
        ++m_now[static_cast<std::size_t>(Metric::Messages)];
        m_now[static_cast<std::size_t>(Metric::Bytes)] += bytes;
        m_sizes.record(bytes);
        if (latencyMs >= 0)
            m_latencies.record(static_cast<std::uint64_t>(std::min(latencyMs, kMostLatencyMs) * 1000.0));
    }
    /// metric: one of the counters.
    void count(Metric metric, std::uint64_t by = 1) noexcept { m_now[static_cast<std::size_t>(metric)] += by; }
    void roundTrip(double ms) noexcept { m_roundTripMs = ms; }
    void enter(Phase phase, Instant now);
    void reconnected(Instant now) { m_timeline.reconnected(now); }

    [[nodiscard]] std::uint64_t total(Metric counter) const noexcept
    {
        return m_total[static_cast<std::size_t>(counter)] + m_now[static_cast<std::size_t>(counter)];
    }
    [[nodiscard]] const ConnectionTimeline& timeline() const noexcept { return m_timeline; }
    /// Median of the newest full second that had a sample; -1 = none yet.
    [[nodiscard]] double lagMs() const noexcept { return m_lagMs; }
    [[nodiscard]] double roundTripMs() const noexcept { return m_roundTripMs; } ///< -1 = none yet
    /// Messages of the newest full second; 0 if it had none.
    [[nodiscard]] double messagesPerS() const noexcept { return m_messagesPerS; }
    /// Per grid bucket; NaN = not connected.
    void read(Metric counter, Reading reading, const Grid& grid, std::vector<float>& out) const;
    [[nodiscard]] double sum(Metric counter, Second from, Second to) const;

private:
    friend class Telemetry;
    void closeSecond(Second second);

    std::array<std::uint64_t, kCounters> m_now{};
    std::array<std::uint64_t, kCounters> m_total{};
    SecondHistogram m_latencies;
    SecondHistogram m_sizes;
    std::array<Pyramid, kCounters> m_pyramids;
    ConnectionTimeline m_timeline;
    bool m_wasUp = false; ///< at some time of the running second
    double m_lagMs = -1;
    double m_roundTripMs = -1;
    double m_messagesPerS = 0;
};

class Telemetry {
public:
    explicit Telemetry(Instant now);

    /// The figures of that watch, made when first asked for.
    [[nodiscard]] WatchSeries& watch(std::uint32_t id);
    [[nodiscard]] const WatchSeries* find(std::uint32_t id) const;
    void remove(std::uint32_t id); ///< what it counted stays in the totals
    [[nodiscard]] std::vector<std::uint32_t> watches() const;

    void advance(Instant now)
    {
        if (now >= m_secondEnds)
            closeUpTo(now);
    }
    [[nodiscard]] Instant nextDeadline() const noexcept { return m_secondEnds; }
    /// Call about once a second; the first one only sets the mark for the CPU figure.
    void process(const ProcessFigures& figures, Instant now);

    // --- totals
    /// One past the newest full second.
    [[nodiscard]] Second end() const noexcept { return m_second; }
    [[nodiscard]] Grid grid(double rangeS, std::size_t maxPoints = 600) const { return Grid::over(m_second, rangeS, maxPoints); }
    [[nodiscard]] std::uint64_t total(Metric counter) const;
    void read(Metric counterOrGauge, Reading reading, const Grid& grid, std::vector<float>& out) const;
    /// The buckets themselves: min and max for envelopes.
    void read(Metric counterOrGauge, const Grid& grid, std::vector<Bucket>& out) const;
    [[nodiscard]] double sum(Metric counter, Second from, Second to) const;
    /// Mean per second over [from, to); NaN if nothing was observed.
    [[nodiscard]] double perSecond(Metric counter, Second from, Second to) const;
    /// Latency quantiles in ms, per bucket.
    void latencies(const Grid& grid, std::vector<float>& p50, std::vector<float>& p95, std::vector<float>& p99) const;
    /// Everything in the grid's range as one: in microseconds or bytes.
    [[nodiscard]] std::unique_ptr<LogHistogram> distribution(Metric histogram, const Grid& grid) const;

private:
    void closeUpTo(Instant now);
    void closeSecond();
    void fold(WatchSeries& watch);

    Second m_second; ///< the running one
    Instant m_secondEnds;
    std::map<std::uint32_t, std::unique_ptr<WatchSeries>> m_watches;
    std::array<std::uint64_t, kCounters> m_now{}; ///< of the second that is being closed
    std::array<std::uint64_t, kCounters> m_total{};
    bool m_isObserved = false; ///< a watch was up in the second that is being closed
    std::array<Pyramid, kMetrics> m_pyramids; ///< the histograms' own places stay empty
    SecondHistogram m_secondLatencies;
    SecondHistogram m_secondSizes;
    HistogramRing m_latencies;
    HistogramRing m_sizes;
    std::optional<ProcessFigures> m_process;
    Instant m_processAt;
};

} // namespace wg::series
