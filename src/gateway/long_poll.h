// SPDX-License-Identifier: GPL-3.0-or-later
// LongPoll: one answer that waits until there is an event, or for the time asked. Afterwards the connection takes requests.
// Rule:   `version` is where the chain of the events truly ends. Where only filtered-out events passed, a heartbeat among
//         the events carries the cursor on, so the chain reaches it.
// Limits: kPollEvents events or one batch of bytes an answer.
// Thread: the gateway's own.
#pragma once

#include "gateway/watch_stream.h"

namespace wg::gateway {

class LongPoll final : public Conversation {
public:
    LongPoll(Hub& hub, WatchPlan plan, Instant now);

    void onBytes(std::string_view bytes, Instant) override { m_later += bytes; }
    Said fill(std::string& out, std::size_t limit, Instant now) override;
    std::optional<Instant> nextDeadline() const override;
    bool wantsBytes() const override;
    ResourceMask watched() const override { return m_lane.subscription().mask(); }
    std::uint64_t oldestPosition(std::size_t resource) const override;
    void goAway() override { m_isGoingAway = true; }
    std::unique_ptr<Conversation> takeNext() override;

private:
    [[nodiscard]] bool collect(Instant now);
    void add(const Delivery& delivery);

    Hub& m_hub;
    WatchPlan m_plan;
    OpenStream m_stream;
    ChaosLane m_lane;
    Instant m_answerAt;
    std::optional<Instant> m_expiresAt;
    std::string m_later; ///< bytes of requests that follow
    std::string m_events;
    std::size_t m_count = 0;
    bool m_isGoingAway = false;
    bool m_isCut = false;
    bool m_isLost = false;
    bool m_isStalled = false;
    bool m_isAnswered = false;
};

} // namespace wg::gateway
