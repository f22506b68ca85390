// SPDX-License-Identifier: GPL-3.0-or-later
// Back-off: how long to wait before the next try. Pure: the random number is handed in.
// Shape:  backoffDelayMs() is the arithmetic; RetryPacer counts failures in a row for one watch, whose stream and
//         snapshot share it.
// Units:  milliseconds as double, u in [0,1).
// Source: SYNC B3.10; AWS "Exponential Backoff And Jitter" (full, equal, decorrelated).
#pragma once

#include "base/time.h"

#include <optional>

namespace wg::sync
{

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

/// The waits of one watch. Every call that gives a delay takes the random number that it spends.
class RetryPacer
{
public:
    explicit RetryPacer(const BackoffPolicy& policy)
        : m_policy(policy)
    {
    }

    /// A try failed: the wait before the next one; the one after that waits longer.
    double failed(double u, std::optional<double> floorMs = {});
    /// An end that was no failure: waits as long as the count so far asks, without raising it.
    double ended(double u, std::optional<double> floorMs = {});
    /// A resync ("too old", a gap): at once the first time since progress, as a failure after that.
    double resync(double u, std::optional<double> floorMs = {});
    /// Progress, or resetAfterMs of health: earlier failures are forgotten.
    void reset();

    [[nodiscard]] unsigned attempt() const noexcept { return m_attempt; }
    [[nodiscard]] bool isFresh() const noexcept { return m_attempt == 0 && !m_hasResynced; }
    [[nodiscard]] bool isHealth(Duration lived) const noexcept { return toMs(lived) >= m_policy.resetAfterMs; }

private:
    double spend(double u, std::optional<double> floorMs);

    BackoffPolicy m_policy;
    unsigned m_attempt = 0;
    double m_previousMs = 0;    ///< for decorrelated jitter
    bool m_hasResynced = false; ///< the resync without delay is spent
};

} // namespace wg::sync
