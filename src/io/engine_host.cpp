// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/engine_host.h"

#include "io/engine_driver.h"

#include <QMetaObject>
#include <QPointer>

namespace wg::io {

/// Asks a vault of another thread and brings the answer back to the engine's.
class EngineHost::RemoteVault final : public engine::VaultPort {
public:
    RemoteVault(engine::VaultPort& vault, QObject& engineLoop) : m_vault(vault), m_engineLoop(&engineLoop), m_home(new QObject) {}

    void read(const std::string& name, bool isRefresh, Answer answer) override
    {
        // m_engineLoop outlives every question: the host's thread, which runs the lambda, is the one that ends it.
        QMetaObject::invokeMethod(m_home.get(), [this, name, isRefresh, answer = std::move(answer)] {
            m_vault.read(name, isRefresh, [loop = m_engineLoop, answer](Result<Secret> secret) {
                if (!loop)
                    return;
                auto held = std::make_shared<Result<Secret>>(std::move(secret));
                QMetaObject::invokeMethod(loop, [answer, held] { answer(std::move(*held)); }, Qt::QueuedConnection);
            });
        }, Qt::QueuedConnection);
    }

private:
    engine::VaultPort& m_vault;
    QPointer<QObject> m_engineLoop;
    std::unique_ptr<QObject> m_home; ///< on the vault's thread; questions that are under way die with it
};

EngineHost::EngineHost(engine::VaultPort& vault, const engine::EngineOptions& options)
    : m_vault(std::make_unique<RemoteVault>(vault, m_loop))
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_loop.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(&m_loop, [this, options] { m_driver = std::make_unique<EngineDriver>(*m_vault, options); },
                              Qt::BlockingQueuedConnection);
}

EngineHost::~EngineHost()
{
    QMetaObject::invokeMethod(&m_loop, [this] { m_driver.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void EngineHost::post(engine::Command command)
{
    auto held = std::make_shared<const engine::Command>(std::move(command));
    QMetaObject::invokeMethod(&m_loop, [this, held] {
        if (m_driver)
            m_driver->execute(*held);
    }, Qt::QueuedConnection);
}

std::shared_ptr<const engine::Publication> EngineHost::publication() const
{
    return m_driver->engine().publication();
}

const events::EventLog& EngineHost::log() const
{
    return m_driver->engine().log();
}

} // namespace wg::io
