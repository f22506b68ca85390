// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/resource.h"

#include <algorithm>
#include <chrono>

namespace wg::gateway {

std::int64_t wallMicroseconds()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Resource::Resource(std::string name, std::string noun, HistoryLimits limits, std::uint64_t firstVersion)
    : m_name(std::move(name))
    , m_noun(std::move(noun))
    , m_limits(limits)
    , m_head(firstVersion)
    , m_floor(firstVersion)
{
}

Item* Resource::find(std::string_view id)
{
    const auto at = m_items.find(id);
    return at == m_items.end() ? nullptr : &at->second;
}

EntryPtr Resource::entry(std::uint64_t version) const
{
    if (version > m_head || m_head - version >= m_history.size())
        return nullptr;
    return m_history[m_history.size() - 1 - static_cast<std::size_t>(m_head - version)];
}

Draft Resource::draft(Change change, std::string_view type, std::string_view id, std::string_view payload)
{
    return {change, type, m_name, id, m_epoch, payload, m_head + 1, wallMicroseconds()};
}

Item& Resource::place(std::string_view id)
{
    const auto [at, isNew] = m_items.try_emplace(std::string(id));
    Item& item = at->second;
    if (isNew) {
        item.id = id;
        item.place = m_order.size();
        m_order.push_back(&item);
    }
    return item;
}

void Resource::publish(std::shared_ptr<Entry> entry)
{
    ++m_head;
    ++m_published;
    m_bytes += entry->bytes();
    m_history.push_back(std::move(entry));
    if (m_head - m_floor > m_limits.entries)
        raiseFloor(m_head - m_limits.entries);
}

Item& Resource::put(std::string_view type, std::string_view id, Fields fields)
{
    Item& item = place(id);
    item.fields = std::move(fields);
    m_text.clear();
    item.fields.appendTo(m_text);
    auto entry = makeEntry(draft(Change::Put, type, id, m_text));
    entry->before = std::move(item.last);
    item.last = entry;
    publish(std::move(entry));
    return item;
}

void Resource::patch(std::string_view type, Item& item, const Fields& changes)
{
    item.fields.merge(changes);
    m_text.clear();
    changes.appendTo(m_text);
    auto entry = makeEntry(draft(Change::Patch, type, item.id, m_text));
    item.fields.appendTo(entry->patched);
    entry->before = std::move(item.last);
    item.last = entry;
    publish(std::move(entry));
}

void Resource::remove(std::string_view type, Item& item)
{
    auto entry = makeEntry(draft(Change::Delete, type, item.id, {}));
    entry->before = std::move(item.last);
    m_order[item.place] = m_order.back();
    m_order[item.place]->place = item.place;
    m_order.pop_back();
    m_items.erase(m_items.find(item.id));
    publish(std::move(entry));
}

void Resource::notice(std::string_view type, std::string_view id)
{
    auto entry = makeEntry(draft(Change::Notice, type, id, {}));
    if (const Item* item = find(id))
        entry->before = item->last;
    publish(std::move(entry));
}

void Resource::startEpoch(std::string_view epoch, std::uint64_t firstVersion)
{
    m_epoch = epoch;
    for (const auto& entry : m_history)
        entry->before.reset();
    m_history.clear();
    m_bytes = 0;
    m_oldBytes = 0;
    m_head = firstVersion;
    for (auto& [id, item] : m_items) {
        m_text.clear();
        item.fields.appendTo(m_text);
        item.last = makeEntry(draft(Change::Put, m_noun + "_created", id, m_text));
        ++m_head;
    }
    m_floor = m_head;
}

void Resource::raiseFloor(std::uint64_t version)
{
    while (m_floor < version)
        if (const EntryPtr old = entry(++m_floor))
            m_oldBytes += old->bytes();
}

void Resource::trim(std::uint64_t oldestPosition)
{
    while (m_bytes - m_oldBytes > m_limits.bytes)
        raiseFloor(m_floor + 1);
    while (!m_history.empty()) {
        Entry& front = *m_history.front();
        if (front.version > m_floor || (front.version > oldestPosition && m_oldBytes <= m_limits.queueBytes))
            break;
        m_bytes -= front.bytes();
        m_oldBytes -= front.bytes();
        front.before.reset();
        m_history.pop_front();
    }
}

void Resource::restoreEntry(std::shared_ptr<Entry> entry)
{
    m_bytes += entry->bytes();
    m_history.push_back(std::move(entry));
}

void Resource::restoreItem(std::string_view id, Fields fields, std::uint64_t version, EntryPtr last)
{
    Item& item = place(id);
    item.fields = std::move(fields);
    item.last = std::move(last);
    if (item.last != nullptr)
        return;
    m_text.clear();
    item.fields.appendTo(m_text);
    const std::string type = m_noun + "_created";
    Draft made = draft(Change::Put, type, id, m_text);
    made.version = version;
    item.last = makeEntry(made);
}

void Resource::restored(std::uint64_t head, std::uint64_t floor)
{
    m_head = head;
    m_floor = floor;
    m_oldBytes = 0;
    for (const auto& kept : m_history)
        m_oldBytes += kept->version <= floor ? kept->bytes() : 0;
}

} // namespace wg::gateway
