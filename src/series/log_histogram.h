// SPDX-License-Identifier: GPL-3.0-or-later
// LogHistogram: how often which magnitude occurred. Log-linear bins, so quantiles hold over any range and merge.
// Shape:  values below 64 have a bin each; above, 64 equal bins to every doubling.
// Units:  whole numbers (microseconds, bytes). A quantile is the middle of its bin: within 0.8 % of a true sample value
//         (kRelativeError); below 64 it is exact.
// Limits: 2^36 - 1; what is above is counted in the last bin. 4 or 8 B a bin, 1984 bins. Nothing is allocated later.
// Source: the layout of HdrHistogram (Gil Tene), with a power-of-two number of sub-bins.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace wg::series {

namespace bins {
inline constexpr unsigned kSubBits = 6;
inline constexpr std::uint64_t kSubBins = 1u << kSubBits;
inline constexpr unsigned kTopBits = 36;
inline constexpr std::size_t kCount = kSubBins * (kTopBits - kSubBits + 1);
inline constexpr double kRelativeError = 0.5 / static_cast<double>(kSubBins);

[[nodiscard]] constexpr std::size_t indexOf(std::uint64_t value) noexcept
{
    if (value < kSubBins)
        return static_cast<std::size_t>(value);
    if (value >> kTopBits != 0)
        return kCount - 1;
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - kSubBits;
    return static_cast<std::size_t>(shift * kSubBins + (value >> shift));
}
[[nodiscard]] constexpr std::uint64_t lowest(std::size_t bin) noexcept
{
    if (bin < 2 * kSubBins)
        return bin;
    const auto shift = static_cast<unsigned>(bin / kSubBins - 1);
    return (bin % kSubBins + kSubBins) << shift;
}
/// Middle of the bin's values.
[[nodiscard]] constexpr double middle(std::size_t bin) noexcept
{
    return bin < 2 * kSubBins ? static_cast<double>(bin)
                              : (static_cast<double>(lowest(bin)) + static_cast<double>(lowest(bin + 1)) - 1) / 2;
}
} // namespace bins

template <typename Count>
class BasicLogHistogram {
public:
    void record(std::uint64_t value) noexcept
    {
        const std::size_t bin = bins::indexOf(value);
        ++m_counts[bin];
        touch(bin, bin);
        ++m_total;
        m_max = std::max(m_max, value);
    }
    void add(std::size_t bin, std::uint64_t count) noexcept
    {
        m_counts[bin] += static_cast<Count>(count);
        touch(bin, bin);
        m_total += count;
    }
    void raiseMax(std::uint64_t value) noexcept { m_max = std::max(m_max, value); }
    template <typename Other>
    void merge(const BasicLogHistogram<Other>& other) noexcept
    {
        if (other.isEmpty())
            return;
        for (std::size_t bin = other.firstBin(); bin <= other.lastBin(); ++bin)
            m_counts[bin] += static_cast<Count>(other.at(bin));
        touch(other.firstBin(), other.lastBin());
        m_total += other.total();
        m_max = std::max(m_max, other.max());
    }
    void clear() noexcept
    {
        if (!isEmpty())
            std::fill(m_counts.begin() + static_cast<std::ptrdiff_t>(m_first),
                      m_counts.begin() + static_cast<std::ptrdiff_t>(m_last) + 1, Count(0));
        m_first = bins::kCount;
        m_last = 0;
        m_total = 0;
        m_max = 0;
    }

    [[nodiscard]] bool isEmpty() const noexcept { return m_first > m_last; }
    [[nodiscard]] std::uint64_t total() const noexcept { return m_total; }
    [[nodiscard]] std::uint64_t max() const noexcept { return m_max; } ///< exact
    [[nodiscard]] Count at(std::size_t bin) const noexcept { return m_counts[bin]; }
    [[nodiscard]] std::size_t firstBin() const noexcept { return m_first; }
    [[nodiscard]] std::size_t lastBin() const noexcept { return m_last; }
    /// The value that a share of q (0..1) of the samples does not exceed; NaN if there is none.
    [[nodiscard]] double quantile(double q) const noexcept
    {
        if (isEmpty() || m_total == 0)
            return std::nan("");
        const double rank = std::ceil(std::clamp(q, 0.0, 1.0) * static_cast<double>(m_total));
        const auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank));
        std::uint64_t seen = 0;
        for (std::size_t bin = m_first; bin <= m_last; ++bin) {
            seen += m_counts[bin];
            if (seen >= wanted)
                return std::min(bins::middle(bin), static_cast<double>(m_max));
        }
        return static_cast<double>(m_max);
    }

private:
    void touch(std::size_t from, std::size_t to) noexcept
    {
        m_first = std::min(m_first, from);
        m_last = std::max(m_last, to);
    }

    std::array<Count, bins::kCount> m_counts{};
    std::size_t m_first = bins::kCount; ///< above m_last: empty
    std::size_t m_last = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_max = 0;
};

using LogHistogram = BasicLogHistogram<std::uint64_t>;
using SecondHistogram = BasicLogHistogram<std::uint32_t>; ///< of one second

} // namespace wg::series
