// SPDX-License-Identifier: GPL-3.0-or-later
// Replica::Machine: the inside of the replica. Its parts, each in one file:
//   replica_control.cpp   commands, connecting, waiting, halting; the transition table
//   replica_stream.cpp    opened, messages, closed
//   replica_apply.cpp     one message against the state: next, stale, gap, bookmark
//   replica_loss.cpp      markers, resync, what is dropped
//   replica_snapshot.cpp  snapshots: refused, joined to the stream, accepted
//   replica_time.cpp      deadlines
// Thread: as Replica.
#pragma once

#include "sync/event_buffer.h"
#include "sync/joint.h"
#include "sync/mutant.h"
#include "sync/replica.h"

#include <deque>
#include <string>
#include <string_view>

namespace wg::sync
{

inline constexpr unsigned kLoopGuard = 5; ///< tries without progress that end in order before they count as failures
inline constexpr unsigned kLoopDegraded = 20;      ///< tries without progress before the watch is called degraded
inline constexpr unsigned kRollbackAsks = 3;       ///< times that an older snapshot is asked for again
inline constexpr unsigned kExpiredRefusals = 5;    ///< answers of an expired epoch before the memory itself is doubted
inline constexpr unsigned kJointAsks = 3;          ///< snapshots asked for while the joint to the stream is not proved
inline constexpr unsigned kOlderAsks = 5;          ///< snapshots older than the stream before both begin anew
inline constexpr std::size_t kExpiredEpochs = 256; ///< former epochs remembered
inline constexpr double kRollbackAskMs = 200;      ///< asks again after this ...
inline constexpr double kRollbackSpreadMs = 800;   ///< ... plus at most this
inline constexpr Duration kShortLife = std::chrono::seconds(1); ///< an end without progress before this is a failure
inline constexpr Duration kSoonSpacing =
    std::chrono::seconds(2); ///< between two tries without a wait, whatever progress
inline constexpr Duration kAuthDeadline = std::chrono::seconds(60); ///< for a new credential
inline constexpr Duration kSuspendSlack = std::chrono::seconds(5);  ///< a deadline met this late: the machine slept

struct Replica::Machine {
    struct Connection {
        std::uint32_t number = 0; ///< 0: none
        bool isOpen = false;
        bool hasCursor = false; ///< asked to go on from the cursor
        bool isResume = false;  ///< ... that a lost connection left, not a fresh snapshot
        bool isStartProved = false; ///< the opening told that it goes on from our cursor
        bool isFirst = true;    ///< no message came yet
        bool hasProgress = false;
        Instant begunAt, lastByteAt, lastProofAt;
        Instant openedAt;
        std::string epoch; ///< as told on opening
        Cursor start; ///< where it begins, as told on opening without a cursor; opaque: the last seen before a resync
    };
    struct Request {
        std::uint32_t number = 0; ///< 0: none
        bool hasBytes = false;
        Instant begunAt, lastByteAt;
    };
    enum class Due : std::uint8_t { Nothing, Auth, Try, Connect, Read, BookmarkAge, Snapshot, Health };
    enum class SnapshotJoint : std::uint8_t { Fits, Older, OtherEpoch, Unproved };

    explicit Machine(ReplicaConfig given);

    // --- replica_control.cpp
    void start(Instant now, Step& out);
    void restore(Store restored, Cursor at, Instant now, Step& out);
    void resyncNow(Instant now, Step& out);
    void retryNow(Instant now, Step& out);
    void authRefreshed(bool ok, Instant now, Step& out);
    void enter(ReplicaState to, std::string why, Instant now, Step& out);
    void connectNow(bool isResume, Instant now, Step& out);
    void requestSnapshot(std::string_view why, Instant now, Step& out);
    void fireTry(Instant now, Step& out);
    void backOff(double delayMs, std::string why, Instant now, Step& out);
    void waitForSnapshot(ReplicaState where, double delayMs, std::string why, Instant now, Step& out);
    void askForCredential(ReplicaState where, const Fault& fault, Instant now, Step& out);
    void halt(ReplicaState where, std::string why, Instant now, Step& out);
    void noteFloor(const std::optional<double>& floorMs, Instant now);
    void countTry();
    void clearStrikes();
    [[nodiscard]] bool isGivenUp(const Fault& fault);
    double random() { return prng.unit(); }
    [[nodiscard]] double soonDelayMs(Instant now, std::optional<double> floorMs = {});

    // --- replica_stream.cpp
    void opened(std::uint32_t number, const OpenInfo& info, Instant now, Step& out);
    [[nodiscard]] bool acceptsOpening(const OpenInfo& info, Instant now, Step& out);
    [[nodiscard]] bool acceptsProof(const OpenInfo& info, Instant now, Step& out);
    Verdict event(std::uint32_t number, const EventView& event, Instant now, Step& out);
    Verdict unreadable(std::uint32_t number, std::string_view why, Instant now, Step& out);
    void unreadableMessage(std::string_view why, Instant now, Step& out);
    void closed(std::uint32_t number, const Fault& fault, Instant now, Step& out);
    void retryStream(const Connection& was, const Fault& fault, Instant now, Step& out);
    Verdict count(Verdict verdict);
    [[nodiscard]] bool isCounted(std::uint32_t number) const;

    // --- replica_apply.cpp
    Verdict take(const EventView& event, Instant now, Step& out);
    std::optional<Verdict> otherEpoch(const EventView& event, Instant now, Step& out);
    Verdict bookmark(const EventView& event, bool isOpening, Instant now, Step& out);
    Verdict openingBookmark(const EventView& event, Instant now, Step& out);
    Verdict advance(const EventView& event, Instant now, Step& out);
    Verdict gap(const EventView& event, Instant now, Step& out);
    void resumeOverGap(Instant now, Step& out);
    Verdict behindBookmark(const EventView& event, Instant now, Step& out);
    Verdict wrongBookmark(MarkerKind kind, const EventView& event, std::string why, Instant now, Step& out);
    [[nodiscard]] bool applyToStore(const EventView& event, Instant now);
    void moveCursor(const Version& to, Instant now);
    void progressed(Instant now);
    [[nodiscard]] Position position() const { return {cursor.version, bookmarkFrom, bookmarkTo, isAfterSnapshot}; }

    // --- replica_loss.cpp
    void mark(MarkerKind kind, std::string why, Cursor from, Cursor to, Instant now, Step& out);
    void lose(MarkerKind kind, std::string why, const Cursor& seen, Instant now, Step& out);
    void resync(const std::string& why, Instant now, Step& out, bool isImmediate = true,
                std::optional<double> floorMs = {});
    Verdict setAside(const EventView& event);
    Verdict hold(const EventView& event, Instant now, Step& out);
    void refuseStream(std::string_view epoch, Instant now, Step& out);
    [[nodiscard]] bool isRefusable(std::string_view epoch);
    void dropConnection(const std::string& why, Step& out);
    void abortSnapshot(Step& out);
    void settleBuffer(Step& out);
    void dropBuffer(Step& out);
    void noteHole(Cursor last);
    void beginAt(Cursor at);
    void settleOldest(Verdict verdict, Step& out);
    [[nodiscard]] bool isExpired(std::string_view epoch) const;
    [[nodiscard]] Cursor seenBy(const EventView& event) const;

    // --- replica_snapshot.cpp
    void snapshotDone(std::uint32_t number, const Cursor& at, Store items, Instant now, Step& out);
    void snapshotFailed(std::uint32_t number, const Fault& fault, Instant now, Step& out);
    [[nodiscard]] bool isRefused(const Cursor& at, Instant now, Step& out);
    [[nodiscard]] bool isOlder(const Cursor& at) const;
    [[nodiscard]] static bool isBefore(const Cursor& at, const Cursor& other);
    [[nodiscard]] SnapshotJoint jointOf(const Cursor& at) const;
    [[nodiscard]] bool isOpaqueJoint(const Cursor& at) const;
    void askAgain(double delayMs, std::string why, Instant now, Step& out);
    void askAfterRollback(std::string why, Instant now, Step& out);
    void notJoined(SnapshotJoint joint, Instant now, Step& out);
    void accept(const Cursor& at, Store items, Instant now, Step& out);
    void expire(const Cursor& at);
    void dropCovered(const Cursor& at, Step& out);
    void replayBuffer(Instant now, Step& out);

    // --- replica_time.cpp
    void tick(Instant now, Step& out);
    struct DueAt {
        Due what = Due::Nothing;
        Instant at;
    };
    [[nodiscard]] DueAt earliest() const;
    void fire(const DueAt& due, Instant now, Step& out);
    void stalled(Instant now, Step& out);
    void closeDead(std::string why, bool isAfterSuspend, Instant now, Step& out);

    // --- what is so
    ReplicaConfig config;
    Prng prng;
    RetryPacer pacer;
    ReplicaState state = ReplicaState::Idle;
    Instant since;
    Instant truthAt;
    Cursor cursor;
    Version bookmarkFrom, bookmarkTo; ///< the last jump that a bookmark made (joint.h)
    bool isAfterSnapshot = false;
    std::uint64_t generation = 0;
    Store store;
    Counters counters;
    Ledger ledger;
    std::deque<Marker> markers;
    Fault lastFault;

    Connection conn;
    std::uint32_t connections = 0; ///< numbers given out
    std::uint32_t opens = 0;
    Request snap;
    std::uint32_t requests = 0; ///< numbers given out
    EventBuffer buffer;
    Cursor bufferFloor; ///< newest that was seen of this connection before a hole: no older snapshot can join it
    bool isFloorExclusive = false; ///< ... and something of unknown version came after it
    bool isReplaying = false;

    std::optional<Instant> nextTryAt;
    Instant floorUntil;               ///< no request before: a server asked for it
    std::optional<Instant> soonAt;    ///< the last resync without a wait
    std::optional<Instant> resumedAt; ///< the last resume over a gap without a wait
    bool isWaitingForAuth = false;
    Instant authDeadline;
    std::optional<double> authFloorMs;

    // --- strikes: forgotten on progress or health
    bool hasStrikes = false;
    unsigned tries = 0;
    unsigned boundedFailures = 0;
    bool isDegraded = false;
    bool isAuthSpent = false;
    // --- forgotten on progress only
    bool isUnreadableResumed = false; ///< resumed once over a message that cannot be read at this cursor
    bool isGapResumed = false;        ///< resumed once over a gap at this cursor

#ifdef WG_MUTANTS
    Version received; ///< for Mutant::ResumeFromReceived
#endif
    unsigned rollbackAsks = 0;
    unsigned jointAsks = 0;
    unsigned refusals = 0; ///< in a row, of refusedEpoch
    std::string refusedEpoch;
    bool isRollbackMarked = false;
    bool isResyncing = false;                    ///< a snapshot is needed before the stream may go on
    MarkerKind lossKind = MarkerKind::Requested; ///< of the resync under way
    std::deque<std::string> expired;             ///< oldest first
};

} // namespace wg::sync
