// SPDX-License-Identifier: GPL-3.0-or-later
// EngineHost: an engine on a thread of its own, behind engine::EngineLink.
// Shape:  commands are posted to the engine's event loop in order; publications are read straight from the engine, which
//         swaps them atomically. The vault stays on the thread of the host and is asked across.
// Thread: made and ended on one thread with an event loop (the GUI's); the methods of EngineLink on any.
#pragma once

#include "engine/engine.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace wg::io {

class EngineDriver;

class EngineHost final : public engine::EngineLink {
public:
    /// vault must outlive the host and answers on the thread that makes the host.
    explicit EngineHost(engine::VaultPort& vault, const engine::EngineOptions& options = {});
    /// Stops every watch, closes every connection and waits for the thread.
    ~EngineHost() override;

    void post(engine::Command command) override;
    [[nodiscard]] std::shared_ptr<const engine::Publication> publication() const override;
    [[nodiscard]] const events::EventLog& log() const override;

private:
    class RemoteVault;

    QThread m_thread;
    QObject m_loop;                         ///< lives on m_thread; what is posted to it runs there
    std::unique_ptr<RemoteVault> m_vault;   ///< used on m_thread
    std::unique_ptr<EngineDriver> m_driver; ///< made, used and ended on m_thread
};

} // namespace wg::io
