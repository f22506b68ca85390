// SPDX-License-Identifier: GPL-3.0-or-later
// SecondBins: how many events came in each second, filled by a scan and read by the density histogram.
// Limits: the newest kSeconds; what is older is dropped.
// Thread: any; a short mutex.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace wg::ui {

class SecondBins {
public:
    static constexpr std::int64_t kSeconds = 86'400;

    void add(std::int64_t receivedNs);
    void dropBefore(std::int64_t receivedNs);
    /// Sums over count equal steps from beginS on (Unix seconds).
    [[nodiscard]] std::vector<std::uint32_t> sums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const;

private:
    mutable std::mutex m_mutex;
    std::int64_t m_firstS = 0;
    std::deque<std::uint32_t> m_counts;
};

} // namespace wg::ui
