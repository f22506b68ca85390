// SPDX-License-Identifier: GPL-3.0-or-later
// The face of the replica: every call goes to its machine (replica_machine.h).
#include "sync/replica.h"

#include "sync/replica_machine.h"

#include <utility>

namespace wg::sync
{

std::string_view toString(Order order) noexcept
{
    switch (order) {
    case Order::Dense: return "dense";
    case Order::Range: return "range";
    case Order::Chain: return "chain";
    case Order::Sparse: return "sparse";
    case Order::Opaque: return "opaque";
    }
    return "opaque";
}

std::string_view toString(ReplicaState state) noexcept
{
    switch (state) {
    case ReplicaState::Idle: return "idle";
    case ReplicaState::Connecting: return "connecting";
    case ReplicaState::Syncing: return "syncing";
    case ReplicaState::Live: return "live";
    case ReplicaState::Backoff: return "backoff";
    case ReplicaState::BackoffSnapshot: return "backoff_snapshot";
    case ReplicaState::Fatal: return "fatal";
    case ReplicaState::Stopped: return "stopped";
    }
    return "fatal";
}

std::string_view toString(MarkerKind kind) noexcept
{
    switch (kind) {
    case MarkerKind::Gap: return "gap";
    case MarkerKind::Epoch: return "epoch";
    case MarkerKind::HistoryLost: return "history_lost";
    case MarkerKind::TooOld: return "too_old";
    case MarkerKind::Rollback: return "rollback";
    case MarkerKind::Unreadable: return "unreadable";
    case MarkerKind::BufferOverflow: return "buffer_overflow";
    case MarkerKind::PatchWithoutBase: return "patch_without_base";
    case MarkerKind::BookmarkAhead: return "bookmark_ahead";
    case MarkerKind::Stalled: return "stalled";
    case MarkerKind::Config: return "config";
    case MarkerKind::Requested: return "requested";
    case MarkerKind::Resynced: return "resynced";
    }
    return "gap";
}

std::string_view toString(Verdict verdict) noexcept
{
    switch (verdict) {
    case Verdict::Applied: return "applied";
    case Verdict::Bookmark: return "bookmark";
    case Verdict::Stale: return "stale";
    case Verdict::Duplicate: return "duplicate";
    case Verdict::Ignored: return "ignored";
    case Verdict::Undecodable: return "undecodable";
    case Verdict::Buffered: return "buffered";
    }
    return "ignored";
}

Replica::Replica(ReplicaConfig config)
    : m(std::make_unique<Machine>(std::move(config)))
{
}
Replica::~Replica() = default;

void Replica::start(Instant now, Step& out)
{
    m->start(now, out);
}
void Replica::restore(Store store, Cursor cursor, Instant now, Step& out)
{
    m->restore(std::move(store), std::move(cursor), now, out);
}
void Replica::stop(Instant now, Step& out)
{
    m->halt(ReplicaState::Stopped, "stopped", now, out);
}
void Replica::resyncNow(Instant now, Step& out)
{
    m->resyncNow(now, out);
}
void Replica::retryNow(Instant now, Step& out)
{
    m->retryNow(now, out);
}
void Replica::authRefreshed(bool ok, Instant now, Step& out)
{
    m->authRefreshed(ok, now, out);
}

void Replica::opened(std::uint32_t conn, const OpenInfo& info, Instant now, Step& out)
{
    m->opened(conn, info, now, out);
}
void Replica::bytes(std::uint32_t conn, std::size_t count, Instant now)
{
    m->counters.bytes += count;
    if (!isCurrent(conn))
        return;
    m->conn.lastByteAt = now;
    if (m->state == ReplicaState::Live)
        m->truthAt = now;
}
Verdict Replica::event(std::uint32_t conn, const EventView& event, Instant now, Step& out)
{
    return m->event(conn, event, now, out);
}
Verdict Replica::unreadable(std::uint32_t conn, std::string_view why, Instant now, Step& out)
{
    return m->unreadable(conn, why, now, out);
}
Verdict Replica::ignored(std::uint32_t)
{
    return m->count(Verdict::Ignored);
}
void Replica::closed(std::uint32_t conn, const Fault& fault, Instant now, Step& out)
{
    m->closed(conn, fault, now, out);
}
bool Replica::isCurrent(std::uint32_t conn) const noexcept
{
    return conn != 0 && conn == m->conn.number;
}

void Replica::snapshotProgress(std::uint32_t snap, std::size_t, Instant now)
{
    if (snap == 0 || snap != m->snap.number)
        return;
    m->snap.hasBytes = true;
    m->snap.lastByteAt = now;
}
void Replica::snapshotDone(std::uint32_t snap, const Cursor& at, Store items, Instant now, Step& out)
{
    m->snapshotDone(snap, at, std::move(items), now, out);
}
void Replica::snapshotFailed(std::uint32_t snap, const Fault& fault, Instant now, Step& out)
{
    m->snapshotFailed(snap, fault, now, out);
}

void Replica::tick(Instant now, Step& out)
{
    m->tick(now, out);
}
std::optional<Instant> Replica::nextDeadline() const
{
    const Machine::DueAt due = m->earliest();
    return due.what == Machine::Due::Nothing ? std::nullopt : std::optional(due.at);
}

ReplicaState Replica::state() const noexcept
{
    return m->state;
}
bool Replica::isStale() const noexcept
{
    if (mutated(Mutant::StaleFlagLost) && m->state == ReplicaState::Syncing)
        return false;
    return m->state != ReplicaState::Live;
}
Instant Replica::stateSince() const noexcept
{
    return m->since;
}
Instant Replica::lastTruthAt() const noexcept
{
    return m->truthAt;
}
const Cursor& Replica::cursor() const noexcept
{
    return m->cursor;
}
std::uint64_t Replica::generation() const noexcept
{
    return m->generation;
}
const Store& Replica::store() const noexcept
{
    return m->store;
}
const Counters& Replica::counters() const noexcept
{
    return m->counters;
}
const Ledger& Replica::ledger() const noexcept
{
    return m->ledger;
}
const std::deque<Marker>& Replica::markers() const noexcept
{
    return m->markers;
}
const Fault& Replica::lastFault() const noexcept
{
    return m->lastFault;
}
unsigned Replica::attempt() const noexcept
{
    return m->pacer.attempt();
}
std::optional<Instant> Replica::nextTryAt() const noexcept
{
    return m->nextTryAt;
}
bool Replica::isDegraded() const noexcept
{
    return m->isDegraded;
}
std::uint64_t Replica::nextTicket() const noexcept
{
    return m->buffer.nextTicket();
}

} // namespace wg::sync
