// SPDX-License-Identifier: GPL-3.0-or-later
// LiveEngine: an engine with real sockets on this thread, watching a StreamServer.
// Thread: needs a QCoreApplication on the thread that makes it.
#pragma once

#include "io/engine_driver.h"
#include "support/stream_server.h"

#include <functional>

namespace wg::bench {

class LiveEngine {
public:
    /// Takes the snapshot and returns when the stream stands and waits for release().
    LiveEngine(StreamServer& server, Wire wire, const engine::EngineOptions& options = {});
    ~LiveEngine() { m_driver.stop(); }

    [[nodiscard]] engine::Engine& engine() { return m_driver.engine(); }
    /// Runs the event loop until isOver, which is asked every few milliseconds; ends the program after a minute.
    void runUntil(const std::function<bool()>& isOver, const char* what);

private:
    /// No credential is needed here.
    class NoVault final : public engine::VaultPort {
        void read(const std::string&, bool, Answer answer) override { answer(Error{ErrorCode::NotFound, "none", {}}); }
    };

    NoVault m_vault;
    io::EngineDriver m_driver;
};

} // namespace wg::bench
