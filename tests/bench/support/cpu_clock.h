// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks of a benchmark: this thread's processor time (user and system) and the wall.
#pragma once

#include <ctime>

namespace wg::bench {

inline double seconds(clockid_t clock)
{
    timespec t{};
    ::clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}
inline double threadCpuSeconds() { return seconds(CLOCK_THREAD_CPUTIME_ID); }
inline double wallSeconds() { return seconds(CLOCK_MONOTONIC); }

/// What a stretch of work took.
struct Cost {
    double cpuS = 0;
    double wallS = 0;
};

class CostMeter {
public:
    [[nodiscard]] Cost soFar() const { return {threadCpuSeconds() - m_cpu, wallSeconds() - m_wall}; }

private:
    double m_cpu = threadCpuSeconds();
    double m_wall = wallSeconds();
};

} // namespace wg::bench
