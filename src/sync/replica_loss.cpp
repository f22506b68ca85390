// SPDX-License-Identifier: GPL-3.0-or-later
// Losses: one visible marker each, then a resync. And what is dropped on the way, counted.
#include "sync/replica_machine.h"

#include <algorithm>
#include <utility>

namespace wg::sync
{

using S = ReplicaState;

void Replica::Machine::mark(MarkerKind kind, std::string why, Cursor from, Cursor to, Instant now, Step& out)
{
    Marker marker{kind, std::move(why), std::move(from), std::move(to), now};
    markers.push_back(marker);
    while (markers.size() > limits::kMarkers)
        markers.pop_front();
    out.effects.emplace_back(RaiseMarker{std::move(marker)});
}

/// A loss was found: marker, ledger, count. What is done about it is the caller's.
void Replica::Machine::lose(MarkerKind kind, std::string why, const Cursor& seen, Instant now, Step& out)
{
    ++counters.gaps;
    lossKind = kind;
    ledger.gap(cursor.epoch, cursor.version, seen.version, why, now);
    mark(kind, std::move(why), cursor, seen, now, out);
}

/// A new snapshot is needed: now, or after the wait that the failures so far ask for.
void Replica::Machine::resync(const std::string& why, Instant now, Step& out, bool isImmediate,
                              std::optional<double> floorMs)
{
    ++counters.resyncs;
    isResyncing = hasStrikes = true;
    abortSnapshot(out);
    const bool isWaiting = isWaitingForAuth || (nextTryAt && (state == S::Syncing || state == S::BackoffSnapshot));
    if (isWaiting)
        return; // the request to come is the snapshot that is needed
    if (mutated(Mutant::GoneLooped) && isImmediate)
        pacer.reset();
    const double delayMs = isImmediate ? soonDelayMs(now, floorMs) : pacer.failed(random(), floorMs);
    if (config.replay) {
        dropConnection(why, out);
    } else if (conn.number == 0) {
        backOff(delayMs, why, now, out);
        return;
    }
    if (delayMs > 0)
        waitForSnapshot(S::Syncing, delayMs, why, now, out);
    else
        requestSnapshot(why, now, out);
}

/// A message that waits for the snapshot, where the stream goes on meanwhile; else the resync brings its content.
Verdict Replica::Machine::setAside(const EventView& event)
{
    if (isReplaying)
        return Verdict::Buffered; // it is in the buffer already and stays there
    if (config.replay || !buffer.hasRoomFor(event))
        return Verdict::Ignored;
    buffer.push(event);
    return Verdict::Buffered;
}

/// Stream first: what comes before the snapshot waits, bounded.
Verdict Replica::Machine::hold(const EventView& event, Instant now, Step& out)
{
    const bool needsVersion = config.order != Order::Opaque && event.op != Op::Bookmark;
    if (needsVersion && event.version.isAbsent()) {
        if (event.op == Op::None)
            return Verdict::Ignored;
        unreadableMessage("an event without a version", now, out);
        return Verdict::Undecodable;
    }
    if (buffer.hasRoomFor(event)) {
        buffer.push(event);
        return Verdict::Buffered;
    }
    lose(MarkerKind::BufferOverflow, "too many events waited for the snapshot", seenBy(event), now, out);
    const bool canHold = buffer.canEverHold(event);
    dropBuffer(out);
    if (!canHold)
        noteHole({std::string(event.epoch), event.version});
    if (canHold)
        buffer.push(event);
    resync("too many events waited for the snapshot", now, out);
    return canHold ? Verdict::Buffered : Verdict::Ignored;
}

/// An old answer of some cache: not used, tried again later. No marker: nothing was lost.
void Replica::Machine::refuseStream(std::string_view epoch, Instant now, Step& out)
{
    const std::string why = "the stream is of the expired epoch " + std::string(epoch);
    const bool isRefused = isRefusable(epoch);
    dropConnection(why, out);
    if (!isRefused) { // a snapshot decides
        lose(MarkerKind::Epoch, why, {}, now, out);
        resync(why, now, out, false);
        return;
    }
    backOff(pacer.failed(random()), why, now, out);
}

/// Counts one more answer of an expired epoch. False: the server insists on it, so the memory itself may be wrong.
bool Replica::Machine::isRefusable(std::string_view epoch)
{
    if (refusedEpoch != epoch) {
        refusedEpoch = epoch;
        refusals = 0;
    }
    return ++refusals <= kExpiredRefusals;
}

void Replica::Machine::dropConnection(const std::string& why, Step& out)
{
    if (conn.number != 0)
        out.effects.emplace_back(CloseConnection{conn.number, why});
    conn = {};
    settleBuffer(out);
}

void Replica::Machine::abortSnapshot(Step& out)
{
    if (snap.number != 0)
        out.effects.emplace_back(AbortSnapshot{snap.number});
    snap = {};
}

void Replica::Machine::settleBuffer(Step& out)
{
    while (!buffer.isEmpty())
        settleOldest(Verdict::Ignored, out);
}

/// Drops what waits because of a hole in it: only a snapshot that is not older than the last of it can be used.
void Replica::Machine::dropBuffer(Step& out)
{
    if (!buffer.isEmpty() && !buffer.events().back().version.isAbsent())
        noteHole({buffer.events().back().epoch, buffer.events().back().version});
    else if (bufferFloor.version.isAbsent())
        noteHole(conn.start.version.isAbsent() ? cursor : conn.start);
    settleBuffer(out);
}

/// Without snapshots: what was before does not join to what comes, and no bookmark of before says anything about it.
void Replica::Machine::beginAt(Cursor at)
{
    cursor = std::move(at);
    bookmarkFrom.clear();
    bookmarkTo.clear();
}

void Replica::Machine::noteHole(Cursor last)
{
    if (config.order == Order::Opaque)
        conn.start = last;
    bufferFloor = std::move(last);
}

void Replica::Machine::settleOldest(Verdict verdict, Step& out)
{
    const BufferedEvent oldest = buffer.pop();
    count(verdict);
    out.effects.emplace_back(BufferedSettled{oldest.ticket, verdict});
}

bool Replica::Machine::isExpired(std::string_view epoch) const
{
    if (mutated(Mutant::ExpiredEpochAccepted))
        return false;
    return std::find(expired.begin(), expired.end(), epoch) != expired.end();
}

Cursor Replica::Machine::seenBy(const EventView& event) const
{
    return {event.epoch.empty() ? cursor.epoch : std::string(event.epoch), event.version};
}

} // namespace wg::sync
