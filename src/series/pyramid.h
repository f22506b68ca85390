// SPDX-License-Identifier: GPL-3.0-or-later
// Pyramid: one figure over time as min, max, last, sum and count, at every step of kLevels.
// Shape:  a ring per level, in chunks that come into being when something falls into them and go when it has passed.
// Limits: 24 B a bucket: at most 460 KB for seven days without a pause; nothing for a figure that never occurs.
// Cost:   push once a second; a read looks at no more than ten buckets a point.
// Thread: the engine's.
#pragma once

#include "series/levels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace wg::series {

struct Bucket {
    float min = std::numeric_limits<float>::quiet_NaN();
    float max = std::numeric_limits<float>::quiet_NaN();
    float last = std::numeric_limits<float>::quiet_NaN();
    std::uint32_t count = 0; ///< samples: seconds that were observed. 0 = a gap
    double sum = 0;

    [[nodiscard]] static Bucket of(double value) noexcept
    {
        const auto v = static_cast<float>(value);
        return {v, v, v, 1, value};
    }
    /// Takes in a later bucket.
    void merge(const Bucket& later) noexcept
    {
        if (later.count == 0)
            return;
        min = count == 0 ? later.min : std::min(min, later.min);
        max = count == 0 ? later.max : std::max(max, later.max);
        last = later.last;
        count += later.count;
        sum += later.sum;
    }
    [[nodiscard]] double mean() const noexcept
    {
        return count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / count;
    }
};

class Pyramid {
public:
    static constexpr std::size_t kChunk = 360; ///< buckets

    Pyramid();

    /// The sample of one second. Seconds do not go back: an earlier one is merged into the newest.
    void push(Second second, const Bucket& sample);
    /// One bucket for each of grid, into out (reused).
    void read(const Grid& grid, std::vector<Bucket>& out) const;
    /// Everything in [from, to) as one, at the finest step that reaches back that far.
    [[nodiscard]] Bucket over(Second from, Second to) const;

private:
    struct Ring {
        std::vector<std::unique_ptr<Bucket[]>> chunks;
        Second newest = std::numeric_limits<Second>::min(); ///< bucket number; min = none yet
    };
    void advance(std::size_t level, Second number);
    [[nodiscard]] const Bucket* find(std::size_t level, Second number) const noexcept;

    std::array<Ring, kLevels.size()> m_rings;
};

} // namespace wg::series
