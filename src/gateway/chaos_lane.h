// SPDX-License-Identifier: GPL-3.0-or-later
// ChaosLane: one subscription with the faults of the plan between it and the wire. What `prev` and `version` say stays
// true, so a correct client notices every fault.
// Thread: the gateway's own. Time comes in, the release of what is held back is a deadline out.
#pragma once

#include "base/prng.h"
#include "base/time.h"
#include "gateway/counters.h"
#include "gateway/options.h"
#include "gateway/subscription.h"

#include <deque>
#include <optional>

namespace wg::gateway {

class ChaosLane {
public:
    enum class Pull : std::uint8_t {
        Delivery,
        Nothing,
        Lost,       ///< slow consumer
        Renumbered, ///< a bookmark is due at once
        Cut,        ///< send half of the delivery, then break the connection
        Stall,      ///< say nothing more
    };
    ChaosLane(Subscription subscription, const ChaosPlan& plan, Counters& counters, std::uint64_t seed);

    [[nodiscard]] Pull next(Instant now, Delivery& out);
    /// What was held back goes first, then the heartbeat.
    [[nodiscard]] std::optional<Delivery> releaseHeld();
    [[nodiscard]] Delivery bookmark() { return m_subscription.bookmark(); }
    /// When to ask again though nothing new came.
    [[nodiscard]] std::optional<Instant> nextDeadline() const noexcept;

    [[nodiscard]] const Subscription& subscription() const noexcept { return m_subscription; }

private:
    [[nodiscard]] Pull spoil(Instant now, Delivery& out, bool& isDone);

    Subscription m_subscription;
    const ChaosPlan* m_plan;
    Counters* m_counters;
    Prng m_prng;
    bool m_isActive;
    std::deque<Delivery> m_ready; ///< go out before anything new; at most two
    std::optional<Delivery> m_held;
    Instant m_heldUntil;
    Instant m_quietUntil;
};

} // namespace wg::gateway
