// SPDX-License-Identifier: GPL-3.0-or-later
// Resource: one named collection: its items, its versions and its bounded history.
// Shape:  versions are dense; the history is a ring of entries from the oldest still needed to the head.
//         floor() is the oldest version that may be resumed from; entries below it are kept only for subscribers that lag.
// Limits: history entries and bytes for a resume; queueBytes more for subscribers that lag.
// Thread: the gateway's own.
#pragma once

#include "gateway/entry.h"
#include "gateway/fields.h"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

struct Item {
    std::string id;
    Fields fields;
    EntryPtr last;          ///< the entry that made its state
    std::size_t place = 0;  ///< index in Resource::pick order
};

struct HistoryLimits {
    std::size_t entries = 0;
    std::size_t bytes = 0;
    std::size_t queueBytes = 0;
};

class Resource {
public:
    Resource(std::string name, std::string noun, HistoryLimits limits, std::uint64_t firstVersion);

    [[nodiscard]] const std::string& name() const noexcept { return m_name; }
    [[nodiscard]] const std::string& noun() const noexcept { return m_noun; } ///< order, stock, …
    [[nodiscard]] std::uint64_t head() const noexcept { return m_head; }
    [[nodiscard]] std::uint64_t floor() const noexcept { return m_floor; }
    [[nodiscard]] std::uint64_t published() const noexcept { return m_published; }
    [[nodiscard]] std::size_t historyBytes() const noexcept { return m_bytes; }
    [[nodiscard]] std::size_t historyEntries() const noexcept { return m_history.size(); }
    [[nodiscard]] const std::map<std::string, Item, std::less<>>& items() const noexcept { return m_items; }
    [[nodiscard]] const std::vector<Item*>& order() const noexcept { return m_order; }
    [[nodiscard]] Item* find(std::string_view id);
    /// The entry of a version, or null where it is no longer (or not yet) there.
    [[nodiscard]] EntryPtr entry(std::uint64_t version) const;

    // --- changes; every one is an event
    Item& put(std::string_view type, std::string_view id, Fields fields);
    void patch(std::string_view type, Item& item, const Fields& changes);
    void remove(std::string_view type, Item& item);
    void notice(std::string_view type, std::string_view id);

    void setEpoch(std::string_view epoch) { m_epoch = epoch; }
    /// Forgets history and numbers, keeps the items: they are numbered anew from `firstVersion`.
    void startEpoch(std::string_view epoch, std::uint64_t firstVersion);
    void compact() { raiseFloor(m_head); }
    /// Lets go of entries that neither the history nor a subscriber at `oldestPosition` needs.
    void trim(std::uint64_t oldestPosition);

    /// For restoring: entries of the history as they were, in order, then items with the entry that made their state (null
    /// where it is older than the history), then restored().
    void restoreEntry(std::shared_ptr<Entry> entry);
    void restoreItem(std::string_view id, Fields fields, std::uint64_t version, EntryPtr last);
    void restored(std::uint64_t head, std::uint64_t floor);

private:
    [[nodiscard]] Draft draft(Change change, std::string_view type, std::string_view id, std::string_view payload);
    void publish(std::shared_ptr<Entry> entry);
    Item& place(std::string_view id);
    void raiseFloor(std::uint64_t version);

    std::string m_name;
    std::string m_noun;
    std::string m_epoch;
    HistoryLimits m_limits;
    std::map<std::string, Item, std::less<>> m_items;
    std::vector<Item*> m_order;
    std::deque<std::shared_ptr<Entry>> m_history; ///< versions m_head - size + 1 … m_head
    std::uint64_t m_head;
    std::uint64_t m_floor;
    std::uint64_t m_published = 0;
    std::size_t m_bytes = 0;
    std::size_t m_oldBytes = 0; ///< of entries at or below the floor
    std::string m_text; ///< reused for payloads
};

/// Wall clock, Unix microseconds.
[[nodiscard]] std::int64_t wallMicroseconds();

} // namespace wg::gateway
