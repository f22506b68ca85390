// SPDX-License-Identifier: GPL-3.0-or-later
// Back-off: how long to wait before the next try. Pure: the random number is handed in.
// Units: milliseconds as double, u in [0,1).
// Source: SYNC B3.10; AWS "Exponential Backoff And Jitter" (full, equal, decorrelated).
#pragma once

#include "base/time.h"

#include <optional>

namespace wg::sync {

enum class Jitter { Full, Equal, FloorFull, Decorrelated };

struct BackoffPolicy {
    Jitter jitter = Jitter::Full;
    double baseMs = 500;
    double capMs = 30'000;
    double maxRetryAfterMs = 3'600'000; ///< ceiling for what a server may ask
    double resetAfterMs = 60'000;       ///< this long in health forgets earlier failures
};

/// The delay before try number attempt (from 0). retryAfterMs is a lower bound, jitter goes on top of it.
[[nodiscard]] double backoffDelayMs(const BackoffPolicy& policy, unsigned attempt, double u,
                                    std::optional<double> retryAfterMs = {}, double previousMs = 0);

} // namespace wg::sync
