// SPDX-License-Identifier: GPL-3.0-or-later
// Joint: how one message fits to what was received so far. The whole version arithmetic of SYNC B1 and B2 in one place.
// Shape:  pure functions of order, message and position; epochs are compared before, by the replica.
// Source: SYNC B1, B2, B3.3, B3.9, C; PROTOCOL sections 2 and 5.2.
#pragma once

#include "sync/event.h"
#include "sync/replica.h"
#include "sync/version.h"

#include <string_view>

namespace wg::sync
{

enum class Joint : std::uint8_t {
    Next,           ///< contiguous as far as this order can prove it
    Duplicate,      ///< the version held already
    Stale,          ///< older than the version held
    Gap,            ///< something between is missing
    BookmarkAhead,  ///< a bookmark that claims versions never received
    BehindBookmark, ///< an event never received although a bookmark had passed it
    NoVersion,      ///< the order needs a version and there is none
};
[[nodiscard]] std::string_view toString(Joint joint) noexcept;

/// What was received so far, as far as the arithmetic needs it.
struct Position {
    const Version& last;          ///< the cursor's version
    const Version& bookmarkFrom;  ///< the last bookmark moved the cursor from here ...
    const Version& bookmarkTo;    ///< ... to here; absent: no bookmark moved it since the last snapshot
    bool isAfterSnapshot = false; ///< stream-first: the snapshot may lie between two versions of the chain
};

/// An event (any Op but Bookmark).
[[nodiscard]] Joint jointOfEvent(Order order, const EventView& event, const Position& at);
/// A bookmark or heartbeat. Next = agrees; the cursor moves to its version where it has one.
[[nodiscard]] Joint jointOfBookmark(Order order, const EventView& bookmark, const Position& at);

} // namespace wg::sync
