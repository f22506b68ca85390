// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/chaos_lane.h"

namespace wg::gateway {
namespace {

constexpr Duration kHold = std::chrono::milliseconds(400); ///< a reordered event waits this long for a next one

} // namespace

ChaosLane::ChaosLane(Subscription subscription, const ChaosPlan& plan, Counters& counters, std::uint64_t seed)
    : m_subscription(std::move(subscription))
    , m_plan(&plan)
    , m_counters(&counters)
    , m_prng(seed)
    , m_isActive(plan.touchesEvents())
{
}

ChaosLane::Pull ChaosLane::next(Instant now, Delivery& out)
{
    bool isDone = false;
    for (;;) {
        if (m_isActive) {
            if (now < m_quietUntil)
                return Pull::Nothing;
            if (!m_ready.empty()) {
                out = std::move(m_ready.front());
                m_ready.pop_front();
                return Pull::Delivery;
            }
        }
        switch (m_subscription.next(out)) {
        case gateway::Pull::Lost: return Pull::Lost;
        case gateway::Pull::Renumbered:
            m_ready.clear();
            m_held.reset();
            return Pull::Renumbered;
        case gateway::Pull::Nothing:
            if (!m_held || now < m_heldUntil)
                return Pull::Nothing;
            out = std::move(*m_held);
            m_held.reset();
            return Pull::Delivery;
        case gateway::Pull::Delivery: break;
        }
        if (!m_isActive)
            return Pull::Delivery;
        if (const Pull pull = spoil(now, out, isDone); isDone)
            return pull;
    }
}

ChaosLane::Pull ChaosLane::spoil(Instant now, Delivery& out, bool& isDone)
{
    const auto happens = [&](double chance, Fault fault) {
        if (chance <= 0 || !m_prng.chance(chance))
            return false;
        m_counters->count(fault);
        return true;
    };
    isDone = true;
    if (happens(m_plan->stall, Fault::Stall))
        return Pull::Stall;
    if (happens(m_plan->cut, Fault::Cut))
        return Pull::Cut;
    if (happens(m_plan->drop, Fault::Drop)) {
        isDone = false;
        return Pull::Nothing;
    }
    out.isCutShort = happens(m_plan->corrupt, Fault::Corrupt);
    out.hasFalseEpoch = happens(m_plan->epoch, Fault::Epoch);
    if (happens(m_plan->dup, Fault::Dup))
        m_ready.push_back(out);
    if (m_held) {
        m_ready.push_back(std::move(*m_held));
        m_held.reset();
    } else if (happens(m_plan->reorder, Fault::Reorder)) {
        m_held = std::move(out);
        m_heldUntil = now + kHold;
        isDone = false;
        return Pull::Nothing;
    }
    if (happens(m_plan->delay, Fault::Delay)) {
        m_ready.push_front(std::move(out));
        m_quietUntil = now + fromMs(m_plan->delayMs);
        return Pull::Nothing;
    }
    return Pull::Delivery;
}

std::optional<Delivery> ChaosLane::releaseHeld()
{
    if (!m_ready.empty()) {
        Delivery out = std::move(m_ready.front());
        m_ready.pop_front();
        return out;
    }
    if (!m_held)
        return std::nullopt;
    std::optional<Delivery> out = std::move(m_held);
    m_held.reset();
    return out;
}

std::optional<Instant> ChaosLane::nextDeadline() const noexcept
{
    if (!m_ready.empty())
        return m_quietUntil;
    if (m_held)
        return m_heldUntil;
    return std::nullopt;
}

} // namespace wg::gateway
