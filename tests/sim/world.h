// SPDX-License-Identifier: GPL-3.0-or-later
// World: one simulated run. A model server with its whole history, a line with faults, the real replica, one virtual
// clock; after every single step the invariants of SYNC B4 are checked. Then the faults end, and it must converge.
// Shape:  world_server.cpp is the server, world_line.cpp the line and the driver that carries out effects,
//         world_checks.cpp the invariants, world.cpp the clock and the faults in time.
#pragma once

#include "history.h"
#include "plan.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <string>
#include <vector>

namespace wg::sim
{

struct Outcome {
    std::string violation; ///< empty: every invariant held
    std::string trace;     ///< what happened, if asked for
    std::uint64_t inputs = 0;
    [[nodiscard]] bool isGood() const { return violation.empty(); }
};

class World
{
public:
    World(const Plan& plan, bool isTraced);
    Outcome run();

private:
    struct Message {
        enum class Kind : std::uint8_t { Event, Bookmark, Broken, Noise };
        std::uint32_t conn = 0;
        Kind kind = Kind::Event;
        std::size_t history = 0, index = 0;
        bool hasPrev = false;
        bool isLie = false; ///< a bookmark ahead of its events
        sync::Version version, prev, from;
    };
    struct Session {
        bool isHalfOpen = false, isZombie = false;
        std::size_t history = 0;
        std::size_t pos = 0; ///< everything up to here was sent or filtered out
        sync::Version last;  ///< chain: the version delivered last
        Instant lastDelivery;
        std::optional<Message> held; ///< overtaken by the next one (reorder)
    };
    struct Pending {
        Instant at;
        std::uint64_t sequence = 0;
        std::function<void()> act;
        bool operator<(const Pending& other) const
        {
            return at == other.at ? sequence > other.sequence : at > other.at;
        }
    };
    struct Saved {
        sync::Cursor cursor;
        std::size_t history = 0, index = 0;
    };

    // --- world.cpp
    void after(Duration delay, std::function<void()> act);
    void every(double meanS, std::function<void()> act);
    void boot();
    void scheduleFaults();
    bool advance(Instant until);
    void becomeQuiet();
    [[nodiscard]] bool isConverged();
    void finish();
    void newEpoch(bool inStream);
    void truncate();
    void suspend();
    void person();
    void save();
    void kill();
    void cutAll(const char* why);
    void repeatBookmarks();
    void thaw();
    [[nodiscard]] bool chance(double probability) { return !m_isQuiet && prng().chance(probability); }
    [[nodiscard]] Prng& prng() { return m_prng; }
    void trace(const std::string& line);

    // --- world_server.cpp
    void write();
    void bookmarks();
    void push(std::uint32_t conn, Session& session);
    void sendChange(std::uint32_t conn, Session& session, std::size_t index);
    void sendBookmark(std::uint32_t conn, Session& session, std::size_t index, bool isLie = false);
    void answerConnect(std::uint32_t conn, std::optional<sync::Cursor> from);
    void openSession(std::uint32_t conn, std::size_t start, bool tellsStart);
    void refuse(std::uint32_t conn, sync::Fault fault);
    void answerSnapshot(std::uint32_t snap, bool bustsCaches);
    void deliverSnapshot(std::uint32_t snap, bool bustsCaches);
    [[nodiscard]] History& current() { return m_histories.back(); }
    [[nodiscard]] std::size_t visibleHead() { return std::min(current().head(), m_lagHead); }

    // --- world_line.cpp
    void sendMessage(Session& session, Message message);
    void deliver(const Message& message);
    void closeFromServer(std::uint32_t conn, sync::Fault fault);
    void drain();
    void carryOut(const sync::Effect& effect);
    void input(const std::string& what, const std::function<void()>& call);

    // --- world_checks.cpp
    void fail(const std::string& what);
    void checkAll();
    void checkState();
    void checkCounters();
    void checkClock();
    void checkHalted();
    void checkApplied(std::size_t history, std::size_t index);
    void noteShown(std::size_t history, std::size_t index);
    void checkReplaced();
    void noteRefused(const std::string& epoch);
    void noteMarker(const sync::Marker& marker);
    void noteState(sync::ReplicaState from, sync::ReplicaState to);
    void checkRequest(const char* what);
    [[nodiscard]] const History* historyOf(const std::string& epoch) const;
    [[nodiscard]] std::optional<std::size_t> indexOfCursor(const History& history, const sync::Cursor& cursor) const;

    Plan m_plan;
    bool m_isTraced;
    Prng m_prng;
    Instant m_now{1'000'000'000};
    Instant m_quietAt;
    std::uint64_t m_sequence = 0;
    std::priority_queue<Pending> m_queue;
    Outcome m_outcome;

    // --- the server
    std::deque<History> m_histories;
    std::map<std::uint32_t, Session> m_sessions; ///< by connection
    std::size_t m_compacted = 0;                 ///< the oldest index that can be resumed from
    std::size_t m_lagHead = SIZE_MAX;
    bool m_isDown = false, m_isFrozen = false, m_isWriting = true, m_isTokenGood = true, m_isQuiet = false,
         m_isFaultless = false;
    std::uint64_t m_truncations = 0;
    std::uint64_t m_frozenGeneration = 0;

    // --- the client side
    std::unique_ptr<sync::Replica> m_replica;
    sync::Step m_step;
    std::uint32_t m_life = 0;       ///< the process was started so often
    std::uint32_t m_clientConn = 0; ///< the one connection that may be there; 0 = none
    std::uint32_t m_clientSnap = 0;
    bool m_isOpen = false;
    Instant m_lastByteAt;
    std::optional<Saved> m_saved;
    sync::Store m_savedStore{foldModelPatches};

    // --- for the checks
    std::uint64_t m_delivered = 0;              ///< messages given to this life's replica
    std::map<std::uint64_t, Message> m_waiting; ///< buffered, by ticket
    std::uint64_t m_generation = 0;
    sync::Cursor m_lastCursor;
    std::optional<std::size_t> m_shown; ///< index applied or covered last
    std::size_t m_shownHistory = 0;
    std::int64_t m_exemptThrough = -1; ///< up to this generation I7 cannot hold: the server lied or forgot
    bool m_hasMarkerSinceShown = false, m_hasMarkerInStep = false;
    Instant m_floorUntil;
    std::deque<Instant> m_requests; ///< since progress, newest last
    std::deque<Instant> m_allRequests;
    std::optional<std::pair<std::size_t, std::size_t>> m_appliedNow; ///< history and index
    Saved m_answered;                                                ///< the snapshot being delivered
    std::uint64_t m_ticksAtOnce = 0;
    Instant m_stepAt;
    Instant m_haltedSince;
    std::set<std::string> m_expired;
    std::string m_refusedEpoch;
    unsigned m_refusedInARow = 0; ///< answers of m_refusedEpoch
    bool m_isRollbackMarked = false;
};

} // namespace wg::sim
