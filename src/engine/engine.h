// SPDX-License-Identifier: GPL-3.0-or-later
// Engine: many watches on one thread. Commands and the ports' answers go in; port calls and publications come out.
// Shape:  the driver owns the ports, calls execute() for each command, passes the ports' answers to the StreamSink and
//         HttpSink sides, and calls tick() when nextDeadline() has come. Nothing blocks, nothing throws, no timer inside.
// Limits: at most 10 publications a second, 600 buckets a series, 200 markers, 64 items a page unless asked otherwise.
// Thread: everything on the engine's thread, except publication() and log(), which any thread may read.
#pragma once

#include "engine/engine_link.h"
#include "engine/ports.h"
#include "engine/publication.h"
#include "engine/state_report.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace wg::engine {

/// Hears of every message and change as it happens, on the engine's thread (watchglassctl tail). Views: valid during the call.
class WatchObserver {
public:
    virtual ~WatchObserver() = default;
    /// What became of one message. isShown: it belongs in a list of events (applied, or shown without effect on the state).
    virtual void watchEvent(WatchId, const sync::EventView&, sync::Verdict, bool /*isShown*/) {}
    virtual void watchMarker(WatchId, const sync::Marker&) {}
    virtual void watchChanged(WatchId, const WatchCondition&) {}
};

struct EngineOptions {
    std::uint64_t seed = 1; ///< of jitter, masks and request ids
    std::size_t eventBudgetBytes = limits::kEventLogBytes;
    Duration publishInterval = std::chrono::milliseconds(100);
    bool publishes = true; ///< false: no publications and no series are made (headless)
};

class Engine final : public StreamSink, public HttpSink {
public:
    explicit Engine(const Ports& ports, const EngineOptions& options = {});
    ~Engine() override;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void setObserver(WatchObserver* observer);
    /// AddWatch with id 0 is given the next free id; see lastAdded().
    void execute(const Command& command);
    [[nodiscard]] WatchId lastAdded() const noexcept;
    void tick(Instant now);
    [[nodiscard]] std::optional<Instant> nextDeadline() const;
    /// What this program itself takes, about once a second: the text of /proc/self/stat and the number of open descriptors.
    void noteProcess(std::string_view procStat, double openFiles, long ticksPerS, long pageBytes);
    /// Ends every watch and closes every connection; nothing is asked of the ports after it.
    void stop();

    // --- any thread
    [[nodiscard]] std::shared_ptr<const Publication> publication() const; ///< never null
    [[nodiscard]] const events::EventLog& log() const;

    // --- what is so (engine's thread)
    [[nodiscard]] std::vector<WatchId> watches() const;
    [[nodiscard]] std::optional<WatchCondition> condition(WatchId id) const;
    [[nodiscard]] std::optional<StateReport> report(WatchId id) const;

    // --- StreamSink, HttpSink
    void streamOpened(StreamId id, const StreamOpened& info) override;
    void streamBytes(StreamId id, std::string_view bytes) override;
    void streamClosed(StreamId id, const Error& error) override;
    void httpHead(RequestId id, const HttpHead& head) override;
    void httpBytes(RequestId id, std::string_view bytes) override;
    void httpDone(RequestId id, const Error& error) override;

private:
    struct Core;
    std::unique_ptr<Core> m;
};

} // namespace wg::engine
