// SPDX-License-Identifier: GPL-3.0-or-later
// Subscription: one subscriber's place in one resource's history. It pulls; nothing is queued for it.
// Shape:  position = everything up to this version was looked at; delivered = the version last handed out (the next `prev`).
// Thread: the gateway's own.
#pragma once

#include "gateway/selection.h"
#include "gateway/world.h"

#include <cstdint>

namespace wg::gateway {

/// One event as this subscriber is to get it.
struct Delivery {
    enum class Form : std::uint8_t {
        AsIs,
        Entered, ///< walked into the filter: a put
        Left,    ///< walked out of the filter: a deletion with a cause
        Bookmark ///< a heartbeat
    };
    Form form = Form::AsIs;
    bool isCutShort = false;    ///< chaos: its JSON stops in the middle
    bool hasFalseEpoch = false; ///< chaos
    EntryPtr entry;             ///< null for a bookmark
    std::uint64_t version = 0;
    std::uint64_t prev = 0;
};

enum class Pull : std::uint8_t {
    Delivery, ///< there is one
    Nothing,  ///< at the head
    Lost,     ///< too slow: what comes next is gone
    Renumbered ///< a new epoch began: the position is its head now, a bookmark is due
};

class Subscription {
public:
    Subscription(World& world, std::size_t resource, Selection selection, std::uint64_t from);

    [[nodiscard]] Pull next(Delivery& out);
    /// A heartbeat for where the subscription stands; counts as delivered.
    [[nodiscard]] Delivery bookmark();

    [[nodiscard]] std::size_t resourceIndex() const noexcept { return m_resource; }
    [[nodiscard]] const Resource& resource() const noexcept { return m_world->resource(m_resource); }
    [[nodiscard]] const std::string& epoch() const noexcept { return m_world->epoch(); }
    [[nodiscard]] std::uint64_t position() const noexcept { return m_position; }
    [[nodiscard]] std::uint64_t delivered() const noexcept { return m_delivered; }
    [[nodiscard]] bool isAtHead() const noexcept { return m_position == resource().head(); }
    /// What comes next was let go before it could be handed out.
    [[nodiscard]] bool isLost() const { return m_generation == m_world->generation() && !isAtHead() && !resource().entry(m_position + 1); }
    [[nodiscard]] ResourceMask mask() const noexcept { return ResourceMask{1} << m_resource; }

private:
    [[nodiscard]] bool select(const Entry& entry, Delivery::Form& form) const;

    World* m_world;
    std::size_t m_resource;
    Selection m_selection;
    std::uint64_t m_position;
    std::uint64_t m_delivered;
    std::uint64_t m_generation;
};

} // namespace wg::gateway
