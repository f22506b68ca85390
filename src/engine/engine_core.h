// SPDX-License-Identifier: GPL-3.0-or-later
// Engine::Core: the inside of the engine. Who waits for which port answer, the watches, the log, the figures.
//   engine.cpp      commands, ports, time       engine_news.cpp   what watches tell: log, figures, observer
//   publisher.cpp   publications                resource_query.cpp  pages of items
// Thread: the engine's, except publication() and log().
#pragma once

#include "engine/engine.h"
#include "engine/shared_socket.h"
#include "engine/watch.h"
#include "events/event_log.h"
#include "series/telemetry.h"

#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>

namespace wg::engine {

struct Engine::Core final : public WatchHost {
    Core(const Ports& given, const EngineOptions& chosen);
    ~Core() override;

    // --- WatchHost
    StreamId openStream(const StreamTarget& target, StreamOwner& owner) override;
    void writeStream(StreamId id, std::string_view bytes) override;
    void closeStream(StreamId id) override;
    RequestId request(const HttpRequest& request, HttpOwner& owner) override;
    void abortRequest(RequestId id) override;
    void readSecret(Watch& watch, const std::string& name, bool isRefresh) override;
    [[nodiscard]] Instant now() const override { return ports.clock->now(); }
    [[nodiscard]] WallMs wallNow() const override { return ports.clock->wallNow(); }
    [[nodiscard]] Prng& random() override { return prng; }
    void bury(std::unique_ptr<Mortal> mortal) override { buried.push_back(std::move(mortal)); }
    void watchReceiving(Watch& watch, const sync::EventView& event, std::int64_t receivedNs) override;
    void watchReceived(Watch& watch, const Outcome& outcome) override;
    void watchMarked(Watch& watch, const sync::Marker& marker) override;
    void watchReplaced(Watch& watch, const sync::StoreReplaced& replaced) override;
    void watchChanged(Watch& watch) override;
    void watchHappened(Watch& watch, Happening what) override;

    // --- commands (engine.cpp)
    void carry(const AddWatch& command);
    void carry(const UpdateWatch& command);
    void carry(const RemoveWatch& command);
    void carry(const SetWatchEnabled& command);
    void carry(const ResyncWatch& command);
    void carry(const RetryWatch& command);
    void carry(const SetSeriesRange& command);
    void carry(const SetEventBudget& command);
    void carry(const ClearEvents& command);
    void carry(const QueryResources& command);
    void carry(const QueryItem& command);
    void tick(Instant now);
    void lookAtProcess(Instant now);
    [[nodiscard]] std::optional<Instant> nextDeadline() const;
    [[nodiscard]] Watch* find(WatchId id) const;
    /// After each call from outside: ends what was kept alive for its sake.
    void settle()
    {
        withdrawPrepared();
        buried.clear();
    }
    void prepareRow(const Watch& watch, const sync::EventView& event, std::int64_t receivedNs);
    void withdrawPrepared();

    // --- publisher.cpp
    void publish(Instant now);
    [[nodiscard]] WatchRow rowOf(const Watch& watch, Instant now) const;
    [[nodiscard]] Totals totals(const std::vector<WatchRow>& rows) const;
    void makeSeries(Instant now);

    // --- resource_query.cpp
    void answerPage(Instant now);
    void answerItem(Instant now);

    struct Shown { ///< what the last answer was made of, so that it is made again only after a change
        std::uint64_t applied = UINT64_MAX;
        std::uint64_t generation = UINT64_MAX;
        Instant at;
    };
    [[nodiscard]] static bool hasChanged(const Watch& watch, const Shown& shown);
    static void remember(const Watch& watch, Shown& shown, Instant now);

    Ports ports;
    EngineOptions options;
    Prng prng;
    WatchObserver* observer = nullptr;
    std::unordered_map<StreamId, StreamOwner*> streams;
    std::unordered_map<RequestId, HttpOwner*> requests;
    StreamId nextStream = 1;
    RequestId nextRequest = 1;
    std::vector<std::unique_ptr<Mortal>> buried;
    std::shared_ptr<Core*> self; ///< emptied when the engine goes: answers of the vault may come later
    std::map<WatchId, std::uint64_t> secretTickets; ///< the newest question of each watch
    std::uint64_t nextTicket = 1;
    SharedSockets sockets;
    std::map<WatchId, std::unique_ptr<Watch>> watches;
    WatchId lastAdded = 0;
    bool isStopped = false;

    // --- figures
    events::EventLog eventLog;
    const sync::EventView* prepared = nullptr; ///< the event whose row is written but not shown yet
    series::Telemetry telemetry;
    Instant processLookAt; ///< not before then
    std::unordered_map<WatchId, series::LogHistogram> latencies; ///< since the start, for reports
    std::deque<MarkerRow> markers;
    double seriesRangeS = 900;

    // --- publications
    std::optional<QueryResources> pageQuery;
    std::optional<QueryItem> itemQuery;
    Shown pageShown, itemShown;
    std::shared_ptr<const ResourcePage> page;
    std::shared_ptr<const ItemDetail> item;
    std::shared_ptr<const SeriesFrame> seriesFrame;
    series::Second seriesMadeFor = -1;
    bool isDirty = true; ///< something to publish
    Instant publishedAt{INT64_MIN / 2};
    std::uint64_t sequence = 0;
    mutable std::mutex publicationLock;
    std::shared_ptr<const Publication> publication = std::make_shared<Publication>();
};

} // namespace wg::engine
