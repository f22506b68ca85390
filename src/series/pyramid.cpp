// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/pyramid.h"

namespace wg::series {
namespace {

constexpr Second kNone = std::numeric_limits<Second>::min();

constexpr std::size_t kChunk = Pyramid::kChunk;

/// A ring has one chunk more than it must keep: the one that is being filled takes the place of one that has passed whole.
constexpr std::size_t slotsOf(std::size_t level) noexcept { return kLevels[level].buckets + kChunk; }

std::size_t slotOf(std::size_t level, Second number) noexcept
{
    const auto slots = static_cast<Second>(slotsOf(level));
    return static_cast<std::size_t>(number - floorDiv(number, slots) * slots);
}

} // namespace

Pyramid::Pyramid()
{
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
        static_assert(kLevels[0].buckets % kChunk == 0 && kLevels[1].buckets % kChunk == 0 &&
                      kLevels[2].buckets % kChunk == 0);
        m_rings[level].chunks.resize(slotsOf(level) / kChunk);
    }
}

/// Empties the buckets between the newest and number, whole chunks at a time where they are passed altogether.
void Pyramid::advance(std::size_t level, Second number)
{
    Ring& ring = m_rings[level];
    if (ring.newest == kNone || number - ring.newest >= static_cast<Second>(slotsOf(level))) {
        for (auto& chunk : ring.chunks)
            chunk.reset();
    } else {
        for (Second n = ring.newest + 1; n <= number; ++n) {
            const std::size_t slot = slotOf(level, n);
            if (slot % kChunk == 0)
                ring.chunks[slot / kChunk].reset();
            else if (ring.chunks[slot / kChunk])
                ring.chunks[slot / kChunk][slot % kChunk] = Bucket();
        }
    }
    ring.newest = number;
}

void Pyramid::push(Second second, const Bucket& sample)
{
    if (sample.count == 0)
        return;
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
        Ring& ring = m_rings[level];
        const Second number = floorDiv(second, kLevels[level].step);
        if (ring.newest == kNone || number > ring.newest)
            advance(level, number);
        const std::size_t slot = slotOf(level, ring.newest);
        auto& chunk = ring.chunks[slot / kChunk];
        if (!chunk)
            chunk = std::make_unique<Bucket[]>(kChunk);
        chunk[slot % kChunk].merge(sample);
    }
}

const Bucket* Pyramid::find(std::size_t level, Second number) const noexcept
{
    const Ring& ring = m_rings[level];
    if (ring.newest == kNone || number > ring.newest || ring.newest - number >= static_cast<Second>(kLevels[level].buckets))
        return nullptr;
    const std::size_t slot = slotOf(level, number);
    const auto& chunk = ring.chunks[slot / kChunk];
    return chunk ? &chunk[slot % kChunk] : nullptr;
}

void Pyramid::read(const Grid& grid, std::vector<Bucket>& out) const
{
    out.assign(grid.count, Bucket());
    const Second unit = kLevels[grid.level].step;
    for (std::size_t i = 0; i < grid.count; ++i) {
        const Second from = grid.begin + static_cast<Second>(i) * grid.step;
        const Second to = std::min(from + grid.step, grid.end);
        for (Second number = floorDiv(from, unit); number * unit < to; ++number)
            if (const Bucket* bucket = find(grid.level, number))
                out[i].merge(*bucket);
    }
}

Bucket Pyramid::over(Second from, Second to) const
{
    std::size_t level = 0;
    while (level + 1 < kLevels.size() &&
           (m_rings[level].newest == kNone ||
            floorDiv(from, kLevels[level].step) <= m_rings[level].newest - static_cast<Second>(kLevels[level].buckets)))
        ++level;
    const Second unit = kLevels[level].step;
    Bucket all;
    for (Second number = floorDiv(from, unit); number * unit < to; ++number)
        if (const Bucket* bucket = find(level, number))
            all.merge(*bucket);
    return all;
}

} // namespace wg::series
