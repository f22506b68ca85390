// SPDX-License-Identifier: GPL-3.0-or-later
// Deadlines: every waiting state has one, and one never masks another.
#include "sync/replica_machine.h"

#include <utility>

namespace wg::sync
{

using S = ReplicaState;

namespace
{

constexpr int kMostDueAtOnce = 16; ///< far above the number of deadlines that can be set together

} // namespace

Replica::Machine::DueAt Replica::Machine::earliest() const
{
    DueAt first;
    const auto offer = [&](Due what, Instant at) {
        if (first.what == Due::Nothing || at < first.at)
            first = {what, at};
    };
    if (isWaitingForAuth)
        offer(Due::Auth, authDeadline);
    else if (nextTryAt)
        offer(Due::Try, *nextTryAt);
    if (conn.number != 0 && !conn.isOpen && config.connectDeadline > Duration::zero() &&
        !mutated(Mutant::NoConnectDeadline))
        offer(Due::Connect, conn.begunAt + config.connectDeadline);
    if (conn.isOpen && config.readDeadline > Duration::zero() && !mutated(Mutant::NoSilenceLimit))
        offer(Due::Read, conn.lastByteAt + config.readDeadline);
    if (conn.isOpen && config.maxBookmarkAge > Duration::zero())
        offer(Due::BookmarkAge, conn.lastProofAt + config.maxBookmarkAge);
    if (snap.number != 0 && !mutated(Mutant::NoSnapshotDeadline))
        offer(Due::Snapshot,
              snap.hasBytes ? snap.lastByteAt + config.snapshotProgress : snap.begunAt + config.snapshotFirstByte);
    if (state == S::Live && hasStrikes)
        offer(Due::Health, since + fromMs(config.backoff.resetAfterMs));
    return first;
}

void Replica::Machine::tick(Instant now, Step& out)
{
    for (int fired = 0; fired < kMostDueAtOnce; ++fired) {
        const DueAt due = earliest();
        if (due.what == Due::Nothing || now < due.at)
            break;
        fire(due, now, out);
    }
    if (state == S::Live && config.hasSnapshot && store.hasFailedFold()) {
        lose(MarkerKind::PatchWithoutBase, "a pending patch could not be applied", {}, now, out);
        resync("a patch failed", now, out);
    }
}

void Replica::Machine::fire(const DueAt& due, Instant now, Step& out)
{
    const bool isAfterSuspend = now - due.at > kSuspendSlack;
    switch (due.what) {
    case Due::Nothing: break;
    case Due::Auth:
        isWaitingForAuth = false;
        halt(S::Fatal, "no new credential came in time", now, out);
        break;
    case Due::Try: fireTry(now, out); break;
    case Due::Connect: closeDead("no answer to the connection in time", isAfterSuspend, now, out); break;
    case Due::Read: closeDead("no byte in time: the connection is dead", isAfterSuspend, now, out); break;
    case Due::BookmarkAge: stalled(now, out); break;
    case Due::Snapshot: {
        Fault fault;
        fault.code = ErrorCode::Timeout;
        fault.reason = snap.hasBytes ? "the snapshot stopped coming" : "no answer to the snapshot in time";
        out.effects.emplace_back(AbortSnapshot{snap.number});
        snapshotFailed(snap.number, fault, now, out);
        break;
    }
    case Due::Health: clearStrikes(); break;
    }
}

/// The line lives but brings nothing, not even the bookmarks that were promised: another connection, another snapshot.
void Replica::Machine::stalled(Instant now, Step& out)
{
    lose(MarkerKind::Stalled, "neither an event nor a bookmark in time", {}, now, out);
    if (config.hasSnapshot && config.replay) {
        resync("stalled", now, out);
        return;
    }
    abortSnapshot(out);
    dropConnection("stalled", out);
    backOff(soonDelayMs(now), "stalled", now, out);
}

void Replica::Machine::closeDead(std::string why, bool isAfterSuspend, Instant now, Step& out)
{
    Fault fault;
    fault.code = ErrorCode::Timeout;
    fault.isImmediate = isAfterSuspend;
    fault.reason = std::move(why);
    out.effects.emplace_back(CloseConnection{conn.number, fault.reason});
    closed(conn.number, fault, now, out);
}

} // namespace wg::sync
