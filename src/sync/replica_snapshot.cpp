// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots: refused, joined to the stream, accepted.
#include "sync/replica_machine.h"

#include <algorithm>
#include <utility>

namespace wg::sync
{

using S = ReplicaState;

void Replica::Machine::snapshotDone(std::uint32_t number, const Cursor& at, Store items, Instant now, Step& out)
{
    const bool isLate = number == 0 || number != snap.number;
    if (isLate && !(mutated(Mutant::LateSnapshotAccepted) && snap.number != 0)) {
        ++counters.snapshotsLate;
        return;
    }
    snap = {};
    if (isRefused(at, now, out))
        return;
    const bool isChecked = !config.replay && !mutated(Mutant::JointUnchecked);
    const SnapshotJoint joint = isChecked ? jointOf(at) : SnapshotJoint::Fits;
    const bool isUnproved = joint == SnapshotJoint::Unproved && jointAsks >= kJointAsks;
    if (joint != SnapshotJoint::Fits && !isUnproved) {
        notJoined(joint, now, out);
        return;
    }
    if (isUnproved)
        lose(MarkerKind::HistoryLost, "where the snapshot joins the stream cannot be proved", at, now, out);
    accept(at, std::move(items), now, out);
    if (isUnproved && state != S::Live) { // what waited does not fit it: both begin anew
        abortSnapshot(out);
        dropConnection("the snapshot does not fit the stream", out);
        backOff(pacer.failed(random()), "the snapshot does not fit the stream", now, out);
    }
}

/// Without a version where one is needed, of an expired epoch, or older than what is held.
bool Replica::Machine::isRefused(const Cursor& at, Instant now, Step& out)
{
    if (at.version.isAbsent() && (config.replay || config.order != Order::Opaque)) {
        askAgain(pacer.failed(random()), "a snapshot without a version", now, out);
        return true;
    }
    if (isExpired(at.epoch) && isRefusable(at.epoch)) {
        askAgain(pacer.failed(random()), "a snapshot of the expired epoch " + at.epoch, now, out);
        return true;
    }
    if (!isOlder(at) || mutated(Mutant::OldSnapshotAccepted))
        return false;
    if (rollbackAsks < kRollbackAsks) {
        askAfterRollback("a snapshot older than what is held", now, out);
        return true;
    }
    if (!isRollbackMarked)
        lose(MarkerKind::Rollback, "the server went back to an older version", at, now, out);
    isRollbackMarked = true;
    return false;
}

bool Replica::Machine::isOlder(const Cursor& at) const
{
    return generation > 0 && config.order != Order::Opaque && isBefore(at, cursor);
}

/// Versions of two epochs do not compare; an epoch that is not told is taken for the same.
bool Replica::Machine::isBefore(const Cursor& at, const Cursor& other)
{
    const bool isSameEpoch = at.epoch.empty() || other.epoch.empty() || at.epoch == other.epoch;
    return isSameEpoch && at.version < other.version;
}

/// Whether the snapshot meets the stream that was buffered meanwhile, without a hole between them.
Replica::Machine::SnapshotJoint Replica::Machine::jointOf(const Cursor& at) const
{
    bool hasSame = false;
    bool hasOther = false;
    const auto isOfOther = [&](const std::string& epoch) {
        return !at.epoch.empty() && !epoch.empty() && epoch != at.epoch;
    };
    for (const BufferedEvent& held : buffer.events())
        (isOfOther(held.epoch) ? hasOther : hasSame) = true;
    if (!hasSame && (hasOther || isOfOther(conn.epoch)))
        return SnapshotJoint::OtherEpoch;
    if (config.order == Order::Opaque) {
        return isOpaqueJoint(at) ? SnapshotJoint::Fits : SnapshotJoint::Unproved;
    }
    if (isBefore(at, bufferFloor) || isBefore(at, conn.start))
        return SnapshotJoint::Older;
    // The stream may have changed its epoch in the buffer: only what is of the snapshot's own epoch can join it.
    const auto mayJoin = [&](const BufferedEvent& held) { return !held.version.isAbsent() && !isOfOther(held.epoch); };
    const auto front = std::find_if(buffer.events().begin(), buffer.events().end(), mayJoin);
    if (isFloorExclusive && config.order == Order::Sparse) { // no arithmetic: it must hold what came after the hole
        const bool isPast = front == buffer.events().end() ? at != bufferFloor : !(at.version < front->version);
        return isPast ? SnapshotJoint::Fits : SnapshotJoint::Older;
    }
    if (front == buffer.events().end())
        return SnapshotJoint::Fits;
    const EventView first = front->view();
    const Version none;
    const Position position{at.version, none, none, true};
    const Joint joint = first.op == Op::Bookmark ? jointOfBookmark(config.order, first, position)
                                                 : jointOfEvent(config.order, first, position);
    return joint == Joint::Gap || joint == Joint::BookmarkAhead ? SnapshotJoint::Older : SnapshotJoint::Fits;
}

/// Opaque versions join where the same word was seen in the stream: in what waits, or as the last before it.
bool Replica::Machine::isOpaqueJoint(const Cursor& at) const
{
    const auto isJoint = [&](const BufferedEvent& held) { return held.version == at.version; };
    if (at.version.isAbsent() || std::any_of(buffer.events().begin(), buffer.events().end(), isJoint))
        return true;
    if (isFloorExclusive)
        return false;
    return conn.start.version.isAbsent() ? buffer.isEmpty() : conn.start.version == at.version;
}

void Replica::Machine::askAgain(double delayMs, std::string why, Instant now, Step& out)
{
    ++counters.snapshotsRefused;
    waitForSnapshot(S::Syncing, delayMs, std::move(why), now, out);
}

void Replica::Machine::askAfterRollback(std::string why, Instant now, Step& out)
{
    ++rollbackAsks;
    askAgain(kRollbackAskMs + kRollbackSpreadMs * random(), std::move(why), now, out);
}

void Replica::Machine::notJoined(SnapshotJoint joint, Instant now, Step& out)
{
    const bool isOld = joint == SnapshotJoint::Older;
    const char* why = isOld ? "a snapshot older than the stream" : "a snapshot that does not join the stream";
    if (++jointAsks <= (isOld ? kOlderAsks : kJointAsks)) {
        askAgain(pacer.failed(random()), why, now, out);
        return;
    }
    ++counters.snapshotsRefused;
    dropConnection(why, out);
    backOff(pacer.failed(random()), why, now, out);
}

/// The one place where the store is replaced: whole, at once, with the cursor.
void Replica::Machine::accept(const Cursor& at, Store items, Instant now, Step& out)
{
    expire(at);
    const Cursor before = std::exchange(cursor, at);
    StoreReplaced effect;
    effect.snap = requests;
    effect.deleted = store.keysMissingIn(items);
    if (mutated(Mutant::SnapshotMerged)) {
        std::string object;
        items.forEach([&](const ItemView& item) {
            (void)items.object(item.key, object);
            store.put(item.key, item.version, object, now, true);
        });
    } else {
        store = std::move(items);
    }
    if (config.fold)
        store.useFold(config.fold);
    effect.generation = ++generation;
    effect.items = store.size();
    ++counters.snapshots;
    bookmarkFrom.clear();
    bookmarkTo.clear();
    isAfterSnapshot = !config.replay;
    conn.epoch = cursor.epoch;
    bufferFloor = {};
    isFloorExclusive = false;
    rollbackAsks = jointAsks = refusals = 0;
    isRollbackMarked = isUnreadableResumed = isGapResumed = isResyncing = false;
    lossKind = MarkerKind::Requested;
    ledger.snapshot(cursor.epoch, cursor.version, generation == 1 ? "first snapshot" : "resync", now);
    if (generation > 1)
        mark(MarkerKind::Resynced, "state replaced by a snapshot", before, cursor, now, out);
    out.effects.emplace_back(std::move(effect));
    if (config.replay) {
        connectNow(false, now, out);
        return;
    }
    dropCovered(at, out);
    replayBuffer(now, out);
}

/// Only an accepted snapshot of another epoch makes the former one expired; what is accepted is expired no more.
void Replica::Machine::expire(const Cursor& at)
{
    expired.erase(std::remove(expired.begin(), expired.end(), at.epoch), expired.end());
    if (cursor.epoch.empty() || at.epoch.empty() || cursor.epoch == at.epoch)
        return;
    expired.push_back(cursor.epoch);
    if (expired.size() > kExpiredEpochs)
        expired.pop_front();
}

/// What the version arithmetic cannot see is covered: events of a former epoch, and opaque ones up to the joint.
void Replica::Machine::dropCovered(const Cursor& at, Step& out)
{
    const auto& events = buffer.events();
    const auto isOfThis = [&](const BufferedEvent& held) { return held.epoch.empty() || held.epoch == at.epoch; };
    if (!at.epoch.empty() && std::any_of(events.begin(), events.end(), isOfThis))
        while (!isOfThis(events.front()))
            settleOldest(Verdict::Stale, out);
    if (config.order != Order::Opaque || at.version.isAbsent())
        return;
    const auto isJoint = [&](const BufferedEvent& held) { return held.version == at.version; };
    while (std::any_of(events.begin(), events.end(), isJoint))
        settleOldest(isJoint(events.front()) ? Verdict::Duplicate : Verdict::Stale, out);
}

/// What waited is taken as if it came now; a loss among it leaves the rest waiting for the next snapshot.
void Replica::Machine::replayBuffer(Instant now, Step& out)
{
    while (!buffer.isEmpty()) {
        const std::uint64_t ticket = buffer.events().front().ticket;
        const EventView event = buffer.events().front().view();
        isReplaying = true;
        const Verdict verdict = take(event, now, out);
        isReplaying = false;
        if (verdict == Verdict::Buffered || buffer.isEmpty() || buffer.events().front().ticket != ticket)
            return; // a loss: the resync is under way
        settleOldest(verdict, out);
    }
    conn.lastProofAt = now;
    enter(S::Live, "snapshot joined to the stream", now, out);
}

void Replica::Machine::snapshotFailed(std::uint32_t number, const Fault& fault, Instant now, Step& out)
{
    if (number == 0 || number != snap.number) {
        ++counters.snapshotsLate;
        return;
    }
    snap = {};
    lastFault = fault;
    noteFloor(fault.floorMs, now);
    switch (fault.action) {
    case Fault::Action::Retry:
        if (isGivenUp(fault))
            halt(S::Fatal, fault.reason, now, out);
        else
            waitForSnapshot(S::BackoffSnapshot, pacer.failed(random(), fault.floorMs), fault.reason, now, out);
        break;
    case Fault::Action::RefreshAuth: askForCredential(S::BackoffSnapshot, fault, now, out); break;
    case Fault::Action::Resync: // the server is behind us, or a page is gone: the snapshot begins again
        if (fault.marker == MarkerKind::Rollback && rollbackAsks < kRollbackAsks)
            askAfterRollback(fault.reason, now, out);
        else
            waitForSnapshot(S::Syncing, soonDelayMs(now, fault.floorMs), fault.reason, now, out);
        break;
    case Fault::Action::Fatal: halt(S::Fatal, fault.reason, now, out); break;
    case Fault::Action::Stop: halt(S::Stopped, fault.reason, now, out); break;
    }
}

} // namespace wg::sync
