// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/subscription.h"

namespace wg::gateway {

Subscription::Subscription(World& world, std::size_t resource, Selection selection, std::uint64_t from)
    : m_world(&world)
    , m_resource(resource)
    , m_selection(std::move(selection))
    , m_position(from)
    , m_delivered(from)
    , m_generation(world.generation())
{
}

bool Subscription::select(const Entry& entry, Delivery::Form& form) const
{
    form = Delivery::Form::AsIs;
    if (m_selection.isAll())
        return true;
    if (!m_selection.wantsId(entry.id))
        return false;
    if (!m_selection.filter)
        return true;
    const bool wasIn = entry.before != nullptr && m_selection.wantsState(entry.id, entry.before->object());
    if (entry.change == Change::Delete || entry.change == Change::Notice)
        return wasIn;
    const bool isIn = m_selection.wantsState(entry.id, entry.object());
    if (wasIn != isIn)
        form = isIn ? Delivery::Form::Entered : Delivery::Form::Left;
    return wasIn || isIn;
}

Pull Subscription::next(Delivery& out)
{
    const Resource& source = resource();
    if (m_generation != m_world->generation()) {
        m_generation = m_world->generation();
        m_position = m_delivered = source.head();
        return Pull::Renumbered;
    }
    while (m_position < source.head()) {
        EntryPtr entry = source.entry(m_position + 1);
        if (entry == nullptr)
            return Pull::Lost;
        ++m_position;
        Delivery::Form form{};
        if (!select(*entry, form))
            continue;
        out = Delivery{form, false, false, std::move(entry), m_position, m_delivered};
        m_delivered = m_position;
        return Pull::Delivery;
    }
    return Pull::Nothing;
}

Delivery Subscription::bookmark()
{
    Delivery out;
    out.form = Delivery::Form::Bookmark;
    out.version = m_position;
    out.prev = m_delivered;
    m_delivered = m_position;
    return out;
}

} // namespace wg::gateway
