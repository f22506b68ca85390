// SPDX-License-Identifier: GPL-3.0-or-later
// ConnectionTimeline: when one watch was live, resyncing, stale or down, and when it reconnected.
// Limits: kMost stretches and as many ticks; the oldest go.
// Thread: the engine's.
#pragma once

#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace wg::series {

enum class Phase : std::uint8_t { Live, Resync, Stale, Down };

class ConnectionTimeline {
public:
    static constexpr std::size_t kMost = 10'000;

    struct Stretch {
        Phase phase{};
        Instant from;
        Instant to;
    };

    /// From now on it is so; the same phase again goes on.
    void enter(Phase phase, Instant now);
    /// A stream that had been up before is up again.
    void reconnected(Instant now);

    [[nodiscard]] Phase phase() const noexcept { return m_starts.empty() ? Phase::Down : m_starts.back().phase; }
    /// Stretches that touch [from, to), cut to it; the running one ends at to.
    [[nodiscard]] std::vector<Stretch> stretches(Instant from, Instant to) const;
    [[nodiscard]] std::vector<Instant> reconnects(Instant from, Instant to) const;
    /// How long it has been anything but down; 0 while down.
    [[nodiscard]] Duration upFor(Instant now) const;

private:
    struct Start {
        Phase phase{};
        Instant at;
    };
    std::deque<Start> m_starts;
    std::deque<Instant> m_reconnects;
    std::optional<Instant> m_upSince;
};

} // namespace wg::series
