// SPDX-License-Identifier: GPL-3.0-or-later
// One message against the state: next, duplicate, stale, gap, bookmark. The hot path.
#include "sync/replica_machine.h"

#include <utility>

namespace wg::sync
{

using S = ReplicaState;

/// Buffered means: not settled, a resync is under way and the message waits for it.
Verdict Replica::Machine::take(const EventView& event, Instant now, Step& out)
{
    const bool isFirst = std::exchange(conn.isFirst, false);
    if (store.hasFailedFold() && config.hasSnapshot) {
        lose(MarkerKind::PatchWithoutBase, "a pending patch could not be applied", seenBy(event), now, out);
        const Verdict verdict = setAside(event);
        resync("a patch failed", now, out);
        return verdict;
    }
    if (!event.epoch.empty() && event.epoch != cursor.epoch)
        if (const auto settled = otherEpoch(event, now, out))
            return *settled;
    if (event.op == Op::Bookmark)
        return bookmark(event, isFirst, now, out);
    switch (jointOfEvent(config.order, event, position())) {
    case Joint::Next: return advance(event, now, out);
    case Joint::Duplicate: return Verdict::Duplicate;
    case Joint::Stale:
        if (mutated(Mutant::StaleApplied) && applyToStore(event, now))
            return Verdict::Applied;
        return Verdict::Stale;
    case Joint::BehindBookmark: return behindBookmark(event, now, out);
    case Joint::NoVersion:
        if (event.op == Op::None)
            return Verdict::Ignored;
        unreadableMessage("an event without a version", now, out);
        return Verdict::Undecodable;
    case Joint::Gap:
    case Joint::BookmarkAhead: break;
    }
    return gap(event, now, out);
}

/// Nothing: the message is judged on, by its version.
std::optional<Verdict> Replica::Machine::otherEpoch(const EventView& event, Instant now, Step& out)
{
    if (mutated(Mutant::NoEpochCheck))
        return std::nullopt;
    if (cursor.epoch.empty()) {
        cursor.epoch = event.epoch;
        return std::nullopt;
    }
    if (config.hasSnapshot && isExpired(event.epoch)) {
        refuseStream(event.epoch, now, out);
        return Verdict::Ignored;
    }
    lose(MarkerKind::Epoch, "the stream is of another epoch", seenBy(event), now, out);
    if (!config.hasSnapshot) {
        beginAt({std::string(event.epoch), {}});
        return std::nullopt;
    }
    const Verdict verdict = setAside(event);
    resync("another epoch", now, out);
    return verdict;
}

Verdict Replica::Machine::advance(const EventView& event, Instant now, Step& out)
{
    if (!applyToStore(event, now)) {
        if (config.hasSnapshot) {
            if (mutated(Mutant::CursorBeforeApply)) {
                cursor.version = event.version;
                return Verdict::Ignored;
            }
            lose(MarkerKind::PatchWithoutBase, "a patch for " + std::string(event.key) + " that cannot be applied",
                 seenBy(event), now, out);
            const Verdict verdict = setAside(event);
            resync("a patch that cannot be applied", now, out);
            return verdict;
        }
        moveCursor(event.version, now);
        return Verdict::Ignored;
    }
    moveCursor(event.version, now);
    progressed(now);
    return event.op == Op::None ? Verdict::Ignored : Verdict::Applied;
}

bool Replica::Machine::applyToStore(const EventView& event, Instant now)
{
    switch (event.op) {
    case Op::Put: store.put(event.key, event.version, event.payload, now); return true;
    case Op::Delete: store.erase(event.key); return true; // an unknown key is normal
    case Op::Patch:
    case Op::JsonPatch:
        if (store.patch(event.key, event.version, event.op, event.payload, now))
            return true;
        if (mutated(Mutant::PatchBaseInvented)) {
            store.put(event.key, event.version, event.payload, now);
            return true;
        }
        return false;
    case Op::Bookmark:
    case Op::None: return true;
    }
    return true;
}

void Replica::Machine::moveCursor(const Version& to, Instant now)
{
    isAfterSnapshot = false;
    if (to.isAbsent()) {
        ledger.unknown("the source has no versions", now);
        return;
    }
    if (!ledger.extend(to, now))
        ledger.covered(cursor.epoch, ledger.endsInLoss() ? to : cursor.version, to, now);
    cursor.version = to;
}

void Replica::Machine::progressed(Instant now)
{
    conn.hasProgress = true;
    conn.lastProofAt = now;
    if (isGapResumed)
        ledger.resent("sent again after a resume", now);
    isGapResumed = isUnreadableResumed = false;
    if (hasStrikes)
        clearStrikes();
}

Verdict Replica::Machine::gap(const EventView& event, Instant now, Step& out)
{
    if (mutated(Mutant::NoGapCheck))
        return advance(event, now, out);
    if (!isGapResumed && !mutated(Mutant::GapUnmarked))
        lose(MarkerKind::Gap, "events are missing", seenBy(event), now, out);
    if (!config.hasSnapshot)
        return advance(event, now, out);
    if (config.onGap == OnGap::ResumeOnceThenSnapshot && config.replay && !isGapResumed) {
        resumeOverGap(now, out);
        return Verdict::Ignored;
    }
    const Verdict verdict = setAside(event);
    resync("gap", now, out);
    return verdict;
}

/// Once per cursor: at once, unless failures before it ask for a wait.
void Replica::Machine::resumeOverGap(Instant now, Step& out)
{
    constexpr const char* kWhy = "gap: resuming once";
    dropConnection(kWhy, out);
    const bool isFirst = pacer.isFresh() && !(resumedAt && now - *resumedAt < kSoonSpacing);
    if (isFirst)
        resumedAt = now;
    backOff(isFirst ? 0 : pacer.failed(random()), kWhy, now, out);
    isGapResumed = true;
}

/// A bookmark had said that everything up to its version was sent, and here comes something that was not.
Verdict Replica::Machine::behindBookmark(const EventView& event, Instant now, Step& out)
{
    ItemView held;
    const bool isKnown = store.find(event.key, held);
    const bool isHandled = config.order == Order::Sparse || !config.hasSnapshot;
    if (isHandled && isKnown && !(held.version < event.version))
        return held.version == event.version ? Verdict::Duplicate : Verdict::Stale;
    lose(MarkerKind::BookmarkAhead, "an event came after a bookmark that had passed it", seenBy(event), now, out);
    // Without an item there is nothing to compare with: only where nothing newer was applied since, it is surely news.
    const bool isNews = isKnown || event.op == Op::Delete || cursor.version == bookmarkTo;
    if (isHandled && (isNews || !config.hasSnapshot) && applyToStore(event, now)) {
        ledger.resent("it came after the bookmark", now);
        progressed(now);
        return event.op == Op::None ? Verdict::Ignored : Verdict::Applied;
    }
    if (!config.hasSnapshot)
        return Verdict::Ignored;
    const Verdict verdict = setAside(event);
    resync("a bookmark was ahead of the events", now, out);
    return verdict;
}

Verdict Replica::Machine::bookmark(const EventView& event, bool isFirst, Instant now, Step& out)
{
    if (mutated(Mutant::HeartbeatIgnored))
        return Verdict::Bookmark;
    // Where the start was told before (WebSocket: subscribed), the first heartbeat may have passed over filtered events.
    const bool isOpening = isFirst && conn.hasCursor && !conn.isStartProved && config.order == Order::Chain;
    if (isOpening && !event.version.isAbsent())
        return openingBookmark(event, now, out);
    switch (jointOfBookmark(config.order, event, position())) {
    case Joint::Duplicate: return Verdict::Duplicate;
    case Joint::Stale: return Verdict::Stale;
    case Joint::Gap:
        if (mutated(Mutant::NoGapCheck))
            break;
        return wrongBookmark(MarkerKind::Gap, event, "a heartbeat shows that events are missing", now, out);
    case Joint::BookmarkAhead:
        return wrongBookmark(MarkerKind::BookmarkAhead, event, "a bookmark is ahead of the events", now, out);
    case Joint::Next:
    case Joint::BehindBookmark:
    case Joint::NoVersion: break;
    }
    conn.lastProofAt = now;
    if (event.version.isAbsent() || event.version == cursor.version)
        return Verdict::Bookmark;
    if (cursor.version != bookmarkTo || bookmarkTo.isAbsent())
        bookmarkFrom = cursor.version;
    bookmarkTo = event.version;
    moveCursor(event.version, now);
    progressed(now);
    return Verdict::Bookmark;
}

/// The first message of a resumed chain says where the stream starts: nowhere but at our cursor.
Verdict Replica::Machine::openingBookmark(const EventView& event, Instant now, Step& out)
{
    if (cursor.version.isAbsent() || event.version == cursor.version || mutated(Mutant::ProofIgnored)) {
        conn.lastProofAt = now;
        return Verdict::Bookmark;
    }
    const bool isBack = event.version < cursor.version;
    isRollbackMarked = isBack;
    return wrongBookmark(isBack ? MarkerKind::Rollback : MarkerKind::HistoryLost, event,
                         isBack ? "the stream starts before our cursor" : "the stream starts after our cursor", now,
                         out);
}

Verdict Replica::Machine::wrongBookmark(MarkerKind kind, const EventView& event, std::string why, Instant now,
                                        Step& out)
{
    const bool isSecondGap = kind == MarkerKind::Gap && isGapResumed;
    if (!isSecondGap)
        lose(kind, why, seenBy(event), now, out);
    if (!config.hasSnapshot) {
        moveCursor(event.version, now);
        progressed(now);
        return Verdict::Bookmark;
    }
    if (kind == MarkerKind::Gap && config.onGap == OnGap::ResumeOnceThenSnapshot && config.replay && !isGapResumed) {
        resumeOverGap(now, out);
        return Verdict::Ignored;
    }
    const Verdict verdict = setAside(event);
    resync(why, now, out);
    return verdict;
}

} // namespace wg::sync
