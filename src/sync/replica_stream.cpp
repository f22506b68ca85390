// SPDX-License-Identifier: GPL-3.0-or-later
// The stream: opened, messages, closed.
#include "sync/replica_machine.h"

#include <utility>

namespace wg::sync
{

using S = ReplicaState;

void Replica::Machine::opened(std::uint32_t number, const OpenInfo& info, Instant now, Step& out)
{
    if (number != conn.number || conn.isOpen || state != S::Connecting)
        return;
    conn.isOpen = true;
    conn.openedAt = conn.lastByteAt = conn.lastProofAt = now;
    conn.epoch = info.epoch.value_or(std::string());
    if (++opens > 1)
        ++counters.reconnects;
    if (config.hasSnapshot && !config.replay) {
        conn.start = {conn.epoch, info.resumedFrom.value_or(Version())};
        if (generation > 0)
            ++counters.resyncs;
        requestSnapshot("stream open, snapshot asked for", now, out);
        return;
    }
    if (conn.hasCursor) {
        if (!acceptsOpening(info, now, out))
            return;
        conn.isStartProved = info.resumedFrom == cursor.version;
        if (conn.isResume)
            ++counters.resumes;
    } else if (info.resumedFrom && cursor.version.isAbsent()) {
        cursor.version = *info.resumedFrom;
        cursor.epoch = conn.epoch;
    } else if (opens > 1) {
        ledger.unknown("reconnected to a source that does not resume", now);
        mark(MarkerKind::HistoryLost, "what came while the connection was down is not known", cursor, {}, now, out);
        beginAt({cursor.epoch, {}});
    }
    if (info.epoch)
        refusals = 0;
    truthAt = now;
    enter(S::Live, conn.isResume ? "resumed" : "stream open", now, out);
}

/// The epoch and the proof of a connection that was opened with our cursor. False: it is not used (any more).
bool Replica::Machine::acceptsOpening(const OpenInfo& info, Instant now, Step& out)
{
    const bool isOther = info.epoch && !info.epoch->empty() && !cursor.epoch.empty() && *info.epoch != cursor.epoch;
    if (!isOther || mutated(Mutant::NoEpochCheck))
        return acceptsProof(info, now, out);
    if (config.hasSnapshot && isExpired(*info.epoch)) {
        refuseStream(*info.epoch, now, out);
        return false;
    }
    lose(MarkerKind::Epoch, "the stream opened with another epoch", {*info.epoch, info.resumedFrom.value_or(Version())},
         now, out);
    if (config.hasSnapshot) {
        resync("another epoch", now, out);
        return false;
    }
    beginAt({*info.epoch, info.resumedFrom.value_or(Version())});
    return true;
}

bool Replica::Machine::acceptsProof(const OpenInfo& info, Instant now, Step& out)
{
    const bool isProved = info.resumedFrom && *info.resumedFrom == cursor.version;
    if (isProved || mutated(Mutant::ProofIgnored))
        return true;
    const bool isArithmetic =
        config.order == Order::Dense || config.order == Order::Range || config.order == Order::Chain;
    const bool isTaken = !info.resumedFrom && (isArithmetic || config.resumeIsTrusted || !conn.isResume);
    if (isTaken)
        return true;
    if (!info.resumedFrom && !config.hasSnapshot) {
        ledger.unknown("the source does not prove where it resumed", now);
        mark(MarkerKind::HistoryLost, "the source does not prove where it resumed", cursor, {}, now, out);
        return true;
    }
    const Version start = info.resumedFrom.value_or(Version());
    const bool isBack = config.order == Order::Chain && start < cursor.version;
    const MarkerKind kind = isBack ? MarkerKind::Rollback : MarkerKind::HistoryLost;
    isRollbackMarked = isBack;
    lose(kind, info.resumedFrom ? "the server resumed from another point" : "the resume is not proved",
         {cursor.epoch, start}, now, out);
    if (config.hasSnapshot) {
        resync("resume not proved", now, out);
        return false;
    }
    if (config.order != Order::Opaque)
        cursor.version = start;
    return true;
}

bool Replica::Machine::isCounted(std::uint32_t number) const
{
    if (mutated(Mutant::LateEventAccepted) && conn.isOpen)
        return true;
    return number != 0 && number == conn.number && conn.isOpen;
}

Verdict Replica::Machine::event(std::uint32_t number, const EventView& event, Instant now, Step& out)
{
    if (!isCounted(number))
        return count(Verdict::Ignored);
    conn.lastByteAt = now;
#ifdef WG_MUTANTS
    received = event.version;
#endif
    if (state == S::Live) {
        truthAt = now;
        return count(take(event, now, out));
    }
    conn.lastProofAt = now;
    return count(hold(event, now, out));
}

Verdict Replica::Machine::count(Verdict verdict)
{
    if (verdict == Verdict::Buffered) // counts where it ends up
        return verdict;
    ++counters.received;
    switch (verdict) {
    case Verdict::Applied: ++counters.applied; break;
    case Verdict::Bookmark: ++counters.bookmarks; break;
    case Verdict::Stale: ++counters.stale; break;
    case Verdict::Duplicate: ++counters.duplicate; break;
    case Verdict::Undecodable: ++counters.undecodable; break;
    default: ++counters.ignored; break;
    }
    return verdict;
}

Verdict Replica::Machine::unreadable(std::uint32_t number, std::string_view why, Instant now, Step& out)
{
    if (!isCounted(number))
        return count(Verdict::Ignored);
    conn.lastByteAt = now;
    unreadableMessage(why, now, out);
    return count(Verdict::Undecodable);
}

/// The message is lost: resumed over once from the last good cursor, then marked and resynced.
void Replica::Machine::unreadableMessage(std::string_view why, Instant now, Step& out)
{
    if (mutated(Mutant::UnreadableSkipped))
        return;
    const std::string text(why);
    const bool canResume = config.replay && state == S::Live && !cursor.version.isAbsent();
    if (canResume && !isUnreadableResumed) {
        dropConnection(text, out);
        lastFault = {};
        lastFault.code = ErrorCode::Undecodable;
        lastFault.reason = text;
        backOff(pacer.failed(random()), "unreadable: " + text, now, out);
        isUnreadableResumed = true;
        return;
    }
    lose(MarkerKind::Unreadable, text, {}, now, out);
    if (!config.hasSnapshot)
        return;
    if (state != S::Live) // the hole is in the buffer
        dropBuffer(out);
    else if (!config.replay)
        noteHole(cursor);
    isFloorExclusive = !config.replay;
    resync("unreadable: " + text, now, out);
}

void Replica::Machine::closed(std::uint32_t number, const Fault& fault, Instant now, Step& out)
{
    if (number == 0 || number != conn.number)
        return;
    lastFault = fault;
    noteFloor(fault.floorMs, now);
    if (state == S::Live && pacer.isHealth(now - since))
        clearStrikes();
    const Connection was = conn;
    conn = {};
    if (!mutated(Mutant::BufferKeptOnDisconnect))
        settleBuffer(out);
    abortSnapshot(out);
    switch (fault.action) {
    case Fault::Action::Retry: retryStream(was, fault, now, out); break;
    case Fault::Action::RefreshAuth: askForCredential(S::Backoff, fault, now, out); break;
    case Fault::Action::Resync:
        isRollbackMarked = fault.marker == MarkerKind::Rollback;
        lose(fault.marker, fault.reason, {}, now, out);
        if (config.hasSnapshot) {
            resync(fault.reason, now, out, fault.isImmediate || fault.marker == MarkerKind::TooOld, fault.floorMs);
        } else {
            beginAt({cursor.epoch, {}});
            backOff(soonDelayMs(now, fault.floorMs), fault.reason, now, out);
        }
        break;
    case Fault::Action::Fatal: halt(S::Fatal, fault.reason, now, out); break;
    case Fault::Action::Stop: halt(S::Stopped, fault.reason, now, out); break;
    }
}

void Replica::Machine::retryStream(const Connection& was, const Fault& fault, Instant now, Step& out)
{
    if (isGivenUp(fault)) {
        halt(S::Fatal, fault.reason, now, out);
        return;
    }
    const bool isInOrder = fault.code == ErrorCode::None;
    const bool wasOfUse = was.hasProgress || (was.isOpen && now - was.openedAt >= kShortLife && tries < kLoopGuard);
    if (fault.isImmediate)
        backOff(soonDelayMs(now, fault.floorMs), fault.reason, now, out);
    else if (isInOrder && wasOfUse)
        backOff(pacer.ended(random(), fault.floorMs), fault.reason, now, out);
    else
        backOff(pacer.failed(random(), fault.floorMs), fault.reason, now, out);
}

} // namespace wg::sync
