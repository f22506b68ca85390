// SPDX-License-Identifier: GPL-3.0-or-later
// Time as values. The middle never reads a clock: it is handed an Instant and gives back deadlines.
// Units: Duration and Instant count nanoseconds; WallMs counts Unix milliseconds (fractions allowed).
#pragma once

#include <chrono>
#include <cstdint>

namespace wg {

using Duration = std::chrono::nanoseconds;

/// A point on the monotonic clock that includes suspend (CLOCK_BOOTTIME where there is one).
struct Instant {
    std::int64_t ns = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant at, Duration by) { return {at.ns + by.count()}; }
    friend constexpr Instant operator-(Instant at, Duration by) { return {at.ns - by.count()}; }
    friend constexpr Duration operator-(Instant a, Instant b) { return Duration(a.ns - b.ns); }
};

/// Server or wall time, Unix milliseconds. NaN where unknown is not used: absent is std::optional or 0.
using WallMs = double;

constexpr Duration fromMs(double ms) { return Duration(static_cast<std::int64_t>(ms * 1e6)); }
constexpr double toMs(Duration d) { return static_cast<double>(d.count()) / 1e6; }
constexpr Duration fromSeconds(double s) { return Duration(static_cast<std::int64_t>(s * 1e9)); }
constexpr double toSeconds(Duration d) { return static_cast<double>(d.count()) / 1e9; }

} // namespace wg
