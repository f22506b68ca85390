// SPDX-License-Identifier: GPL-3.0-or-later
// Commands, connecting, waiting, halting; the transition table.
#include "sync/replica_machine.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace wg::sync
{

namespace
{

using S = ReplicaState;
constexpr std::size_t kStates = 8;

// clang-format off
/// Row: from. Column: to. In the order of ReplicaState; staying in a state is no transition.
constexpr std::array<std::array<bool, kStates>, kStates> kTransitions{{
    //                  Idle   Connec Syncin Live   Backof BackSn Fatal  Stopped
    /* Idle */         {false, true,  true,  false, true,  true,  false, true},
    /* Connecting */   {false, false, true,  true,  true,  true,  true,  true},
    /* Syncing */      {false, true,  false, true,  true,  true,  true,  true},
    /* Live */         {false, false, true,  false, true,  true,  true,  true},
    /* Backoff */      {false, true,  true,  false, false, true,  true,  true},
    /* BackoffSnap */  {false, false, true,  false, true,  false, true,  true},
    /* Fatal */        {false, true,  true,  false, true,  true,  false, true},
    /* Stopped */      {false, true,  true,  false, true,  true,  false, false},
}};
// clang-format on

} // namespace

bool canFollow(ReplicaState from, ReplicaState to) noexcept
{
    return kTransitions[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

Replica::Machine::Machine(ReplicaConfig given)
    : config(std::move(given))
    , prng(config.seed)
    , pacer(config.backoff)
    , store(config.fold)
    , buffer(mutated(Mutant::BufferUnbounded) ? SIZE_MAX : config.bufferEvents, config.bufferBytes)
{
}

void Replica::Machine::enter(ReplicaState to, std::string why, Instant now, Step& out)
{
    if (state == to)
        return;
    assert(canFollow(state, to));
    if (state == S::Live && config.order == Order::Opaque)
        conn.start = cursor;
    out.effects.emplace_back(StateChanged{state, to, std::move(why)});
    state = to;
    since = now;
}

void Replica::Machine::start(Instant now, Step& out)
{
    if (state != S::Idle && state != S::Fatal && state != S::Stopped)
        return;
    clearStrikes();
    const bool needsSnapshotFirst = config.hasSnapshot && config.replay && (generation == 0 || isResyncing);
    if (needsSnapshotFirst)
        requestSnapshot(generation == 0 ? "first snapshot" : "resync", now, out);
    else
        connectNow(generation > 0 || !cursor.version.isAbsent(), now, out);
}

void Replica::Machine::restore(Store restored, Cursor at, Instant now, Step& out)
{
    if (state != S::Idle)
        return;
    store = std::move(restored);
    if (config.fold)
        store.useFold(config.fold);
    cursor = std::move(at);
    generation = 1;
    ledger.snapshot(cursor.epoch, cursor.version, "restored from what was kept", now);
    start(now, out);
}

void Replica::Machine::resyncNow(Instant now, Step& out)
{
    const bool isRunning = state != S::Idle && state != S::Fatal && state != S::Stopped;
    if (!config.hasSnapshot || !isRunning || isWaitingForAuth || snap.number != 0)
        return;
    mark(MarkerKind::Requested, "a person asked for a resync", cursor, {}, now, out);
    if (state == S::Syncing || state == S::BackoffSnapshot) {
        requestSnapshot("asked for", now, out);
        return;
    }
    if (!config.replay && !conn.isOpen) { // stream first: the snapshot follows the connection
        if (state == S::Backoff)
            connectNow(true, now, out);
        return;
    }
    ++counters.resyncs;
    isResyncing = true;
    lossKind = MarkerKind::Requested;
    if (config.replay)
        dropConnection("resync asked for", out);
    requestSnapshot("asked for", now, out);
}

void Replica::Machine::retryNow(Instant now, Step& out)
{
    if (nextTryAt && !isWaitingForAuth)
        fireTry(now, out);
}

void Replica::Machine::authRefreshed(bool ok, Instant now, Step& out)
{
    if (!isWaitingForAuth)
        return;
    isWaitingForAuth = false;
    if (!ok) {
        halt(S::Fatal, "no new credential can be had", now, out);
        return;
    }
    nextTryAt = now + fromMs(pacer.failed(random(), authFloorMs));
}

/// Opens the stream, with the cursor where the server can resume; waits where a server asked for that.
void Replica::Machine::connectNow(bool isResume, Instant now, Step& out)
{
    if (now < floorUntil && !mutated(Mutant::FloorIgnored)) {
        nextTryAt = floorUntil;
        enter(S::Backoff, "the server asked to wait", now, out);
        return;
    }
    nextTryAt.reset();
    countTry();
    conn = {};
    conn.number = ++connections;
    conn.begunAt = now;
    conn.isResume = isResume;
    bufferFloor = {};
    isFloorExclusive = false;
    jointAsks = 0;
    Connect effect{conn.number, std::nullopt};
    if (config.replay && !cursor.version.isAbsent()) {
        effect.from = cursor;
#ifdef WG_MUTANTS
        if (mutated(Mutant::ResumeFromReceived) && !received.isAbsent())
            effect.from->version = received;
#endif
        conn.hasCursor = true;
    }
    enter(S::Connecting, isResume ? "resuming" : "opening the stream", now, out);
    out.effects.emplace_back(std::move(effect));
}

void Replica::Machine::requestSnapshot(std::string_view why, Instant now, Step& out)
{
    if (now < floorUntil && !mutated(Mutant::FloorIgnored)) {
        nextTryAt = floorUntil;
        enter(S::BackoffSnapshot, "the server asked to wait", now, out);
        return;
    }
    nextTryAt.reset();
    abortSnapshot(out);
    countTry();
    snap = {};
    snap.number = ++requests;
    snap.begunAt = now;
    FetchSnapshot effect{snap.number, std::nullopt, requests > 1 || generation > 0};
    const bool mayCompare =
        lossKind != MarkerKind::Epoch && lossKind != MarkerKind::TooOld && rollbackAsks < kRollbackAsks;
    if (generation > 0 && mayCompare && !cursor.version.isAbsent())
        effect.notOlderThan = cursor;
    enter(S::Syncing, std::string(why), now, out);
    out.effects.emplace_back(std::move(effect));
}

/// The wait is over: what the state waits for is tried.
void Replica::Machine::fireTry(Instant now, Step& out)
{
    const bool needsSnapshot = state == S::Syncing || state == S::BackoffSnapshot;
    if (needsSnapshot)
        requestSnapshot("next try", now, out);
    else
        connectNow(true, now, out);
}

void Replica::Machine::backOff(double delayMs, std::string why, Instant now, Step& out)
{
    hasStrikes = true;
    nextTryAt = now + fromMs(delayMs);
    enter(S::Backoff, std::move(why), now, out);
}

/// where: Syncing (asked again as part of a resync) or BackoffSnapshot (a request failed).
void Replica::Machine::waitForSnapshot(ReplicaState where, double delayMs, std::string why, Instant now, Step& out)
{
    hasStrikes = true;
    const Instant at = now + fromMs(delayMs);
    nextTryAt = std::max(at, floorUntil);
    if (mutated(Mutant::FloorIgnored))
        nextTryAt = at;
    enter(where, std::move(why), now, out);
}

/// 401: one new credential, then again only after progress.
void Replica::Machine::askForCredential(ReplicaState where, const Fault& fault, Instant now, Step& out)
{
    if (isWaitingForAuth) { // stream and snapshot were refused for the same reason
        enter(where, fault.reason, now, out);
        return;
    }
    if (isAuthSpent) {
        halt(S::Fatal, "refused again with a new credential: " + fault.reason, now, out);
        return;
    }
    isAuthSpent = true;
    hasStrikes = true;
    isWaitingForAuth = true;
    authDeadline = now + kAuthDeadline;
    authFloorMs = fault.floorMs;
    nextTryAt.reset();
    enter(where, fault.reason, now, out);
    out.effects.emplace_back(RefreshAuth{});
}

/// Fatal or Stopped: nothing is pending afterwards, state and cursor are kept.
void Replica::Machine::halt(ReplicaState where, std::string why, Instant now, Step& out)
{
    if (state == where)
        return;
    abortSnapshot(out);
    dropConnection(why, out);
    if (!mutated(Mutant::StopForgotten))
        nextTryAt.reset();
    isWaitingForAuth = false;
    enter(where, std::move(why), now, out);
}

void Replica::Machine::noteFloor(const std::optional<double>& floorMs, Instant now)
{
    if (!floorMs || !(*floorMs > 0))
        return;
    const Instant until = now + fromMs(std::min(*floorMs, config.backoff.maxRetryAfterMs));
    floorUntil = std::max(floorUntil, until);
}

/// For what may be tried again at once: the first time since progress, but never in a hot loop that makes progress by
/// inches.
double Replica::Machine::soonDelayMs(Instant now, std::optional<double> floorMs)
{
    const double u = random();
    if (soonAt && now - *soonAt < kSoonSpacing && !mutated(Mutant::GoneLooped))
        return pacer.failed(u, floorMs);
    soonAt = now;
    return pacer.resync(u, floorMs);
}

void Replica::Machine::countTry()
{
    hasStrikes = true;
    if (++tries >= kLoopDegraded)
        isDegraded = true;
}

void Replica::Machine::clearStrikes()
{
    pacer.reset();
    tries = 0;
    boundedFailures = 0;
    hasStrikes = isDegraded = isAuthSpent = false;
}

bool Replica::Machine::isGivenUp(const Fault& fault)
{
    if (fault.giveUpAfter == 0)
        return false;
    hasStrikes = true;
    return ++boundedFailures >= fault.giveUpAfter;
}

} // namespace wg::sync
