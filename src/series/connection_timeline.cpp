// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/connection_timeline.h"

#include <algorithm>

namespace wg::series {

void ConnectionTimeline::enter(Phase phase, Instant now)
{
    if (!m_starts.empty() && m_starts.back().phase == phase)
        return;
    if (!m_starts.empty() && m_starts.back().at >= now)
        m_starts.back().phase = phase; // a phase that took no time is not drawn
    else
        m_starts.push_back({phase, now});
    if (m_starts.size() > kMost)
        m_starts.pop_front();
    if (phase == Phase::Down)
        m_upSince.reset();
    else if (!m_upSince)
        m_upSince = now;
}

void ConnectionTimeline::reconnected(Instant now)
{
    m_reconnects.push_back(now);
    if (m_reconnects.size() > kMost)
        m_reconnects.pop_front();
}

std::vector<ConnectionTimeline::Stretch> ConnectionTimeline::stretches(Instant from, Instant to) const
{
    std::vector<Stretch> found;
    for (std::size_t i = 0; i < m_starts.size(); ++i) {
        const Instant begin = std::max(from, m_starts[i].at);
        const Instant end = i + 1 < m_starts.size() ? std::min(to, m_starts[i + 1].at) : to;
        if (begin >= end)
            continue;
        if (!found.empty() && found.back().phase == m_starts[i].phase)
            found.back().to = end;
        else
            found.push_back({m_starts[i].phase, begin, end});
    }
    return found;
}

std::vector<Instant> ConnectionTimeline::reconnects(Instant from, Instant to) const
{
    const auto begin = std::lower_bound(m_reconnects.begin(), m_reconnects.end(), from);
    return {begin, std::lower_bound(begin, m_reconnects.end(), to)};
}

Duration ConnectionTimeline::upFor(Instant now) const
{
    return m_upSince ? now - *m_upSince : Duration(0);
}

} // namespace wg::series
