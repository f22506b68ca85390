// SPDX-License-Identifier: GPL-3.0-or-later
// EventBuffer: owned copies of the events that wait for a snapshot, in order of arrival, bounded by count and bytes.
// Shape:  each gets a ticket (counted from 1, never reused) by which the engine knows it again when it settles.
// Thread: owned by one replica.
#pragma once

#include "sync/event.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace wg::sync
{

struct BufferedEvent {
    std::uint64_t ticket = 0;
    Op op = Op::None;
    bool hasPrev = false;
    std::string key, epoch, payload;
    Version version, prev, from;
    WallMs serverMs = 0;

    [[nodiscard]] EventView view() const;
    [[nodiscard]] std::size_t bytes() const;
};

class EventBuffer
{
public:
    EventBuffer(std::size_t maxEvents, std::size_t maxBytes)
        : m_maxEvents(maxEvents)
        , m_maxBytes(maxBytes)
    {
    }

    /// True if event can be held beside what is there.
    [[nodiscard]] bool hasRoomFor(const EventView& event) const;
    /// True if event could be held were the buffer empty.
    [[nodiscard]] bool canEverHold(const EventView& event) const;
    void push(const EventView& event);
    BufferedEvent pop(); ///< the oldest; not when empty

    [[nodiscard]] bool isEmpty() const noexcept { return m_events.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_events.size(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }
    [[nodiscard]] const std::deque<BufferedEvent>& events() const noexcept { return m_events; }
    [[nodiscard]] std::uint64_t nextTicket() const noexcept { return m_nextTicket; }

private:
    std::deque<BufferedEvent> m_events;
    std::size_t m_maxEvents;
    std::size_t m_maxBytes;
    std::size_t m_bytes = 0;
    std::uint64_t m_nextTicket = 1;
};

} // namespace wg::sync
