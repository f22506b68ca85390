// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/link.h"

#include "gateway/request_conversation.h"

#include <algorithm>

namespace wg::gateway {
namespace {

constexpr Duration kHandshakeTime = std::chrono::seconds(10);
constexpr Duration kFarewellTime = std::chrono::seconds(1); ///< for the peer to close after everything was said
constexpr Duration kThrottleStep = std::chrono::milliseconds(100);

} // namespace

Link::Link(Hub& hub, std::shared_ptr<Wire> wire)
    : m_hub(hub)
    , m_wire(std::move(wire))
    , m_timer(m_wire->executor())
{
    ++m_hub.counters.tcpOpen;
    const ChaosPlan& plan = m_hub.options.chaos;
    if (plan.slow > 0 && m_hub.dice.chance(plan.slow)) {
        m_hub.counters.count(Fault::Slow);
        m_isThrottled = true;
        m_batch = std::max<std::size_t>(1, static_cast<std::size_t>(plan.slowBytesPerS * toSeconds(kThrottleStep)));
    }
}

Link::~Link()
{
    --m_hub.counters.tcpOpen;
}

void Link::start()
{
    m_writeDeadline = monotonicNow() + kHandshakeTime;
    m_isWriting = true; // the handshake has the wire
    arm();
    m_wire->handshake([self = shared_from_this()](ErrorValue error) {
        self->m_isWriting = false;
        if (error || self->m_isClosed)
            return self->breakOff();
        self->m_conversation = std::make_unique<RequestConversation>(self->m_hub, self->m_wire->peer(), std::string());
        self->read();
        self->arm();
    });
}

void Link::read()
{
    if (m_isReading || m_isClosed || !m_conversation->wantsBytes())
        return;
    m_isReading = true;
    m_wire->read(asio::buffer(m_in), [self = shared_from_this()](ErrorValue error, std::size_t size) {
        self->m_isReading = false;
        if (error || self->m_isClosed)
            return self->breakOff();
        if (!self->m_isFinished)
            self->m_conversation->onBytes({self->m_in.data(), size}, monotonicNow());
        self->changeConversation();
        self->pump();
        self->read();
    });
}

bool Link::changeConversation()
{
    bool isChanged = false;
    while (auto next = m_conversation->takeNext()) {
        m_conversation = std::move(next);
        isChanged = true;
    }
    return isChanged;
}

void Link::pump()
{
    if (m_isClosed || m_isWriting || m_isFinished || !m_conversation)
        return;
    const Instant now = monotonicNow();
    if (m_isThrottled && now < m_readyAt)
        return arm();
    Conversation::Said said;
    do {
        m_out.clear();
        said = m_conversation->fill(m_out, m_batch, now);
    } while (changeConversation() && m_out.empty());
    if (m_out.size() > said.skip)
        return write(said);
    if (said.then == Conversation::Then::Break)
        return breakOff();
    if (said.then == Conversation::Then::Finish)
        return onWritten({}, 0, said.then);
    arm();
    read();
}

void Link::write(Conversation::Said said)
{
    m_isWriting = true;
    m_writeDeadline = monotonicNow() + m_hub.options.writeStall;
    arm();
    m_wire->write(asio::buffer(m_out.data() + said.skip, m_out.size() - said.skip),
                  [self = shared_from_this(), then = said.then](ErrorValue error, std::size_t size) {
                      self->m_isWriting = false;
                      if (self->m_isThrottled)
                          self->m_readyAt = monotonicNow() + kThrottleStep;
                      self->onWritten(error, size, then);
                  });
}

void Link::onWritten(ErrorValue error, std::size_t size, Conversation::Then then)
{
    if (error || m_isClosed)
        return breakOff();
    m_conversation->onWritten(size);
    if (m_out.capacity() > 4 * kBatchBytes)
        m_out = {};
    if (then == Conversation::Then::Break)
        return breakOff();
    if (then == Conversation::Then::Finish) {
        m_isFinished = true;
        m_writeDeadline = monotonicNow() + kFarewellTime;
        m_wire->finish();
        read();
        return arm();
    }
    pump();
}

void Link::wake(ResourceMask changed)
{
    if (!m_conversation || (m_conversation->watched() & changed) == 0)
        return;
    if (m_isWriting && m_conversation->isLost()) {
        ++m_hub.counters.slowConsumers;
        return breakOff();
    }
    pump();
}

void Link::goAway()
{
    if (!m_conversation)
        return breakOff();
    m_conversation->goAway();
    pump();
}

void Link::breakOff()
{
    if (m_isClosed)
        return;
    m_isClosed = true;
    m_timer.cancel();
    m_wire->close();
}

std::uint64_t Link::oldestPosition(std::size_t resource) const
{
    return m_conversation && !m_isClosed ? m_conversation->oldestPosition(resource) : UINT64_MAX;
}

void Link::arm()
{
    if (m_isClosed)
        return;
    Instant at{INT64_MAX};
    if (m_isWriting || m_isFinished) {
        at = m_writeDeadline;
    } else if (m_conversation) {
        if (const auto deadline = m_conversation->nextDeadline())
            at = std::max(*deadline, m_isThrottled ? m_readyAt : Instant{});
        if (m_isThrottled && m_readyAt > monotonicNow())
            at = std::min(at, m_readyAt);
    }
    // A timer that fires too early only looks again; re-arming it for every batch would cost more.
    if (at.ns == INT64_MAX || (m_armedFor <= at && m_armedFor.ns != INT64_MAX))
        return;
    m_armedFor = at;
    m_timer.expires_at(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(at.ns)));
    m_timer.async_wait([weak = weak_from_this()](ErrorValue error) {
        const auto self = weak.lock();
        if (error || self == nullptr || self->m_isClosed)
            return;
        self->m_armedFor = Instant{INT64_MAX};
        self->onTimer();
    });
}

void Link::onTimer()
{
    if ((m_isWriting || m_isFinished) && monotonicNow() >= m_writeDeadline) {
        if (m_isWriting && m_conversation && m_conversation->watched() != 0)
            ++m_hub.counters.slowConsumers;
        return breakOff();
    }
    pump();
    arm();
}

} // namespace wg::gateway
