// SPDX-License-Identifier: GPL-3.0-or-later
// Replica: keeps the local copy of one resource right by version numbers. The sync state machine of SYNC part B.
// Shape:  sans-IO. Typed inputs go in with the time; effects come out in a Step; nextDeadline() says when to tick().
// Rules:  one owner; connections and snapshot requests are numbered from 1 and an input of another number is dropped
//         (counted as ignored); the cursor moves with the store and never ahead of it; every gap raises one Marker.
//         Fatal and Stopped are left by start() only, which goes on from the state and cursor that are held.
// Limits: bufferEvents and bufferBytes; meeting one raises Marker BufferOverflow. Every waiting state has its deadline.
// Errors: misuse by our own code asserts; a peer's fault is an input. Thread: one engine thread, never blocks or
// throws. Cost:   event() in state Live allocates nothing (amortised growth of the store apart).
#pragma once

#include "base/limits.h"
#include "base/prng.h"
#include "base/result.h"
#include "base/time.h"
#include "sync/backoff.h"
#include "sync/event.h"
#include "sync/ledger.h"
#include "sync/store.h"
#include "sync/version.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wg::sync
{

/// How versions of a source relate. Never guessed: an unknown order is Opaque.
enum class Order : std::uint8_t { Dense, Range, Chain, Sparse, Opaque };
enum class ReplicaState : std::uint8_t { Idle, Connecting, Syncing, Live, Backoff, BackoffSnapshot, Fatal, Stopped };
enum class OnGap : std::uint8_t { Snapshot, ResumeOnceThenSnapshot };
enum class MarkerKind : std::uint8_t {
    Gap,
    Epoch,
    HistoryLost,
    TooOld,
    Rollback,
    Unreadable,
    BufferOverflow,
    PatchWithoutBase,
    BookmarkAhead,
    Stalled,
    Config,
    Requested, ///< a person asked for a resync
    Resynced,  ///< the snapshot that closes the others was accepted
};
/// What became of one delivered message. received = sum of all but Buffered (which counts where it ends up).
enum class Verdict : std::uint8_t { Applied, Bookmark, Stale, Duplicate, Ignored, Undecodable, Buffered };

[[nodiscard]] std::string_view toString(Order) noexcept;        ///< dense, range, chain, sparse, opaque
[[nodiscard]] std::string_view toString(ReplicaState) noexcept; ///< idle, connecting, syncing, live, backoff, …
[[nodiscard]] std::string_view toString(MarkerKind) noexcept;   ///< gap, epoch, history_lost, too_old, …
[[nodiscard]] std::string_view toString(Verdict) noexcept;      ///< applied, bookmark, stale, duplicate, ignored, …
/// The transition table: true if a replica in state from may be in state to next.
[[nodiscard]] bool canFollow(ReplicaState from, ReplicaState to) noexcept;

struct ReplicaConfig {
    Order order = Order::Opaque;
    bool hasSnapshot = true;     ///< false: events are shown, no state is claimed (plain pub/sub)
    bool replay = false;         ///< the server can resume from a version: snapshot first, then stream from it
    bool resumeIsTrusted = true; ///< the API promises that a resume loses nothing (or proves it)
    OnGap onGap = OnGap::Snapshot;
    std::size_t bufferEvents = limits::kSyncBufferEvents;
    std::size_t bufferBytes = limits::kSyncBufferBytes;
    Duration readDeadline = std::chrono::seconds(45);    ///< no byte for this long = dead; 0 = none
    Duration connectDeadline = std::chrono::seconds(15); ///< from Connect to opened()
    Duration snapshotFirstByte = std::chrono::seconds(30);
    Duration snapshotProgress = std::chrono::seconds(15);
    Duration maxBookmarkAge{0}; ///< >0: no progress for this long = Stalled (promised bookmarks)
    BackoffPolicy backoff;
    FoldPatches fold = nullptr;
    std::uint64_t seed = 1;
};

/// Why a connection or a snapshot request ended, already classified by protocol/ (status, close code, error class).
struct Fault {
    enum class Action : std::uint8_t { Retry, RefreshAuth, Resync, Fatal, Stop };
    Action action = Action::Retry;
    bool isImmediate = false;                   ///< first try without delay (410), then back-off
    std::optional<double> floorMs;              ///< Retry-After and its kin: a lower bound
    MarkerKind marker = MarkerKind::TooOld;     ///< raised when action is Resync
    ErrorCode code = ErrorCode::ConnectionLost; ///< None: the peer ended in order, which is no failure by itself
    int status = 0;                             ///< HTTP status or WebSocket close code, 0 = none
    unsigned giveUpAfter = 0; ///< >0: Fatal when so many of these came without progress (wrong content type: 5)
    std::string reason;       ///< a sentence
};

struct OpenInfo {
    std::optional<std::string> epoch;   ///< the log's identity, where the opening tells it
    std::optional<Version> resumedFrom; ///< the server's proof of where it resumed
};

struct Marker {
    MarkerKind kind = MarkerKind::Gap;
    std::string why;
    Cursor from; ///< last good
    Cursor to;   ///< what was seen instead; absent version where unknown
    Instant at;
};

struct Connect {
    std::uint32_t conn = 0;
    std::optional<Cursor> from;
};
struct CloseConnection {
    std::uint32_t conn = 0;
    std::string why;
};
struct FetchSnapshot {
    std::uint32_t snap = 0;
    std::optional<Cursor> notOlderThan;
    bool bustCaches = false;
};
struct AbortSnapshot {
    std::uint32_t snap = 0;
};
struct RefreshAuth {
};
struct RaiseMarker {
    Marker marker;
};
/// A snapshot replaced the store: who vanished, how many there are now.
struct StoreReplaced {
    std::uint32_t snap = 0;
    std::uint64_t generation = 0;
    std::vector<std::string> deleted;
    std::size_t items = 0;
};
/// A buffered event found its end (order of arrival); the engine counts and logs it with that verdict.
struct BufferedSettled {
    std::uint64_t ticket = 0;
    Verdict verdict = Verdict::Applied;
};
struct StateChanged {
    ReplicaState from{};
    ReplicaState to{};
    std::string why;
};

using Effect = std::variant<Connect, CloseConnection, FetchSnapshot, AbortSnapshot, RefreshAuth, RaiseMarker,
                            StoreReplaced, BufferedSettled, StateChanged>;

struct Step {
    std::vector<Effect> effects; ///< in the order in which they must be carried out
    void clear() { effects.clear(); }
};

struct Counters {
    std::uint64_t received = 0, applied = 0, bookmarks = 0, stale = 0, duplicate = 0, ignored = 0, undecodable = 0;
    std::uint64_t gaps = 0;       ///< losses found: markers of every kind but Config, Requested and Resynced
    std::uint64_t resumes = 0;    ///< connections opened with the cursor of a lost one
    std::uint64_t resyncs = 0;    ///< times that a new snapshot was found to be needed
    std::uint64_t reconnects = 0; ///< connections opened after the first
    std::uint64_t snapshots = 0;  ///< snapshots accepted
    std::uint64_t snapshotsRefused =
        0; ///< whole snapshots not taken: older, of an expired epoch, not joined to the stream
    std::uint64_t snapshotsLate = 0; ///< answers to requests that were given up
    std::uint64_t bytes = 0;         ///< of the stream
    /// Invariant of PROTOCOL 5; buffered events are in received only once they settle.
    [[nodiscard]] bool addUp() const noexcept
    {
        return received == applied + bookmarks + stale + duplicate + ignored + undecodable;
    }
};

class Replica
{
public:
    explicit Replica(ReplicaConfig config);
    ~Replica();

    // --- commands
    /// From Idle, and again from Fatal or Stopped (a person asked): goes on from what is held.
    void start(Instant now, Step& out);
    /// Goes on from a state kept on disk (state and cursor in one write); call instead of start().
    void restore(Store store, Cursor cursor, Instant now, Step& out);
    void stop(Instant now, Step& out);
    void resyncNow(Instant now, Step& out);
    /// Fires a pending back-off at once (a person asked, or the network came back), but keeps what a server asked for.
    void retryNow(Instant now, Step& out);
    /// Answer to RefreshAuth. False = no new credential can be had: Fatal.
    void authRefreshed(bool ok, Instant now, Step& out);

    // --- stream
    void opened(std::uint32_t conn, const OpenInfo& info, Instant now, Step& out);
    /// Any byte is life, comments and empty lines too.
    void bytes(std::uint32_t conn, std::size_t count, Instant now);
    Verdict event(std::uint32_t conn, const EventView& event, Instant now, Step& out);
    /// A message that cannot be read (bad JSON, wrong shape, too large). Returns Undecodable, or Ignored for a late
    /// one.
    Verdict unreadable(std::uint32_t conn, std::string_view why, Instant now, Step& out);
    /// A message without effect on the state and without a version (unknown type, subscription acknowledgement is not
    /// one).
    Verdict ignored(std::uint32_t conn);
    void closed(std::uint32_t conn, const Fault& fault, Instant now, Step& out);
    /// True for the connection whose inputs count.
    [[nodiscard]] bool isCurrent(std::uint32_t conn) const noexcept;

    // --- snapshot
    void snapshotProgress(std::uint32_t snap, std::size_t bytes, Instant now);
    void snapshotDone(std::uint32_t snap, const Cursor& at, Store items, Instant now, Step& out);
    void snapshotFailed(std::uint32_t snap, const Fault& fault, Instant now, Step& out);

    // --- time
    void tick(Instant now, Step& out);
    [[nodiscard]] std::optional<Instant> nextDeadline() const;

    // --- what is so
    [[nodiscard]] ReplicaState state() const noexcept;
    [[nodiscard]] bool isStale() const noexcept; ///< false only in Live
    [[nodiscard]] Instant stateSince() const noexcept;
    [[nodiscard]] Instant lastTruthAt() const noexcept; ///< last byte that came while Live
    [[nodiscard]] const Cursor& cursor() const noexcept;
    [[nodiscard]] std::uint64_t generation() const noexcept;
    [[nodiscard]] const Store& store() const noexcept;
    [[nodiscard]] const Counters& counters() const noexcept;
    [[nodiscard]] const Ledger& ledger() const noexcept;
    [[nodiscard]] const std::deque<Marker>& markers() const noexcept; ///< newest last, bounded
    [[nodiscard]] const Fault& lastFault() const noexcept;
    [[nodiscard]] unsigned attempt() const noexcept;                 ///< failures in a row without progress
    [[nodiscard]] std::optional<Instant> nextTryAt() const noexcept; ///< while a next try is waited for
    [[nodiscard]] bool isDegraded() const noexcept;                  ///< loop guard met: many tries at one cursor
    [[nodiscard]] std::uint64_t nextTicket() const noexcept;         ///< ticket that the next Buffered event gets

private:
    struct Machine;
    std::unique_ptr<Machine> m;
};

} // namespace wg::sync
