// SPDX-License-Identifier: GPL-3.0-or-later
// The clock, the faults in time, the quiet phase.
#include "world.h"

#include <algorithm>

namespace wg::sim
{

using sync::Fault;
using sync::ReplicaState;

namespace
{

constexpr double kConvergesWithinS = 400; ///< after the last fault, whatever the waits that it left behind
constexpr double kCalmS = 60;             ///< then nothing may happen for so long
constexpr int kMostCalms = 10;
constexpr double kCheckEveryS = 5;
constexpr double kPersonS = 20;          ///< a person restarts what has failed
constexpr std::size_t kHistoryKept = 12; ///< changes that survive a compaction

} // namespace

World::World(const Plan& plan, bool isTraced)
    : m_plan(plan)
    , m_isTraced(isTraced)
    , m_prng(Prng(plan.seed ^ 0xC0FFEE).next())
{
    State empty;
    m_histories.emplace_back("e0", m_plan.config.order, 100 + m_prng.below(1000), empty);
    for (int i = 0; i < 6; ++i)
        current().write(m_prng, false);
}

void World::trace(const std::string& line)
{
    if (!m_isTraced)
        return;
    char time[32];
    std::snprintf(time, sizeof time, "%10.3f  ", toSeconds(m_now - Instant{}));
    m_outcome.trace += time + line + "\n";
}

void World::after(Duration delay, std::function<void()> act)
{
    m_queue.push({m_now + delay, ++m_sequence, [this, life = m_life, act = std::move(act)] {
                      if (life == m_life)
                          act();
                  }});
}

/// Again and again until the quiet phase, at random distances of meanS; never where meanS is 0.
void World::every(double meanS, std::function<void()> act)
{
    if (meanS <= 0)
        return;
    const Duration delay = fromSeconds(meanS * 2 * m_prng.unit() + 0.05);
    m_queue.push({m_now + delay, ++m_sequence, [this, meanS, act] {
                      if (m_isQuiet)
                          return;
                      act();
                      every(meanS, act);
                  }});
}

void World::boot()
{
    ++m_life;
    sync::ReplicaConfig config = m_plan.config;
    config.seed = m_prng.next();
    m_replica = std::make_unique<sync::Replica>(config);
    m_step.clear();
    m_clientConn = m_clientSnap = 0;
    m_isOpen = false;
    m_delivered = 0;
    m_waiting.clear();
    m_generation = 0;
    m_lastCursor = {};
    m_shown.reset();
    m_exemptThrough = -1;
    m_floorUntil = {};
    m_requests.clear();
    m_allRequests.clear();
    m_expired.clear();
    m_refusedInARow = 0;
    m_isRollbackMarked = false;
}

Outcome World::run()
{
    trace(m_plan.summary());
    m_quietAt = m_now + fromSeconds(m_plan.chaosS);
    boot();
    scheduleFaults();
    input("start", [&] { m_replica->start(m_now, m_step); });
    advance(m_quietAt);
    becomeQuiet();
    const Instant limit = m_now + fromSeconds(kConvergesWithinS);
    while (m_outcome.isGood() && m_now < limit && !isConverged())
        advance(m_now + fromSeconds(kCheckEveryS));
    if (m_outcome.isGood() && !isConverged())
        fail("I5, I14: not live with the server's state within the bound after the last fault");
    if (m_outcome.isGood())
        finish();
    return std::move(m_outcome);
}

/// Runs everything due up to then, the replica's own deadlines among it. False: an invariant broke.
bool World::advance(Instant until)
{
    while (m_outcome.isGood()) {
        const auto deadline = m_replica->nextDeadline();
        const bool hasDue = !m_queue.empty() && m_queue.top().at <= until;
        if (deadline && *deadline <= until && (!hasDue || *deadline <= m_queue.top().at)) {
            m_now = std::max(m_now, *deadline);
            input("tick", [&] { m_replica->tick(m_now, m_step); });
            checkClock();
            continue;
        }
        if (!hasDue)
            break;
        const Pending next = m_queue.top();
        m_queue.pop();
        m_now = std::max(m_now, next.at);
        next.act();
    }
    m_now = std::max(m_now, until);
    return m_outcome.isGood();
}

void World::scheduleFaults()
{
    const Faults& faults = m_plan.faults;
    every(m_plan.writeEveryS, [this] { write(); });
    repeatBookmarks();
    every(faults.cut, [this] { cutAll("cut"); });
    every(faults.halfOpen, [this] {
        trace("* half-open");
        for (auto& [conn, session] : m_sessions)
            session.isHalfOpen = true;
    });
    every(faults.zombie, [this] {
        trace("* zombie");
        for (auto& [conn, session] : m_sessions)
            session.isZombie = true;
    });
    every(faults.authExpires, [this] {
        trace("* token expires");
        m_isTokenGood = false;
        if (m_clientConn != 0 && m_prng.chance(0.5)) {
            Fault fault;
            fault.action = Fault::Action::RefreshAuth;
            fault.code = ErrorCode::Unauthorized;
            fault.reason = "4401";
            closeFromServer(m_clientConn, fault);
        }
    });
    every(faults.restart, [this] {
        trace("* restart with history");
        cutAll("restart");
    });
    every(faults.newEpoch, [this] { newEpoch(false); });
    every(faults.epochInStream, [this] { newEpoch(m_plan.tellsEpoch || m_plan.config.order == sync::Order::Chain); });
    every(faults.lag, [this] {
        m_lagHead = m_lagHead != SIZE_MAX
                        ? SIZE_MAX
                        : current().head() - m_prng.below(std::min<std::size_t>(current().head(), 15) + 1);
        trace(m_lagHead == SIZE_MAX ? "* follower caught up" : "* a lagging follower answers");
        cutAll("other server");
    });
    every(faults.truncate, [this] { truncate(); });
    every(faults.compact, [this] {
        trace("* compaction");
        m_compacted = current().head() - std::min(current().head(), m_prng.below(kHistoryKept));
    });
    every(faults.suspend, [this] {
        trace("* suspend");
        m_now = m_now + fromSeconds(30 + 300 * m_prng.unit());
    });
    every(faults.person, [this] { person(); });
    every(faults.kill > 0 ? 5.0 : 0.0, [this] { save(); });
    every(faults.kill, [this] { kill(); });
    every(faults.outage, [this] {
        trace(m_isDown ? "* up again" : "* outage");
        m_isDown = !m_isDown;
        if (m_isDown)
            cutAll("outage");
    });
}

/// Bookmarks go on in the quiet phase, and so does the person who restarts what has failed.
void World::repeatBookmarks()
{
    m_queue.push({m_now + fromSeconds(m_plan.bookmarkEveryS), ++m_sequence, [this] {
                      bookmarks();
                      repeatBookmarks();
                  }});
    const ReplicaState state = m_replica->state();
    const bool isHalted = state == ReplicaState::Fatal || state == ReplicaState::Stopped;
    if (!isHalted)
        m_haltedSince = m_now;
    if (isHalted && m_now - m_haltedSince > fromSeconds(kPersonS)) {
        trace("* a person starts it again");
        m_isTokenGood = true;
        input("start again", [&] { m_replica->start(m_now, m_step); });
    }
}

void World::cutAll(const char* why)
{
    trace(std::string("* ") + why);
    Fault fault;
    fault.code = m_prng.chance(0.3) ? ErrorCode::None : ErrorCode::ConnectionLost;
    fault.reason = why;
    for (const auto& [conn, session] : std::map(m_sessions))
        if (session.isHalfOpen)
            m_sessions.erase(conn);
        else
            closeFromServer(conn, fault);
}

void World::newEpoch(bool inStream)
{
    trace(inStream ? "* new epoch in the stream" : "* restart without history");
    State kept = current().at(current().head()).after;
    for (std::string& object : kept.objects)
        if (m_prng.chance(0.3))
            object.clear();
    const std::string name = "e" + std::to_string(m_histories.size());
    if (!inStream)
        cutAll("restart without history");
    m_histories.emplace_back(name, m_plan.config.order, m_prng.below(1200), kept);
    m_compacted = 0;
    m_lagHead = SIZE_MAX;
    m_isFrozen = false;
    if (!inStream)
        return;
    for (auto& [conn, session] : m_sessions) {
        session.history = m_histories.size() - 1;
        session.pos = 0;
        session.last = current().version(0);
    }
}

/// A restore from a backup that keeps its epoch. Nothing is written until the client has seen it: otherwise the same
/// versions would name other changes, which no client can find out.
void World::truncate()
{
    if (m_isFrozen || m_lagHead != SIZE_MAX || current().head() < 3)
        return;
    const std::size_t keep = 1 + m_prng.below(current().head());
    trace("* rollback to " + current().version(keep - 1).toString());
    for (const auto& [conn, session] : std::map(m_sessions)) {
        Fault fault;
        fault.reason = "restored from a backup";
        closeFromServer(conn, fault);
    }
    current().truncate(keep);
    ++m_truncations;
    m_compacted = std::min(m_compacted, keep - 1);
    m_isFrozen = true;
    m_exemptThrough = static_cast<std::int64_t>(m_replica->generation());
    m_frozenGeneration = m_replica->generation();
    if (m_saved && m_saved->history + 1 == m_histories.size() && m_saved->index >= keep)
        m_saved.reset();
}

void World::thaw()
{
    const sync::Cursor& cursor = m_replica->cursor();
    if (m_isFrozen && (m_replica->generation() != m_frozenGeneration || cursor.epoch != current().epoch() ||
                       cursor.version <= current().version(current().head())))
        m_isFrozen = false;
}

void World::person()
{
    const std::uint64_t dice = m_prng.below(4);
    m_requests.clear();
    if (dice == 0) {
        trace("* a person asks for a resync");
        input("resync", [&] { m_replica->resyncNow(m_now, m_step); });
    } else if (dice == 1) {
        trace("* a person asks for a retry");
        input("retry", [&] { m_replica->retryNow(m_now, m_step); });
    } else if (dice == 2) {
        trace("* a person stops it");
        input("stop", [&] { m_replica->stop(m_now, m_step); });
    } else {
        trace("* a person starts it");
        input("start", [&] { m_replica->start(m_now, m_step); });
    }
}

/// State and cursor in one write.
void World::save()
{
    const bool isSound =
        m_replica->generation() > 0 && static_cast<std::int64_t>(m_replica->generation()) > m_exemptThrough;
    if (!m_plan.config.hasSnapshot || !isSound)
        return;
    for (std::size_t history = 0; history < m_histories.size(); ++history) {
        if (m_histories[history].epoch() != m_replica->cursor().epoch)
            continue;
        m_saved = Saved{m_replica->cursor(), history, *m_histories[history].indexOf(m_replica->cursor().version)};
        m_savedStore = sync::Store(foldModelPatches);
        std::string object;
        m_replica->store().forEach([&](const sync::ItemView& item) {
            if (m_replica->store().object(item.key, object))
                m_savedStore.put(item.key, item.version, object, m_now);
        });
    }
}

void World::kill()
{
    trace("* the process dies");
    m_sessions.clear();
    boot();
    if (!m_saved) {
        input("start", [&] { m_replica->start(m_now, m_step); });
        return;
    }
    sync::Store copy(foldModelPatches);
    std::string object;
    m_savedStore.forEach([&](const sync::ItemView& item) {
        if (m_savedStore.object(item.key, object))
            copy.put(item.key, item.version, object, m_now);
    });
    trace("* and comes back with " + m_saved->cursor.toString());
    m_shown = m_saved->index;
    m_shownHistory = m_saved->history;
    m_lastCursor = m_saved->cursor;
    m_generation = 1;
    input("restore", [&] { m_replica->restore(std::move(copy), m_saved->cursor, m_now, m_step); });
}

void World::becomeQuiet()
{
    trace("* quiet");
    m_isQuiet = true;
    m_isDown = false;
    m_lagHead = SIZE_MAX;
    m_haltedSince = m_now;
    for (int i = 0; i < 3; ++i)
        write();
    m_isTokenGood = m_isTokenGood || m_prng.chance(0.5);
}

bool World::isConverged()
{
    const auto session = m_sessions.find(m_clientConn);
    if (m_replica->state() != ReplicaState::Live || session == m_sessions.end())
        return false;
    if (session->second.isHalfOpen || session->second.isZombie)
        return false;
    if (!m_plan.config.hasSnapshot)
        return true;
    std::uint64_t hash = 0;
    const auto index = indexOfCursor(current(), m_replica->cursor());
    return m_replica->cursor().epoch == current().epoch() && index && !current().nextVisible(*index) &&
           hashStore(m_replica->store(), hash) && hash == current().at(current().head()).hash;
}

/// Converged: a few changes more must simply arrive, and nothing else may happen.
void World::finish()
{
    advance(m_now + fromSeconds(kCalmS));
    // A stream without snapshots may still be working through a backlog of broken messages, one resume each.
    std::size_t markers = m_replica->markers().size();
    bool isWorking = !m_plan.config.hasSnapshot;
    for (int i = 0; isWorking && i < kMostCalms && m_outcome.isGood(); ++i) {
        advance(m_now + fromSeconds(kCalmS));
        isWorking = m_replica->markers().size() != markers;
        markers = m_replica->markers().size();
    }
    const std::uint64_t conn = m_clientConn;
    trace("* the last changes");
    const std::size_t headBefore = current().head();
    for (int i = 0; i < 3; ++i) {
        write();
        advance(m_now + fromSeconds(1));
    }
    advance(m_now + fromSeconds(kCalmS));
    if (!m_outcome.isGood())
        return;
    if (m_clientConn != conn || m_replica->markers().size() != markers)
        fail("I5: restless although everything is well");
    if (!isConverged())
        fail("I5: the last changes did not arrive");
    const bool isShown = m_shown && m_shownHistory + 1 == m_histories.size() && !current().nextVisible(*m_shown);
    if (!m_plan.config.hasSnapshot && !isShown && current().nextVisible(headBefore))
        fail("I5: the last changes were not shown");
    for (const sync::Span& span : m_replica->ledger().spans())
        if (m_plan.config.hasSnapshot && span.status == sync::Coverage::Gap)
            fail("the ledger still shows an open gap");
}

} // namespace wg::sim
