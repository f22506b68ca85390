// SPDX-License-Identifier: GPL-3.0-or-later
// The invariants of SYNC B4, as far as they can be seen from outside, after every step.
#include "world.h"

#include <sstream>

namespace wg::sim
{

using sync::MarkerKind;
using sync::Order;
using sync::ReplicaState;

namespace
{

constexpr std::size_t kRequestsInWindow = 25;
constexpr std::size_t kAllRequestsInWindow = 150;
constexpr Duration kRequestWindow = std::chrono::seconds(10);
constexpr unsigned kRefusals = 5; ///< of an expired epoch in a row, before the rules let it in again
constexpr std::uint64_t kTicksAtOnce = 100;

} // namespace

void World::fail(const std::string& what)
{
    if (m_outcome.violation.empty())
        m_outcome.violation = what;
}

void World::checkAll()
{
    checkCounters();
    checkState();
    checkHalted();
}

void World::checkCounters()
{
    const sync::Counters& counters = m_replica->counters();
    if (!counters.addUp())
        fail("the counters do not add up");
    if (counters.received + m_waiting.size() != m_delivered)
        fail("a message was counted twice or not at all");
    if (m_waiting.size() > m_plan.config.bufferEvents)
        fail("I11: more events wait than the limit allows");
    if (m_replica->markers().size() > limits::kMarkers || m_replica->ledger().spans().size() > limits::kLedgerSpans)
        fail("I11: markers or ledger above their limits");
}

void World::checkHalted()
{
    const ReplicaState state = m_replica->state();
    if (state != ReplicaState::Stopped && state != ReplicaState::Fatal)
        return;
    if (m_replica->nextDeadline() || m_clientConn != 0 || m_clientSnap != 0)
        fail("I9: something is pending in a halted replica");
}

const History* World::historyOf(const std::string& epoch) const
{
    for (const History& history : m_histories)
        if (history.epoch() == epoch)
            return &history;
    return nullptr;
}

std::optional<std::size_t> World::indexOfCursor(const History& history, const sync::Cursor& cursor) const
{
    const auto index = history.indexOf(cursor.version);
    if (!index || history.version(*index) != cursor.version)
        return std::nullopt;
    return index;
}

void World::checkState()
{
    const bool isLive = m_replica->state() == ReplicaState::Live;
    if (m_replica->isStale() == isLive)
        fail("I8: the stale flag does not follow the state");
    if (!m_plan.config.hasSnapshot)
        return;
    const std::uint64_t generation = m_replica->generation();
    const sync::Cursor& cursor = m_replica->cursor();
    if (generation != m_generation) {
        if (generation > 1 && !m_hasMarkerInStep)
            fail("I1: a new generation without a marker");
        m_generation = generation;
    } else if (cursor.epoch != m_lastCursor.epoch && !m_lastCursor.epoch.empty()) {
        fail("I1: the epoch changed inside a generation");
    } else if (cursor.version < m_lastCursor.version) {
        fail("I1: the applied version went back inside a generation");
    }
    m_lastCursor = cursor;
    if (generation == 0 || static_cast<std::int64_t>(generation) <= m_exemptThrough)
        return;
    const History* history = historyOf(cursor.epoch);
    const auto index = history ? indexOfCursor(*history, cursor) : std::nullopt;
    std::uint64_t hash = 0;
    if (!index)
        return fail("I7: the cursor " + cursor.toString() + " is no version of the server");
    if (!hashStore(m_replica->store(), hash))
        return fail("I7: an object cannot be read");
    if (hash != history->at(*index).hash)
        fail("I6, I7: the store is not the server's state at " + cursor.toString());
}

/// The next visible change after what was shown last, in order; anything else was lost or came twice.
void World::checkApplied(std::size_t history, std::size_t index)
{
    const bool isExempt = static_cast<std::int64_t>(m_replica->generation()) <= m_exemptThrough;
    const bool isExcused = m_plan.config.hasSnapshot ? isExempt : m_hasMarkerSinceShown || isExempt || !m_shown;
    if (!isExcused && (!m_shown || history != m_shownHistory || m_histories[history].nextVisible(*m_shown) != index)) {
        std::ostringstream text;
        text << "I2, I3, I4: applied index " << index << " after index "
             << (m_shown ? std::to_string(*m_shown) : "none");
        fail(text.str());
    }
    noteShown(history, index);
}

void World::noteShown(std::size_t history, std::size_t index)
{
    m_shown = index;
    m_shownHistory = history;
    m_hasMarkerSinceShown = false;
    m_requests.clear();
}

/// A snapshot was accepted: never one of an expired epoch, never an older one, but for the ways the rules leave.
void World::checkReplaced()
{
    const sync::Cursor& at = m_answered.cursor;
    const sync::Cursor& before = m_lastCursor;
    if (m_expired.count(at.epoch) != 0 && (m_refusedEpoch != at.epoch || m_refusedInARow < kRefusals))
        fail("B3.11: a snapshot of an expired epoch was accepted");
    m_refusedInARow = 0;
    m_expired.erase(at.epoch);
    if (!before.epoch.empty() && before.epoch != at.epoch)
        m_expired.insert(before.epoch);
    const bool isBack = before.epoch == at.epoch && at.version < before.version;
    if (isBack && !m_isRollbackMarked && m_plan.config.order != Order::Opaque)
        fail("I1: an older snapshot was accepted without the marker for it");
}

void World::noteRefused(const std::string& epoch)
{
    if (m_refusedEpoch != epoch)
        m_refusedInARow = 0;
    m_refusedEpoch = epoch;
    ++m_refusedInARow;
}

void World::noteMarker(const sync::Marker& marker)
{
    m_isRollbackMarked = m_isRollbackMarked || marker.kind == MarkerKind::Rollback;
    m_hasMarkerSinceShown = m_hasMarkerInStep = true;
    const bool isUnproved =
        !m_plan.config.replay && m_plan.config.order == Order::Opaque && marker.kind == MarkerKind::HistoryLost;
    if (isUnproved) // the joint cannot be proved: right again once all that was sent has come
        m_exemptThrough = static_cast<std::int64_t>(m_replica->generation());
    const bool mayGoOn = marker.kind == MarkerKind::BookmarkAhead || marker.kind == MarkerKind::Rollback ||
                         marker.kind == MarkerKind::HistoryLost || marker.kind == MarkerKind::Resynced ||
                         marker.kind == MarkerKind::Requested;
    if (!mayGoOn && m_plan.config.hasSnapshot && !m_replica->isStale())
        fail("I8: live after a loss");
}

void World::noteState(ReplicaState from, ReplicaState to)
{
    if (from == ReplicaState::Live && to == ReplicaState::Syncing && !m_hasMarkerInStep && !m_hasMarkerSinceShown)
        fail("B3.4: a resync without a marker");
}

/// Requests keep what the server asked for, and do not come in a hot loop.
void World::checkRequest(const char* what)
{
    if (m_replica->state() == ReplicaState::Stopped || m_replica->state() == ReplicaState::Fatal)
        fail(std::string("I9: a request of a halted replica: ") + what);
    if (m_now < m_floorUntil)
        fail(std::string("I10: sooner than the server asked for: ") + what);
    m_allRequests.push_back(m_now);
    while (m_allRequests.front() + kRequestWindow < m_now)
        m_allRequests.pop_front();
    if (m_allRequests.size() > kAllRequestsInWindow)
        fail("I10: a hot loop of requests with progress by inches");
    m_requests.push_back(m_now);
    while (!m_requests.empty() && m_requests.front() + kRequestWindow < m_now)
        m_requests.pop_front();
    if (m_requests.size() > kRequestsInWindow)
        fail("I10: a hot loop of requests without progress");
}

/// After a tick: no deadline is overdue, and a silent line is not called live.
void World::checkClock()
{
    if (m_stepAt == m_now)
        ++m_ticksAtOnce;
    else
        m_ticksAtOnce = 0;
    m_stepAt = m_now;
    if (m_ticksAtOnce > kTicksAtOnce)
        fail("the clock stands still: a deadline that is always due");
    if (m_replica->state() == ReplicaState::Live && m_lastByteAt + m_plan.config.readDeadline < m_now)
        fail("I8: live although the line has been silent for longer than the limit");
}

} // namespace wg::sim
