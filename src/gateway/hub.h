// SPDX-License-Identifier: GPL-3.0-or-later
// Hub: what all connections of a gateway share, and who is to be woken when a resource changes.
// Thread: the gateway's own.
#pragma once

#include "base/time.h"
#include "gateway/counters.h"
#include "gateway/doorkeeper.h"
#include "gateway/options.h"
#include "gateway/world.h"

#include <memory>
#include <vector>

namespace wg::gateway {

class Link;

class Hub {
public:
    explicit Hub(const Options& settings) : options(settings), world(settings), doorkeeper(settings), dice(settings.seed + 1) {}

    const Options& options;
    World world;
    Doorkeeper doorkeeper;
    Counters counters;
    Prng dice; ///< for faults: the data's own sequence must not depend on who connects

    void add(const std::shared_ptr<Link>& link) { m_links.push_back(link); }
    /// Lets every link that watches one of these resources send, then lets go of history that nobody needs.
    void publish(ResourceMask changed);
    /// Ends every conversation in an orderly way; nothing new is let in.
    void goAway();
    void breakAll();
    [[nodiscard]] bool isStopping() const noexcept { return m_isStopping; }
    [[nodiscard]] bool isIdle() const noexcept { return counters.tcpOpen == 0; }

private:
    template <typename Visit>
    void each(Visit visit);
    std::vector<std::weak_ptr<Link>> m_links;
    int m_visits = 0; ///< visits under way, one inside the other
    bool m_isStopping = false;
};

/// Monotonic clock.
[[nodiscard]] Instant monotonicNow() noexcept;

} // namespace wg::gateway
