// SPDX-License-Identifier: GPL-3.0-or-later
// HistogramRing: a distribution over time, one histogram a bucket at every step of kLevels, merged exactly on read.
// Shape:  closed buckets are packed (bin distance and count as variable-length numbers, about 2.5 B a used bin).
// Limits: kMostBytes a level: beyond it the oldest histograms go early, counted by droppedEarly(), and read as gaps.
// Thread: the engine's.
#pragma once

#include "base/limits.h"
#include "series/levels.h"
#include "series/log_histogram.h"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace wg::series {

class HistogramRing {
public:
    static constexpr std::size_t kMostBytes = 16 * limits::kMiB;

    /// The samples of one second. Seconds do not go back: an earlier one is merged into the newest.
    void push(Second second, const SecondHistogram& samples);
    /// Adds what is in [from, to) to out, at that level's step.
    void mergeInto(LogHistogram& out, std::size_t level, Second from, Second to) const;
    /// Quantiles for each bucket of grid, divided by unit; NaN where there is no sample. results[i] belongs to qs[i].
    void quantiles(const Grid& grid, const std::vector<double>& qs, double unit,
                   const std::vector<std::vector<float>*>& results) const;
    [[nodiscard]] std::uint64_t droppedEarly() const noexcept { return m_droppedEarly; }
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    struct Packed {
        Second number = 0;
        std::uint64_t max = 0;
        std::string bytes;
    };
    struct Ring {
        std::deque<Packed> closed; ///< oldest first; only buckets that have samples
        LogHistogram open;
        Second openNumber = 0;
        std::size_t bytes = 0;
    };
    static std::string pack(const LogHistogram& histogram);
    static void unpack(const Packed& packed, LogHistogram& out);
    void close(std::size_t level);

    std::array<Ring, kLevels.size()> m_rings;
    std::uint64_t m_droppedEarly = 0;
};

} // namespace wg::series
