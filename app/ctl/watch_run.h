// SPDX-License-Identifier: GPL-3.0-or-later
// WatchRun: drives the engine for tail and state until the end that was asked for, a failure or an interrupt.
// Shape:  one engine on this thread; conditions are looked at kLookInterval apart, and told on standard error as they
//         change; SIGINT and SIGTERM end the run in order.
// Thread: the main thread with its event loop.
#pragma once

#include "ctl/commands.h"
#include "ctl/watch_plan.h"
#include "engine/engine.h"
#include "io/engine_driver.h"
#include "io/vault.h"

#include <QFile>
#include <QTimer>

#include <map>
#include <memory>
#include <string>

namespace wg::ctl {

class WatchRun : public engine::WatchObserver {
public:
    static constexpr std::chrono::milliseconds kLookInterval{50};
    /// Without --max-time a run gives up when nothing could be connected for this long.
    static constexpr Duration kFirstContact = std::chrono::seconds(30);

    explicit WatchRun(WatchPlan plan);
    ~WatchRun() override;

    /// Runs to the end and gives the exit code.
    int run();
    /// Ends the run in order, with this code, from inside an observer's call.
    void finish(int code);
    /// Ends the run because a time that was asked for is over: done, unless nothing was ever connected.
    void finishInTime();

    [[nodiscard]] const WatchPlan& plan() const noexcept { return m_plan; }
    [[nodiscard]] engine::Engine& engine() noexcept { return m_driver->engine(); }
    [[nodiscard]] const io::MonotonicClock& clock() const noexcept { return m_driver->clock(); }
    [[nodiscard]] const std::vector<engine::WatchId>& watches() const noexcept { return m_watches; }
    /// The resource of a watch, as --resource named it; empty where there is none.
    [[nodiscard]] std::string resourceOf(engine::WatchId id) const;

    void watchMarker(engine::WatchId id, const sync::Marker& marker) override;
    void watchChanged(engine::WatchId id, const engine::WatchCondition& condition) override;

private:
    void look();
    [[nodiscard]] std::optional<int> verdict() const;
    [[nodiscard]] int codeAtTimeUp() const;
    [[nodiscard]] bool hasContact() const;
    [[nodiscard]] bool isReached(const engine::WatchCondition& condition) const;
    void tell(engine::WatchId id, const std::string& sentence);
    void logLine(engine::WatchId id, std::string_view kind, std::string_view state, std::string_view what, std::string_view next);
    void showProgress();
    bool openLog();

    WatchPlan m_plan;
    io::Vault m_vault;
    io::TokenSources m_tokens;
    std::unique_ptr<io::EngineDriver> m_driver;
    std::vector<engine::WatchId> m_watches;
    std::map<engine::WatchId, std::string> m_lastTold;
    QTimer m_timer;
    QFile m_log;
    Instant m_begun;
    Instant m_progressAt;
    std::optional<int> m_code;
    bool m_isTerminal = false;
    bool m_hasProgressLine = false;
};

} // namespace wg::ctl
