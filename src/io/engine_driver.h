// SPDX-License-Identifier: GPL-3.0-or-later
// EngineDriver: one engine with the real sockets, requests, credentials and clock, on the thread that made it.
// Shape:  stands between ports and engine, so that after whatever reaches the engine its next deadline is looked at
//         again; one timer is armed for the earliest one.
// Limits: the timer never sleeps longer than kLongestSleep, so that deadlines that passed in a suspend are met at once.
// Thread: the one it was made on, which runs an event loop.
#pragma once

#include "engine/engine.h"
#include "io/http_requests.h"
#include "io/monotonic_clock.h"
#include "io/process_reader.h"
#include "io/socket_streams.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace wg::io {

class EngineDriver final : private engine::StreamSink, private engine::HttpSink, private engine::VaultPort {
public:
    static constexpr Duration kLongestSleep = std::chrono::seconds(1);

    /// vault answers on this thread, too; it must outlive the driver.
    EngineDriver(engine::VaultPort& vault, const engine::EngineOptions& options);
    ~EngineDriver() override;

    void execute(const engine::Command& command);
    void stop();
    /// Called after each tick of the engine.
    void setAfterTick(std::function<void()> call) { m_afterTick = std::move(call); }

    [[nodiscard]] engine::Engine& engine() noexcept { return m_engine; }
    [[nodiscard]] const MonotonicClock& clock() const noexcept { return m_clock; }

private:
    void streamOpened(engine::StreamId id, const engine::StreamOpened& info) override;
    void streamBytes(engine::StreamId id, std::string_view bytes) override;
    void streamClosed(engine::StreamId id, const Error& error) override;
    void httpHead(engine::RequestId id, const engine::HttpHead& head) override;
    void httpBytes(engine::RequestId id, std::string_view bytes) override;
    void httpDone(engine::RequestId id, const Error& error) override;
    void read(const std::string& name, bool isRefresh, Answer answer) override;

    void tick();
    void arm();

    engine::VaultPort& m_vault;
    MonotonicClock m_clock;
    ProcessReader m_process;
    SocketStreams m_streams;
    HttpRequests m_http;
    engine::Engine m_engine;
    QTimer m_timer;
    Instant m_armedFor{INT64_MAX};
    std::function<void()> m_afterTick;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true); ///< for answers that come after the end
};

} // namespace wg::io
