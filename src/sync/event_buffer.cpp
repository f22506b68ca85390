// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/event_buffer.h"

#include <utility>

namespace wg::sync
{

namespace
{

std::size_t costOf(const EventView& event)
{
    return sizeof(BufferedEvent) + event.key.size() + event.epoch.size() + event.payload.size();
}

} // namespace

EventView BufferedEvent::view() const
{
    EventView event;
    event.op = op;
    event.hasPrev = hasPrev;
    event.key = key;
    event.epoch = epoch;
    event.payload = payload;
    event.version = version;
    event.prev = prev;
    event.from = from;
    event.serverMs = serverMs;
    return event;
}

std::size_t BufferedEvent::bytes() const
{
    return sizeof(BufferedEvent) + key.size() + epoch.size() + payload.size();
}

bool EventBuffer::hasRoomFor(const EventView& event) const
{
    return m_events.size() < m_maxEvents && m_bytes + costOf(event) <= m_maxBytes;
}

bool EventBuffer::canEverHold(const EventView& event) const
{
    return m_maxEvents > 0 && costOf(event) <= m_maxBytes;
}

void EventBuffer::push(const EventView& event)
{
    BufferedEvent held;
    held.ticket = m_nextTicket++;
    held.op = event.op;
    held.hasPrev = event.hasPrev;
    held.key = event.key;
    held.epoch = event.epoch;
    held.payload = event.payload;
    held.version = event.version;
    held.prev = event.prev;
    held.from = event.from;
    held.serverMs = event.serverMs;
    m_bytes += held.bytes();
    m_events.push_back(std::move(held));
}

BufferedEvent EventBuffer::pop()
{
    BufferedEvent oldest = std::move(m_events.front());
    m_bytes -= oldest.bytes();
    m_events.pop_front();
    return oldest;
}

} // namespace wg::sync
