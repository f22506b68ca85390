// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/long_poll.h"

#include "gateway/framing.h"
#include "gateway/json_text.h"
#include "gateway/reply.h"
#include "gateway/request_conversation.h"

#include <algorithm>

namespace wg::gateway {
namespace {

constexpr std::size_t kPollEvents = 1000;
constexpr std::size_t kLaterBytes = 64 * 1024;

} // namespace

LongPoll::LongPoll(Hub& hub, WatchPlan plan, Instant now)
    : m_hub(hub)
    , m_plan(std::move(plan))
    , m_stream(hub, Carrier::LongPoll)
    , m_lane(Subscription(hub.world, m_plan.resource, std::move(m_plan.selection), m_plan.from), hub.options.chaos,
             hub.counters, hub.dice.next())
    , m_answerAt(now + fromSeconds(m_plan.waitS))
    , m_expiresAt(expiryOf(m_plan.identity, now))
{
}

void LongPoll::add(const Delivery& delivery)
{
    if (m_count++ > 0)
        m_events += ',';
    appendEvent(m_events, delivery, m_lane.subscription());
    ++(delivery.form == Delivery::Form::Bookmark ? m_stream.counters().heartbeats : m_stream.counters().events);
}

bool LongPoll::collect(Instant now)
{
    Delivery delivery;
    while (m_count < kPollEvents && m_events.size() < kBatchBytes) {
        switch (m_lane.next(now, delivery)) {
        case ChaosLane::Pull::Delivery: add(delivery); break;
        case ChaosLane::Pull::Nothing: return m_count > 0;
        case ChaosLane::Pull::Lost: m_isLost = m_count == 0; return true;
        case ChaosLane::Pull::Renumbered: m_isLost = true; return true;
        case ChaosLane::Pull::Cut: m_isCut = true; return true;
        case ChaosLane::Pull::Stall: m_isStalled = true; return false;
        }
    }
    return true;
}

Conversation::Said LongPoll::fill(std::string& out, std::size_t, Instant now)
{
    if (m_isAnswered)
        return {};
    if (m_isStalled)
        return {m_isGoingAway ? Then::Break : Then::GoOn, 0};
    if (!collect(now) && !m_isGoingAway && !m_isStalled) {
        const bool isExpired = m_expiresAt && now >= *m_expiresAt;
        if (now < m_answerAt && !isExpired)
            return {};
    }
    if (m_isStalled)
        return {};
    while (const auto held = m_lane.releaseHeld())
        add(*held);
    if (m_count == 0 && m_lane.subscription().position() != m_lane.subscription().delivered())
        add(m_lane.bookmark());
    m_isAnswered = true;
    Reply reply = m_isLost ? Problem::gone("What comes after this cursor is no longer held.").toReply() : Reply{};
    if (!m_isLost) {
        reply.body = "{\"epoch\":";
        appendText(reply.body, m_lane.subscription().epoch());
        reply.body += ",\"version\":";
        appendVersion(reply.body, m_lane.subscription().delivered());
        reply.body += ",\"prev\":";
        appendVersion(reply.body, m_plan.from);
        reply.body += ",\"events\":[" + m_events + "]}";
        reply.add("Cache-Control", "no-store");
    }
    reply.headers.insert(reply.headers.end(), m_plan.headers.begin(), m_plan.headers.end());
    ++m_hub.counters.responses[reply.status];
    out = reply.toText(m_plan.isKeepAlive && !m_isGoingAway, false);
    m_stream.counters().bytes += out.size();
    if (m_isCut) {
        out.resize(out.size() - reply.body.size() / 2 - 1);
        return {Then::Break, 0};
    }
    return {m_plan.isKeepAlive && !m_isGoingAway ? Then::GoOn : Then::Finish, 0};
}

std::unique_ptr<Conversation> LongPoll::takeNext()
{
    if (!m_isAnswered || m_isCut || !m_plan.isKeepAlive || m_isGoingAway)
        return nullptr;
    return std::make_unique<RequestConversation>(m_hub, m_plan.peer, std::move(m_later));
}

std::optional<Instant> LongPoll::nextDeadline() const
{
    if (m_isStalled)
        return std::nullopt;
    Instant at = m_answerAt;
    if (m_expiresAt)
        at = std::min(at, *m_expiresAt);
    if (const auto held = m_lane.nextDeadline())
        at = std::min(at, *held);
    return at;
}

bool LongPoll::wantsBytes() const
{
    return m_later.size() < kLaterBytes;
}

std::uint64_t LongPoll::oldestPosition(std::size_t resource) const
{
    return resource == m_lane.subscription().resourceIndex() && !m_isStalled ? m_lane.subscription().position() : UINT64_MAX;
}

} // namespace wg::gateway
