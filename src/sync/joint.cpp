// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/joint.h"

#include "sync/mutant.h"

namespace wg::sync
{

namespace
{

/// True if version lies in (from, to] of the last bookmark's jump.
bool isBehindBookmark(const Version& version, const Position& at)
{
    return !at.bookmarkTo.isAbsent() && version > at.bookmarkFrom && version <= at.bookmarkTo;
}

/// Not above the version held: duplicate, stale, or an event that a bookmark had claimed too early.
Joint notAbove(Order order, const Version& version, const Position& at)
{
    if ((order == Order::Chain || order == Order::Sparse) && isBehindBookmark(version, at))
        return Joint::BehindBookmark;
    return version == at.last ? Joint::Duplicate : Joint::Stale;
}

bool chainJoins(const EventView& message, const Position& at)
{
    if (!message.hasPrev || message.prev.isAbsent())
        return false;
    if (message.prev == at.last)
        return true;
    return at.isAfterSnapshot && message.prev < at.last && message.version > at.last;
}

/// At or above the version held, or not comparable with it.
Joint above(Order order, const EventView& event, const Position& at)
{
    switch (order) {
    case Order::Dense: return event.version.follows(at.last) ? Joint::Next : Joint::Gap;
    case Order::Range: {
        const Version& from = event.from.isAbsent() ? event.version : event.from;
        return from <= at.last || from.follows(at.last) ? Joint::Next : Joint::Gap;
    }
    case Order::Chain: return chainJoins(event, at) ? Joint::Next : Joint::Gap;
    case Order::Sparse: return event.version > at.last ? Joint::Next : Joint::Gap;
    case Order::Opaque: return Joint::Next;
    }
    return Joint::Gap;
}

} // namespace

std::string_view toString(Joint joint) noexcept
{
    switch (joint) {
    case Joint::Next: return "next";
    case Joint::Duplicate: return "duplicate";
    case Joint::Stale: return "stale";
    case Joint::Gap: return "gap";
    case Joint::BookmarkAhead: return "bookmark_ahead";
    case Joint::BehindBookmark: return "behind_bookmark";
    case Joint::NoVersion: return "no_version";
    }
    return "gap";
}

Joint jointOfEvent(Order order, const EventView& event, const Position& at)
{
    if (order == Order::Opaque) {
        const bool isSame = !event.version.isAbsent() && event.version == at.last;
        return isSame ? Joint::Duplicate : Joint::Next;
    }
    if (event.version.isAbsent())
        return Joint::NoVersion;
    if (at.last.isAbsent())
        return Joint::Next;
    if (event.version <= at.last)
        return notAbove(order, event.version, at);
    return above(order, event, at);
}

Joint jointOfBookmark(Order order, const EventView& bookmark, const Position& at)
{
    if (bookmark.version.isAbsent())
        return Joint::Next; // a plain sign of life
    if (order == Order::Opaque || at.last.isAbsent())
        return Joint::Next;
    const bool isSame = bookmark.version == at.last;
    if (order == Order::Chain && bookmark.hasPrev) {
        if (isSame)
            return bookmark.prev == at.last || bookmark.prev.isAbsent() ? Joint::Next : Joint::Duplicate;
        if (bookmark.version < at.last)
            return Joint::Stale;
        return chainJoins(bookmark, at) ? Joint::Next : Joint::Gap;
    }
    if (isSame)
        return Joint::Next;
    if (bookmark.version < at.last)
        return Joint::Stale;
    if (order == Order::Sparse)
        return bookmark.version > at.last ? Joint::Next : Joint::Gap;
    return mutated(Mutant::BookmarkAheadAccepted) ? Joint::Next : Joint::BookmarkAhead;
}

} // namespace wg::sync
