// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/backoff.h"

#include <algorithm>
#include <cmath>

namespace wg::sync
{

namespace
{

constexpr unsigned kMaxExponent = 62; ///< beyond it every cap is met long before; keeps 2^n finite

double jittered(const BackoffPolicy& policy, unsigned attempt, double u, double previousMs)
{
    const double exponential =
        std::min(policy.capMs, std::ldexp(policy.baseMs, static_cast<int>(std::min(attempt, kMaxExponent))));
    switch (policy.jitter) {
    case Jitter::Full: return u * exponential;
    case Jitter::Equal: return exponential / 2 + u * exponential / 2;
    case Jitter::FloorFull: return std::min(policy.capMs, policy.baseMs + u * exponential);
    case Jitter::Decorrelated: {
        const double previous = std::max(previousMs, policy.baseMs);
        return std::min(policy.capMs, policy.baseMs + u * (3 * previous - policy.baseMs));
    }
    }
    return exponential;
}

double lowerBound(const BackoffPolicy& policy, std::optional<double> retryAfterMs)
{
    if (!retryAfterMs || !(*retryAfterMs > 0)) // also refuses NaN
        return 0;
    return std::min(*retryAfterMs, policy.maxRetryAfterMs);
}

} // namespace

double backoffDelayMs(const BackoffPolicy& policy, unsigned attempt, double u, std::optional<double> retryAfterMs,
                      double previousMs)
{
    return lowerBound(policy, retryAfterMs) + jittered(policy, attempt, u, previousMs);
}

double RetryPacer::spend(double u, std::optional<double> floorMs)
{
    const double delay = backoffDelayMs(m_policy, m_attempt, u, floorMs, m_previousMs);
    m_previousMs = delay - lowerBound(m_policy, floorMs);
    return delay;
}

double RetryPacer::failed(double u, std::optional<double> floorMs)
{
    const double delay = spend(u, floorMs);
    ++m_attempt;
    return delay;
}

double RetryPacer::ended(double u, std::optional<double> floorMs)
{
    return spend(u, floorMs);
}

double RetryPacer::resync(double u, std::optional<double> floorMs)
{
    if (m_hasResynced)
        return failed(u, floorMs);
    m_hasResynced = true;
    return floorMs ? spend(u, floorMs) : 0;
}

void RetryPacer::reset()
{
    m_attempt = 0;
    m_previousMs = 0;
    m_hasResynced = false;
}

} // namespace wg::sync
