// SPDX-License-Identifier: GPL-3.0-or-later
// Entry: one event of the history, serialised once and shared by everyone who is sent it.
// Shape:  body = `{"event":…,"resource":…,"id":…,"version":N` | `,"epoch":"…"` | `,"ts":…` | `,"changes":…}`; what differs
//         between subscribers (prev) goes in at `prevAt`.
// Thread: the gateway's own; immutable once published, but for `before`, which is let go when the entry leaves the history.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace wg::gateway {

enum class Change : std::uint8_t {
    Put,    ///< object: the whole new state
    Patch,  ///< changes: a merge patch
    Delete,
    Notice, ///< neither: changes no state
};

struct Entry {
    std::uint64_t version = 0;
    Change change = Change::Put;
    std::string id;
    std::string body;
    std::uint32_t prevAt = 0;
    std::uint32_t tsAt = 0;        ///< end of the epoch member
    std::uint32_t payloadAt = 0;   ///< end of the ts member
    std::string patched;           ///< Patch: the item's state after it
    std::shared_ptr<const Entry> before; ///< the entry that made the item's state before this one; null = the item was not there

    /// The item's state after this entry (not for Delete and Notice).
    [[nodiscard]] std::string_view object() const noexcept
    {
        if (change == Change::Patch)
            return patched;
        static constexpr std::size_t kMember = sizeof(",\"object\":") - 1;
        return std::string_view(body).substr(payloadAt + kMember, body.size() - payloadAt - kMember - 1);
    }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof(Entry) + body.capacity() + patched.capacity() + id.size(); }
};

using EntryPtr = std::shared_ptr<const Entry>;

/// What an entry is made from.
struct Draft {
    Change change = Change::Put;
    std::string_view type;
    std::string_view resource;
    std::string_view id;
    std::string_view epoch;
    std::string_view payload; ///< JSON of object or changes; empty for Delete and Notice
    std::uint64_t version = 0;
    std::int64_t tsMicroseconds = 0;
};
[[nodiscard]] std::shared_ptr<Entry> makeEntry(const Draft& draft);

} // namespace wg::gateway
