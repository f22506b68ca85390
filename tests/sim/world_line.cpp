// SPDX-License-Identifier: GPL-3.0-or-later
// The line between server and replica, and the driver that carries out what the replica wants done.
#include "world.h"

#include <algorithm>
#include <utility>

namespace wg::sim
{

using sync::Fault;
using sync::Verdict;

namespace
{

constexpr double kAgainLate = 0.05;

} // namespace

/// Ordered delivery, except for the faults of the plan.
void World::sendMessage(Session& session, Message message)
{
    if (session.isHalfOpen)
        return;
    const Faults& faults = m_plan.faults;
    if (session.isZombie && message.kind != Message::Kind::Noise)
        return;
    const bool isFaulty = !m_isFaultless && message.kind != Message::Kind::Noise;
    if (isFaulty && chance(faults.drop))
        return trace("  dropped " + message.version.toString());
    if (isFaulty && chance(faults.corrupt))
        message.kind = Message::Kind::Broken;
    if (isFaulty && !session.held && chance(faults.reorder)) {
        session.held = std::move(message);
        return;
    }
    const Instant at =
        std::max(session.lastDelivery, m_now + fromMs(m_plan.latencyMs * (m_isFaultless ? 1 : 1 + m_prng.unit())));
    session.lastDelivery = at;
    const bool isTwice = isFaulty && chance(faults.duplicate);
    after(at - m_now, [this, message] { deliver(message); });
    if (isTwice)
        after(at - m_now, [this, message] { deliver(message); });
    if (faults.isLate && chance(kAgainLate)) // a copy that outlives its connection
        after(at - m_now + fromSeconds(30 * m_prng.unit()), [this, message] {
            if (message.conn != m_clientConn)
                deliver(message);
        });
    if (const auto overtaken = std::exchange(session.held, std::nullopt))
        after(at - m_now, [this, message = *overtaken] { deliver(message); });
}

void World::deliver(const Message& message)
{
    const bool isWaitedFor = message.conn == m_clientConn;
    if (!isWaitedFor && !m_plan.faults.isLate)
        return;
    if (isWaitedFor && message.index > m_histories[message.history].head())
        return; // the server forgot it while it was on the way
    if (isWaitedFor)
        m_lastByteAt = m_now;
    const std::uint32_t conn = message.conn & 0xFFFFF;
    m_replica->bytes(conn, 40, m_now);
    if (message.kind == Message::Kind::Noise)
        return input("noise", [] {});
    ++m_delivered;
    if (message.kind == Message::Kind::Broken) {
        trace("broken on " + std::to_string(conn));
        return input("broken", [&] { m_replica->unreadable(conn, "broken", m_now, m_step); });
    }
    const History& history = m_histories[message.history];
    const Change& change = history.at(message.index);
    const std::string key = keyName(change.key);
    sync::EventView view;
    view.op = message.kind == Message::Kind::Bookmark ? sync::Op::Bookmark : change.op;
    view.key = key;
    view.payload = change.payload;
    if (m_plan.tellsEpoch || m_plan.config.order == sync::Order::Chain)
        view.epoch = history.epoch();
    view.version = message.version;
    view.hasPrev = message.hasPrev;
    view.prev = message.prev;
    view.from = message.from;
    if (message.isLie)
        m_exemptThrough = static_cast<std::int64_t>(m_replica->generation()) + 1;
    const sync::Version before = m_replica->cursor().version;
    const std::uint64_t ticket = m_replica->nextTicket();
    input("message", [&] {
        const Verdict verdict = m_replica->event(conn, view, m_now, m_step);
        trace((message.kind == Message::Kind::Bookmark ? "bookmark " : "event ") + history.epoch() + ":" +
              message.version.toString() + (message.hasPrev ? " prev " + message.prev.toString() : "") + " on " +
              std::to_string(conn) + ": " + std::string(toString(verdict)));
        if (!isWaitedFor && verdict != Verdict::Ignored)
            fail("B3.1: a message of a connection that is no more counted");
        if (verdict == Verdict::Bookmark && m_replica->cursor().version != before)
            m_requests.clear();
        if (verdict == Verdict::Buffered)
            m_waiting[ticket] = message;
        else if (verdict == Verdict::Applied)
            m_appliedNow = {message.history, message.index};
        else if (verdict == Verdict::Ignored && m_replica->cursor().version == view.version && view.version != before)
            noteShown(message.history, message.index);
    });
}

void World::closeFromServer(std::uint32_t conn, Fault fault)
{
    m_sessions.erase(conn);
    const bool isWaitedFor = conn == m_clientConn;
    if (!isWaitedFor && !m_plan.faults.isLate)
        return;
    if (isWaitedFor) {
        m_clientConn = 0;
        m_isOpen = false;
        if (fault.floorMs)
            m_floorUntil = std::max(m_floorUntil, m_now + fromMs(*fault.floorMs));
    }
    trace("closed " + std::to_string(conn & 0xFFFFF) + ": " + fault.reason);
    input("closed", [&] { m_replica->closed(conn & 0xFFFFF, fault, m_now, m_step); });
}

/// One input to the replica, then what it wants done, then every check.
void World::input(const std::string& what, const std::function<void()>& call)
{
    ++m_outcome.inputs;
    if (!m_outcome.violation.empty())
        return;
    m_hasMarkerInStep = false;
    call();
    drain();
    if (const auto applied = std::exchange(m_appliedNow, std::nullopt)) // after the markers of the same step
        checkApplied(applied->first, applied->second);
    checkAll();
    if (!m_outcome.violation.empty())
        trace("VIOLATION after " + what);
}

void World::drain()
{
    const std::vector<sync::Effect> effects = std::move(m_step.effects);
    m_step.clear();
    for (const sync::Effect& effect : effects)
        carryOut(effect);
}

void World::carryOut(const sync::Effect& effect)
{
    const std::uint32_t life = m_life << 20;
    if (const auto* connect = std::get_if<sync::Connect>(&effect)) {
        trace("-> connect " + std::to_string(connect->conn) +
              (connect->from ? " from " + connect->from->toString() : ""));
        if (m_clientConn != 0)
            fail("I9: a second connection while one is there");
        checkRequest("connect");
        if (connect->from && *connect->from != m_replica->cursor())
            fail("B3.2: the cursor of a resume is not that of the state");
        m_clientConn = life | connect->conn;
        m_isOpen = false;
        const auto from = connect->from;
        after(fromMs(m_plan.latencyMs), [this, conn = m_clientConn, from] {
            if (conn == m_clientConn)
                answerConnect(conn, from);
        });
    } else if (const auto* close = std::get_if<sync::CloseConnection>(&effect)) {
        trace("-> close " + std::to_string(close->conn) + ": " + close->why);
        m_sessions.erase(life | close->conn);
        constexpr std::string_view kRefused = "expired epoch ";
        if (const auto at = close->why.find(kRefused); at != std::string::npos)
            noteRefused(close->why.substr(at + kRefused.size()));
        m_clientConn = 0;
        m_isOpen = false;
    } else if (const auto* fetch = std::get_if<sync::FetchSnapshot>(&effect)) {
        trace("-> fetch " + std::to_string(fetch->snap) + (fetch->bustCaches ? " past caches" : ""));
        if (m_clientSnap != 0)
            fail("I9: a second snapshot request while one is there");
        checkRequest("snapshot");
        m_clientSnap = life | fetch->snap;
        after(fromMs(m_plan.latencyMs), [this, snap = m_clientSnap, busts = fetch->bustCaches] {
            if (snap == m_clientSnap || m_plan.faults.isLate)
                answerSnapshot(snap, busts);
        });
    } else if (std::get_if<sync::AbortSnapshot>(&effect)) {
        m_clientSnap = 0;
    } else if (std::get_if<sync::RefreshAuth>(&effect)) {
        trace("-> refresh credential");
        const std::uint64_t dice = m_isQuiet ? 0 : m_prng.below(10);
        if (dice < 8)
            after(fromMs(200), [this] {
                m_isTokenGood = true;
                input("credential", [&] { m_replica->authRefreshed(true, m_now, m_step); });
            });
        else if (dice < 9)
            after(fromMs(200),
                  [this] { input("no credential", [&] { m_replica->authRefreshed(false, m_now, m_step); }); });
    } else if (const auto* raised = std::get_if<sync::RaiseMarker>(&effect)) {
        trace("-> marker " + std::string(toString(raised->marker.kind)) + ": " + raised->marker.why);
        noteMarker(raised->marker);
    } else if (std::get_if<sync::StoreReplaced>(&effect)) {
        trace("-> store replaced, now " + m_replica->cursor().toString());
        checkReplaced();
        m_shown = m_answered.index;
        m_shownHistory = m_answered.history;
        m_lastCursor = m_answered.cursor;
        m_isRollbackMarked = false;
    } else if (const auto* settled = std::get_if<sync::BufferedSettled>(&effect)) {
        const auto found = m_waiting.find(settled->ticket);
        if (found == m_waiting.end())
            return fail("a ticket settled that was not given out, or twice");
        trace("-> settled " + found->second.version.toString() + ": " + std::string(toString(settled->verdict)));
        if (settled->verdict == Verdict::Applied)
            checkApplied(found->second.history, found->second.index);
        else if (settled->verdict == Verdict::Ignored && m_shown &&
                 m_histories[found->second.history].nextVisible(*m_shown) == found->second.index &&
                 m_histories[found->second.history].at(found->second.index).op == sync::Op::None)
            noteShown(found->second.history, found->second.index);
        m_waiting.erase(found);
    } else if (const auto* changed = std::get_if<sync::StateChanged>(&effect)) {
        trace("-> " + std::string(toString(changed->from)) + " => " + std::string(toString(changed->to)) + " (" +
              changed->why + ")");
        if (!sync::canFollow(changed->from, changed->to))
            fail("a transition that is not in the table");
        noteState(changed->from, changed->to);
    }
}

} // namespace wg::sim
