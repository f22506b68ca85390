// SPDX-License-Identifier: GPL-3.0-or-later
// The model server: writes, streams, snapshots, refusals.
#include "world.h"

#include <algorithm>

namespace wg::sim
{

using sync::Fault;
using sync::Order;

namespace
{

Fault faultOf(Fault::Action action, ErrorCode code, const char* reason)
{
    Fault fault;
    fault.action = action;
    fault.code = code;
    fault.reason = reason;
    return fault;
}

} // namespace

void World::write()
{
    thaw();
    if (!m_isWriting || m_isDown || m_isFrozen)
        return;
    History& history = current();
    history.write(m_prng, chance(m_plan.faults.badPatch));
    if (chance(m_plan.faults.broken))
        history.breakNewest();
    const bool isEarly = m_lagHead == SIZE_MAX && chance(m_plan.faults.earlyBookmark);
    for (auto& [conn, session] : m_sessions) {
        if (session.history + 1 != m_histories.size())
            continue;
        if (isEarly && !session.isHalfOpen && !session.isZombie && !session.held &&
            history.at(history.head()).isVisible && !history.at(history.head()).isBroken &&
            session.pos + 1 == history.head()) {
            trace("  early bookmark");
            m_isFaultless = true; // a lie whose event is lost as well cannot be found by anyone
            sendBookmark(conn, session, history.head(), true);
            session.last = history.version(session.pos);
        }
        push(conn, session);
        m_isFaultless = false;
    }
}

/// Sends whatever this session has not been sent yet.
void World::push(std::uint32_t conn, Session& session)
{
    const History& history = m_histories[session.history];
    const std::size_t head = session.history + 1 == m_histories.size() ? visibleHead() : history.head();
    while (session.pos < head) {
        ++session.pos;
        if (history.at(session.pos).isVisible)
            sendChange(conn, session, session.pos);
    }
}

void World::sendChange(std::uint32_t conn, Session& session, std::size_t index)
{
    const History& history = m_histories[session.history];
    Message message;
    message.conn = conn;
    message.kind = history.at(index).isBroken ? Message::Kind::Broken : Message::Kind::Event;
    message.history = session.history;
    message.index = index;
    message.version = history.version(index);
    if (m_plan.config.order == Order::Chain) {
        message.hasPrev = true;
        message.prev = session.last;
        session.last = message.version;
    }
    if (m_plan.config.order == Order::Range)
        message.from = sync::Version(history.at(index - 1).number + 1);
    sendMessage(session, message);
}

void World::sendBookmark(std::uint32_t conn, Session& session, std::size_t index, bool isLie)
{
    Message message;
    message.conn = conn;
    message.kind = Message::Kind::Bookmark;
    message.isLie = isLie;
    message.history = session.history;
    message.index = index;
    message.version = m_histories[session.history].version(index);
    if (m_plan.config.order == Order::Chain) {
        message.hasPrev = true;
        message.prev = session.last;
        session.last = message.version;
    }
    sendMessage(session, message);
}

void World::bookmarks()
{
    if (m_isDown)
        return;
    for (auto& [conn, session] : m_sessions) {
        if (session.isZombie) {
            Message noise;
            noise.conn = conn;
            noise.kind = Message::Kind::Noise;
            sendMessage(session, noise);
            continue;
        }
        push(conn, session);
        sendBookmark(conn, session, session.pos);
    }
}

void World::refuse(std::uint32_t conn, Fault fault)
{
    trace("  refused: " + fault.reason);
    after(fromMs(m_plan.latencyMs), [this, conn, fault] { closeFromServer(conn, fault); });
}

void World::answerConnect(std::uint32_t conn, std::optional<sync::Cursor> from)
{
    const Faults& faults = m_plan.faults;
    if (m_isDown || chance(faults.refused))
        return refuse(conn, faultOf(Fault::Action::Retry, ErrorCode::ConnectFailed, "connection refused"));
    if (chance(faults.silentConnect)) {
        trace("  the server never answers");
        return;
    }
    if (!m_isTokenGood)
        return refuse(conn, faultOf(Fault::Action::RefreshAuth, ErrorCode::Unauthorized, "401"));
    if (chance(faults.rateLimited)) {
        Fault fault = faultOf(Fault::Action::Retry, ErrorCode::RateLimited, "429");
        fault.floorMs = 500 + static_cast<double>(m_prng.below(30'000));
        return refuse(conn, fault);
    }
    if (!from)
        return openSession(conn, visibleHead(), m_plan.tellsProof && !m_plan.config.replay);
    const bool canShow = m_plan.tellsProof || m_plan.config.order == Order::Chain;
    const Fault tooOld = [] {
        Fault fault = faultOf(Fault::Action::Resync, ErrorCode::Gone, "410");
        fault.isImmediate = true;
        return fault;
    }();
    if (chance(faults.tooOld))
        return refuse(conn, tooOld);
    if (from->epoch != current().epoch()) {
        const bool canShowEpoch = m_plan.tellsEpoch || m_plan.config.order == Order::Chain;
        if (canShowEpoch && !m_plan.tellsTooOld)
            return openSession(conn, visibleHead(), true);
        return refuse(conn, tooOld);
    }
    const auto index = current().indexOf(from->version);
    const bool isExact = index && current().version(*index) == from->version;
    if (!isExact || *index > visibleHead()) {
        if (canShow && !m_plan.tellsTooOld)
            return openSession(conn, visibleHead(), true);
        Fault fault = tooOld;
        fault.marker = sync::MarkerKind::Rollback;
        fault.reason = "the cursor is ahead of this server";
        return refuse(conn, fault);
    }
    if (*index < m_compacted) {
        if (canShow && !m_plan.tellsTooOld)
            return openSession(conn, m_compacted, true);
        return refuse(conn, tooOld);
    }
    if (chance(faults.otherStart))
        return openSession(conn, m_compacted + m_prng.below(visibleHead() - std::min(m_compacted, visibleHead()) + 1),
                           true);
    openSession(conn, *index, m_plan.tellsProof);
}

void World::openSession(std::uint32_t conn, std::size_t start, bool tellsStart)
{
    sync::OpenInfo info;
    if (m_plan.tellsEpoch)
        info.epoch = current().epoch();
    if (tellsStart && (m_plan.tellsProof || m_plan.config.order != Order::Chain))
        info.resumedFrom = current().version(start);
    const bool endsAtOnce = chance(m_plan.faults.endsAtOnce);
    const std::size_t history = m_histories.size() - 1;
    Session session;
    session.history = history;
    session.pos = start;
    session.last = current().version(start);
    session.lastDelivery = m_now + fromMs(m_plan.latencyMs);
    m_sessions[conn] = session;
    after(fromMs(m_plan.latencyMs), [this, conn, info] {
        trace("opened " + std::to_string(conn) + (info.epoch ? " epoch " + *info.epoch : "") +
              (info.resumedFrom ? " from " + info.resumedFrom->toString() : ""));
        if (conn == m_clientConn) {
            m_isOpen = true;
            m_lastByteAt = m_now;
        }
        input("opened", [&] { m_replica->opened(conn & 0xFFFFF, info, m_now, m_step); });
    });
    Session& open = m_sessions[conn];
    if (m_plan.config.order == Order::Chain)
        sendBookmark(conn, open, start);
    push(conn, open);
    if (endsAtOnce) {
        m_sessions.erase(conn);
        after(fromMs(m_plan.latencyMs * 2), [this, conn] {
            closeFromServer(conn, faultOf(Fault::Action::Retry, ErrorCode::None, "the server ended the stream"));
        });
    }
}

void World::answerSnapshot(std::uint32_t snap, bool bustsCaches)
{
    const Faults& faults = m_plan.faults;
    const auto failLater = [&](Fault fault) {
        after(fromMs(m_plan.latencyMs), [this, snap, fault] {
            if (m_clientSnap == snap) {
                m_clientSnap = 0;
                if (fault.floorMs)
                    m_floorUntil = std::max(m_floorUntil, m_now + fromMs(*fault.floorMs));
            }
            trace("snapshot " + std::to_string(snap) + " fails: " + fault.reason);
            input("snapshot failed", [&] { m_replica->snapshotFailed(snap & 0xFFFFF, fault, m_now, m_step); });
        });
    };
    if (m_isDown)
        return failLater(faultOf(Fault::Action::Retry, ErrorCode::ConnectFailed, "connection refused"));
    if (!m_isTokenGood)
        return failLater(faultOf(Fault::Action::RefreshAuth, ErrorCode::Unauthorized, "401"));
    if (chance(faults.snapshotFails)) {
        Fault fault = faultOf(Fault::Action::Retry, ErrorCode::Unavailable, "503");
        if (m_prng.chance(0.3))
            fault.floorMs = 500 + static_cast<double>(m_prng.below(20'000));
        if (m_prng.chance(0.1))
            fault = faultOf(Fault::Action::Resync, ErrorCode::Gone, "a page is gone");
        if (m_prng.chance(0.1))
            fault = faultOf(Fault::Action::Fatal, ErrorCode::Forbidden, "403");
        return failLater(fault);
    }
    if (chance(faults.snapshotSilent)) {
        trace("  the snapshot never answers");
        return;
    }
    after(fromMs(m_plan.latencyMs), [this, snap] {
        input("snapshot progress", [&] { m_replica->snapshotProgress(snap & 0xFFFFF, 100, m_now); });
    });
    if (chance(faults.snapshotStalls)) {
        trace("  the snapshot stops coming");
        return;
    }
    after(fromMs(m_plan.latencyMs * 2), [this, snap, bustsCaches] { deliverSnapshot(snap, bustsCaches); });
}

/// Taken now, some way off: what is written meanwhile is not in it.
void World::deliverSnapshot(std::uint32_t snap, bool bustsCaches)
{
    std::size_t history = m_histories.size() - 1;
    std::size_t index = visibleHead();
    if (chance(m_plan.faults.snapshotStale) && (!bustsCaches || m_prng.chance(0.2))) {
        if (history > 0 && m_prng.chance(0.4))
            history = m_prng.below(history + 1);
        index = m_prng.below((history + 1 == m_histories.size() ? visibleHead() : m_histories[history].head()) + 1);
        trace("  from a stale cache");
    }
    const std::uint64_t truncations = m_truncations;
    after(fromMs(m_plan.latencyMs), [this, snap, history, index, truncations] {
        if (truncations != m_truncations && index > m_histories[history].head())
            return; // what it told of is no more; the request's deadline will pass
        const sync::Cursor at{m_histories[history].epoch(), m_histories[history].version(index)};
        trace("snapshot " + std::to_string(snap) + " at " + at.toString());
        if (m_clientSnap == snap)
            m_clientSnap = 0;
        m_answered = {at, history, index};
        const std::uint64_t generation = m_replica->generation();
        const bool isExpired = m_expired.count(at.epoch) != 0;
        input("snapshot", [&] {
            m_replica->snapshotDone(snap & 0xFFFFF, at, m_histories[history].snapshot(index), m_now, m_step);
        });
        if (isExpired && m_replica->generation() == generation)
            noteRefused(at.epoch);
    });
}

} // namespace wg::sim
