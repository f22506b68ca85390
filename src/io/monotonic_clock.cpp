// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/monotonic_clock.h"

#include <chrono>
#include <ctime>

namespace wg::io {

Instant MonotonicClock::now() const
{
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return {static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec};
#endif
    return {std::chrono::steady_clock::now().time_since_epoch().count()};
}

WallMs MonotonicClock::wallNow() const
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()) / 1e6;
}

} // namespace wg::io
