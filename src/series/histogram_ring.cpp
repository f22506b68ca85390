// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/histogram_ring.h"

#include <limits>
#include <memory>

namespace wg::series {
namespace {

void putNumber(std::string& bytes, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
}

std::uint64_t takeNumber(const char*& at)
{
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        value |= std::uint64_t(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return value;
    }
}

} // namespace

std::string HistogramRing::pack(const LogHistogram& histogram)
{
    std::string bytes;
    std::size_t before = 0;
    for (std::size_t bin = histogram.firstBin(); bin <= histogram.lastBin(); ++bin) {
        if (const std::uint64_t count = histogram.at(bin)) {
            putNumber(bytes, bin - before);
            putNumber(bytes, count);
            before = bin;
        }
    }
    bytes.shrink_to_fit();
    return bytes;
}

void HistogramRing::unpack(const Packed& packed, LogHistogram& out)
{
    std::size_t bin = 0;
    const char* at = packed.bytes.data();
    const char* const end = at + packed.bytes.size();
    while (at < end) {
        bin += static_cast<std::size_t>(takeNumber(at));
        out.add(bin, takeNumber(at));
    }
    out.raiseMax(packed.max);
}

void HistogramRing::close(std::size_t level)
{
    Ring& ring = m_rings[level];
    if (ring.open.isEmpty())
        return;
    ring.closed.push_back({ring.openNumber, ring.open.max(), pack(ring.open)});
    ring.bytes += ring.closed.back().bytes.size();
    ring.open.clear();
    const Second oldest = ring.openNumber - static_cast<Second>(kLevels[level].buckets);
    while (!ring.closed.empty() && (ring.closed.front().number <= oldest || ring.bytes > kMostBytes)) {
        m_droppedEarly += ring.closed.front().number > oldest;
        ring.bytes -= ring.closed.front().bytes.size();
        ring.closed.pop_front();
    }
}

void HistogramRing::push(Second second, const SecondHistogram& samples)
{
    if (samples.isEmpty())
        return;
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
        Ring& ring = m_rings[level];
        const Second number = floorDiv(second, kLevels[level].step);
        if (ring.open.isEmpty() && (ring.closed.empty() || number > ring.closed.back().number)) {
            ring.openNumber = number;
        } else if (number > ring.openNumber) {
            close(level);
            ring.openNumber = number;
        }
        ring.open.merge(samples);
    }
}

void HistogramRing::mergeInto(LogHistogram& out, std::size_t level, Second from, Second to) const
{
    const Ring& ring = m_rings[level];
    const Second first = floorDiv(from, kLevels[level].step);
    const Second last = floorDiv(to - 1, kLevels[level].step);
    auto at = std::partition_point(ring.closed.begin(), ring.closed.end(),
                                   [first](const Packed& packed) { return packed.number < first; });
    for (; at != ring.closed.end() && at->number <= last; ++at)
        unpack(*at, out);
    if (!ring.open.isEmpty() && ring.openNumber >= first && ring.openNumber <= last)
        out.merge(ring.open);
}

void HistogramRing::quantiles(const Grid& grid, const std::vector<double>& qs, double unit,
                              const std::vector<std::vector<float>*>& results) const
{
    for (auto* values : results)
        values->assign(grid.count, std::numeric_limits<float>::quiet_NaN());
    const auto merged = std::make_unique<LogHistogram>();
    for (std::size_t i = 0; i < grid.count; ++i) {
        const Second from = grid.begin + static_cast<Second>(i) * grid.step;
        merged->clear();
        mergeInto(*merged, grid.level, from, std::min(from + grid.step, grid.end));
        for (std::size_t q = 0; q < qs.size() && !merged->isEmpty(); ++q)
            (*results[q])[i] = static_cast<float>(merged->quantile(qs[q]) / unit);
    }
}

std::size_t HistogramRing::bytes() const noexcept
{
    std::size_t all = 0;
    for (const Ring& ring : m_rings)
        all += ring.bytes;
    return all;
}

} // namespace wg::series
