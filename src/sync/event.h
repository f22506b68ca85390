// SPDX-License-Identifier: GPL-3.0-or-later
// EventView: one message of a watched source, as a dialect reads it. A view: valid during the call that passes it.
#pragma once

#include "base/time.h"
#include "sync/version.h"

#include <cstdint>
#include <string_view>

namespace wg::sync
{

enum class Op : std::uint8_t {
    Put,       ///< payload is the whole new object
    Patch,     ///< payload is an RFC 7396 merge patch on the item
    JsonPatch, ///< payload is an RFC 6902 patch on the item
    Delete,    ///< the item is gone
    Bookmark,  ///< heartbeat or progress: moves the cursor, changes no item
    None,      ///< changes no state, is only shown
};

struct EventView {
    Op op = Op::None;
    bool hasPrev = false;
    std::string_view type;    ///< event type as the source calls it
    std::string_view key;     ///< item id; empty where the source has none
    std::string_view epoch;   ///< empty where the source has none
    std::string_view payload; ///< raw JSON of object or changes; empty where there is none
    std::string_view raw;     ///< the whole message as received
    Version version;          ///< of this event; absent where the source has none
    Version prev;             ///< chain order: the version delivered before this one
    Version from;             ///< range order: the first version this event covers
    WallMs serverMs = 0;      ///< server time of the event, 0 where unknown
};

} // namespace wg::sync
