// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/second_bins.h"

#include <algorithm>

namespace wg::ui {

void SecondBins::add(std::int64_t receivedNs)
{
    const std::int64_t second = receivedNs / 1'000'000'000;
    const std::lock_guard lock(m_mutex);
    if (m_counts.empty())
        m_firstS = second;
    const auto held = static_cast<std::int64_t>(m_counts.size());
    if (second < m_firstS) {
        if (m_firstS + held - second > kSeconds)
            return;
        m_counts.insert(m_counts.begin(), static_cast<std::size_t>(m_firstS - second), 0);
        m_firstS = second;
    } else if (second >= m_firstS + kSeconds) {
        const std::int64_t dropped = std::min(held, second - kSeconds + 1 - m_firstS);
        m_counts.erase(m_counts.begin(), m_counts.begin() + dropped);
        m_firstS = m_counts.empty() ? second : m_firstS + dropped;
    }
    const auto at = static_cast<std::size_t>(second - m_firstS);
    if (at >= m_counts.size())
        m_counts.resize(at + 1, 0);
    ++m_counts[at];
}

void SecondBins::dropBefore(std::int64_t receivedNs)
{
    const std::int64_t second = receivedNs / 1'000'000'000;
    const std::lock_guard lock(m_mutex);
    const std::int64_t dropped = std::clamp<std::int64_t>(second - m_firstS, 0, static_cast<std::int64_t>(m_counts.size()));
    m_counts.erase(m_counts.begin(), m_counts.begin() + dropped);
    m_firstS += dropped;
}

std::vector<std::uint32_t> SecondBins::sums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const
{
    std::vector<std::uint32_t> out(count, 0);
    const std::lock_guard lock(m_mutex);
    const std::int64_t endS = beginS + stepS * static_cast<std::int64_t>(count);
    const std::int64_t from = std::max(beginS, m_firstS);
    const std::int64_t to = std::min(endS, m_firstS + static_cast<std::int64_t>(m_counts.size()));
    for (std::int64_t second = from; second < to; ++second)
        out[static_cast<std::size_t>((second - beginS) / stepS)] += m_counts[static_cast<std::size_t>(second - m_firstS)];
    return out;
}

} // namespace wg::ui
