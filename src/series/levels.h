// SPDX-License-Identifier: GPL-3.0-or-later
// Levels: how long figures are kept at which step, and the grid that a chart asks for.
// Units:  whole seconds on the monotonic clock (Instant), so that a set wall clock tears no line.
#pragma once

#include "base/time.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace wg::series {

using Second = std::int64_t;

struct Level {
    Second step = 1;
    std::size_t buckets = 0;
    [[nodiscard]] constexpr Second span() const noexcept { return step * static_cast<Second>(buckets); }
};
/// 1 s for an hour, 10 s for 12 hours, 1 min for 7 days.
inline constexpr std::array<Level, 3> kLevels{{{1, 3600}, {10, 4320}, {60, 10'080}}};

[[nodiscard]] constexpr Second floorDiv(Second value, Second by) noexcept
{
    return value >= 0 ? value / by : -((-value + by - 1) / by);
}
[[nodiscard]] constexpr Second secondOf(Instant at) noexcept { return floorDiv(at.ns, 1'000'000'000); }
[[nodiscard]] constexpr Instant instantOf(Second second) noexcept { return {second * 1'000'000'000}; }

/// Buckets of one chart: bucket i covers [begin + i * step, begin + (i + 1) * step), cut at end.
struct Grid {
    Second begin = 0;
    Second end = 0; ///< one past the newest full second
    Second step = 1;
    std::size_t count = 0;
    std::size_t level = 0; ///< of kLevels, whose step divides this one

    /// The range before end in at most maxPoints buckets, aligned so that a bucket keeps its seconds as time goes on.
    [[nodiscard]] static constexpr Grid over(Second end, double rangeS, std::size_t maxPoints) noexcept
    {
        const Second range = std::clamp<Second>(static_cast<Second>(rangeS), 1, kLevels.back().span());
        const auto points = static_cast<Second>(std::max<std::size_t>(maxPoints, 2)) - 1; // one is lost to alignment
        const Second want = (range + points - 1) / points;
        std::size_t level = 0;
        while (level + 1 < kLevels.size() && (kLevels[level].span() < range || kLevels[level + 1].step <= want))
            ++level;
        const Second unit = kLevels[level].step;
        Grid grid;
        grid.level = level;
        grid.end = end;
        grid.step = (want + unit - 1) / unit * unit;
        grid.begin = floorDiv(end - range, grid.step) * grid.step;
        grid.count = static_cast<std::size_t>((end - grid.begin + grid.step - 1) / grid.step);
        return grid;
    }
};

} // namespace wg::series
