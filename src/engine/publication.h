// SPDX-License-Identifier: GPL-3.0-or-later
// Publication: what the engine says of itself, as one immutable value that any thread may read.
// Shape:  made at most 10 times a second (series once a second); a newer one replaces an unread older one.
// Units:  suffix of the name; Wall = Unix milliseconds; NaN in a series = no sample (drawn as a break).
#pragma once

#include "engine/watch_spec.h"
#include "sync/replica.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wg::engine {

/// The words of the state vocabulary (resources/design tokens "state").
enum class ViewState : std::uint8_t { Connecting, Snapshot, Live, Gap, Resync, Stale, Retrying, Failed, SignIn, Paused, Closed };
[[nodiscard]] std::string_view toString(ViewState) noexcept; ///< connecting snapshot live gap resync stale retrying failed auth paused closed

/// One node of the sync machine strip: a state that was passed, when, for how long, with what in a few words.
struct MachineNode { ViewState state{}; WallMs atWall = 0; double durationMs = -1; /**< -1: still in it */ std::string detail; };

struct WatchRow {
    WatchId id = 0;
    std::string connectionId, routeId, connection, group, url, resource, dialect;
    ViewState state = ViewState::Closed;
    WallMs sinceWall = 0;
    std::string why;  ///< sentence: what happened, where
    std::string next; ///< sentence: what happens next or what to do
    WallMs nextTryWall = 0; ///< 0 = none
    std::string freshness;  ///< "Live", "Catching up", "Unconfirmed 40 s", "Unversioned", "Stale 12 s", "Resyncing", "Needs you"
    Transport transport = Transport::WebSocket;
    std::string fellBackWhy; ///< empty: first choice
    std::string epoch, version;
    std::uint64_t behind = 0; ///< versions known to be missing while catching up
    double lagMs = -1;        ///< server to us, latest second's median; -1 unknown
    double messagesPerS = 0;
    std::array<float, 60> spark{}; ///< messages/s of the last 60 s, oldest first, NaN = not connected
    WallMs lastEventWall = 0;
    WallMs connectedWall = 0;
    std::size_t keys = 0;
    std::size_t stateBytes = 0;
    sync::Counters counters;
    std::vector<MachineNode> strip; ///< at most 6, oldest first
};

struct MarkerRow { WatchId watch = 0; std::string connection; sync::MarkerKind kind{}; std::string text; WallMs atWall = 0; };

struct Totals {
    unsigned live = 0, watches = 0;
    double messagesPerS = 0, messagesPerSBefore = 0; ///< now, and mean of the period before the range
    double p50Ms = -1, p95Ms = -1, p99Ms = -1;
    std::uint64_t handshakesOk = 0, handshakesAll = 0, gaps = 0, resyncs = 0, resyncsRunning = 0, errorsHandshake = 0, errorsOther = 0;
};

struct LogFigures {
    std::uint64_t first = 0, end = 0; ///< sequence numbers held: [first, end)
    std::uint64_t evicted = 0;
    std::size_t usedBytes = 0, budgetBytes = 0;
    WallMs oldestWall = 0;
};

/// Per-bucket figures for the charts, at most 600 buckets over the asked range; the last bucket is the newest full second.
struct SeriesFrame {
    WallMs beginWall = 0;
    double stepS = 1;
    std::size_t count = 0;
    std::vector<float> active, opened, dropped, gaps, errors, handshakeRate;
    std::vector<float> p50, p95, p99;
    std::vector<float> total;
    struct PerWatch { WatchId watch = 0; std::string name; std::vector<float> rate; };
    std::vector<PerWatch> rates; ///< by id, every watch that has a sample in the range
    std::array<std::uint64_t, 24> sizeBins{}; ///< bin i: 2^i <= bytes < 2^(i+1)
    double sizeP50 = 0, sizeP95 = 0, sizeMax = 0;
    enum class Phase : std::uint8_t { Live, Resync, Stale, Down };
    struct Stretch { Phase phase{}; WallMs from = 0, to = 0; };
    struct Lifetime { WatchId watch = 0; std::string name; std::vector<Stretch> stretches; std::vector<WallMs> reconnects; double upS = 0; };
    std::vector<Lifetime> lifetimes;
    std::vector<float> ownCpu, ownRssMb, ownFds, ownNetInMBs; ///< this process: percent of one core, MB, count, MB/s
    std::vector<MarkerRow> annotations; ///< gaps and resyncs in the range
};

// --- answers to queries
struct ResourceItem { std::string key, version, summary; double ageS = 0; std::uint32_t changes = 0; std::size_t sizeBytes = 0; bool fromSnapshot = false; std::uint8_t freshness = 0; /**< index into ResourcePage::freshness */ };
struct ResourcePage {
    WatchId watch = 0;
    std::uint64_t query = 0; ///< number of the query it answers
    std::size_t total = 0, matching = 0, first = 0;
    std::array<std::size_t, 4> freshness{}; ///< fresh, ageing, stale, unconfirmed
    std::vector<ResourceItem> items;
};
struct ItemDetail { WatchId watch = 0; std::string key, version; bool exists = false; double ageS = 0; std::string json; };

struct Publication {
    std::uint64_t sequence = 0;
    WallMs wallNow = 0;
    std::vector<WatchRow> watches;
    Totals totals;
    LogFigures log;
    std::shared_ptr<const SeriesFrame> series;      ///< may be shared with the one before
    std::shared_ptr<const ResourcePage> resources;  ///< the last asked
    std::shared_ptr<const ItemDetail> item;         ///< the last asked
    std::vector<MarkerRow> markers;                 ///< newest last, at most 200
};

} // namespace wg::engine
