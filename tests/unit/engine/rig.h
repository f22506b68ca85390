// SPDX-License-Identifier: GPL-3.0-or-later
// Rig: an engine on fake byte ports and a virtual clock. A Peer answers what the engine asks; the rig carries bytes and
// lets time pass from deadline to deadline. Nothing here sleeps or opens a socket.
#pragma once

#include "engine/engine.h"
#include "events/event_log.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wg::test {

class Rig;

/// The other side. Every hook is called outside the engine.
class Peer {
public:
    virtual ~Peer() = default;
    virtual void streamOpen(Rig& rig, engine::StreamId id, const engine::StreamTarget& target) = 0;
    virtual void streamBytes(Rig& rig, engine::StreamId id, const std::string& bytes) = 0;
    virtual void streamClosed(Rig&, engine::StreamId) {}
    virtual void request(Rig& rig, engine::RequestId id, const engine::HttpRequest& request) = 0;
    virtual void tick(Rig&) {}
    virtual std::optional<Instant> nextDeadline() { return {}; }
};

struct Marked { engine::WatchId watch; sync::Marker marker; };
struct Heard { engine::WatchId watch; sync::EventView event; sync::Verdict verdict; bool isShown; std::string type, key, payload, raw; };

class Rig final : private engine::StreamPort,
                  private engine::HttpPort,
                  private engine::VaultPort,
                  private engine::ClockPort,
                  private engine::WatchObserver {
public:
    explicit Rig(Peer& peer, const engine::EngineOptions& options = {});
    ~Rig() override;

    [[nodiscard]] engine::Engine& engine() { return *m_engine; }
    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] WallMs wallNow() const override { return 1.7e12 + toMs(m_now - Instant{}); }

    engine::WatchId watch(const std::string& url, std::vector<engine::Transport> transports = {},
                          const std::function<void(engine::WatchSpec&)>& change = {});
    /// Lets time pass: everything due is done in order.
    void run(Duration span);
    /// As run, but stops as soon as done() holds. False if it never did.
    bool runUntil(const std::function<bool()>& done, Duration span = std::chrono::minutes(2));

    // --- for peers
    void opened(engine::StreamId id);
    void send(engine::StreamId id, std::string bytes);
    void end(engine::StreamId id, ErrorCode code = ErrorCode::None);
    void answer(engine::RequestId id, int status, std::vector<engine::Header> headers, std::string body);
    void answerCut(engine::RequestId id, int status, std::vector<engine::Header> headers, std::string body, ErrorCode code);
    [[nodiscard]] bool isOpen(engine::StreamId id) const { return m_open.count(id) > 0; }

    // --- what is so
    [[nodiscard]] engine::WatchCondition at(engine::WatchId id) const { return *m_engine->condition(id); }
    [[nodiscard]] engine::StateReport report(engine::WatchId id) const { return *m_engine->report(id); }
    [[nodiscard]] std::map<std::string, std::string> items(engine::WatchId id) const;

    std::map<std::string, std::string> secrets;           ///< what the vault holds
    std::map<std::string, std::vector<std::string>> laterSecrets; ///< what it holds after each refresh
    bool answersSecrets = true;                           ///< false: the vault hangs
    unsigned secretReads = 0, secretRefreshes = 0;
    std::vector<engine::StreamTarget> targets; ///< of every stream opened
    std::vector<engine::HttpRequest> requests; ///< every request made
    std::vector<Marked> markers;
    std::vector<std::unique_ptr<Heard>> heard;
    std::vector<std::string> changes; ///< sentence of every change of condition
    std::size_t chunk = 0;            ///< >0: bytes come in pieces of this size
    bool keepsHeard = true;
    std::optional<std::size_t> cutAfter; ///< the first stream is reset after so many bytes
    std::size_t delivered = 0;           ///< bytes of the first stream

private:
    void open(engine::StreamId id, const engine::StreamTarget& target) override;
    void write(engine::StreamId id, std::string_view bytes) override;
    void close(engine::StreamId id) override;
    void request(engine::RequestId id, const engine::HttpRequest& request) override;
    void abort(engine::RequestId id) override;
    void read(const std::string& name, bool isRefresh, Answer answer) override;
    void watchEvent(engine::WatchId, const sync::EventView&, sync::Verdict, bool) override;
    void watchMarker(engine::WatchId, const sync::Marker&) override;
    void watchChanged(engine::WatchId, const engine::WatchCondition&) override;
    void later(std::function<void()> what) { m_queue.push_back(std::move(what)); }
    bool step(Instant end);
    void deliver(engine::StreamId id, std::string_view bytes);
    void reset(engine::StreamId id, ErrorCode code);

    Peer& m_peer;
    Instant m_now{1'000'000'000};
    std::deque<std::function<void()>> m_queue;
    std::map<engine::StreamId, bool> m_open;
    std::map<engine::RequestId, bool> m_pending;
    std::string m_buffer;
    std::unique_ptr<engine::Engine> m_engine;
};

} // namespace wg::test
