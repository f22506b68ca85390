// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/hub.h"

#include "gateway/link.h"

#include <algorithm>
#include <chrono>

namespace wg::gateway {

Instant monotonicNow() noexcept
{
    return {std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()).count()};
}

template <typename Visit>
void Hub::each(Visit visit)
{
    // Visiting may open and close links, and visit again; the list only grows meanwhile.
    ++m_visits;
    bool hasDead = false;
    const std::size_t size = m_links.size();
    for (std::size_t i = 0; i < size; ++i) {
        if (const std::shared_ptr<Link> link = m_links[i].lock())
            visit(*link);
        else
            hasDead = true;
    }
    if (--m_visits == 0 && hasDead)
        m_links.erase(std::remove_if(m_links.begin(), m_links.end(), [](const auto& l) { return l.expired(); }), m_links.end());
}

void Hub::publish(ResourceMask changed)
{
    each([changed](Link& link) { link.wake(changed); });
    for (std::size_t i = 0; i < world.size(); ++i) {
        if ((changed >> i & 1) == 0)
            continue;
        std::uint64_t oldest = UINT64_MAX;
        each([&](const Link& link) { oldest = std::min(oldest, link.oldestPosition(i)); });
        world.resource(i).trim(oldest);
    }
}

void Hub::goAway()
{
    m_isStopping = true;
    each([](Link& link) { link.goAway(); });
}

void Hub::breakAll()
{
    each([](Link& link) { link.breakOff(); });
}

} // namespace wg::gateway
