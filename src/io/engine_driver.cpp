// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/engine_driver.h"

#include <algorithm>

namespace wg::io {

EngineDriver::EngineDriver(engine::VaultPort& vault, const engine::EngineOptions& options)
    : m_vault(vault), m_engine(engine::Ports{&m_streams, &m_http, this, &m_clock, &m_process}, options)
{
    m_streams.setSink(*this);
    m_http.setSink(*this);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { tick(); });
    arm();
}

EngineDriver::~EngineDriver()
{
    *m_isAlive = false;
    m_engine.stop();
}

void EngineDriver::execute(const engine::Command& command)
{
    m_engine.execute(command);
    arm();
}

void EngineDriver::stop()
{
    m_engine.stop();
    m_timer.stop();
}

void EngineDriver::streamOpened(engine::StreamId id, const engine::StreamOpened& info)
{
    m_engine.streamOpened(id, info);
    arm();
}

void EngineDriver::streamBytes(engine::StreamId id, std::string_view bytes)
{
    m_engine.streamBytes(id, bytes);
    arm();
}

void EngineDriver::streamClosed(engine::StreamId id, const Error& error)
{
    m_engine.streamClosed(id, error);
    arm();
}

void EngineDriver::httpHead(engine::RequestId id, const engine::HttpHead& head)
{
    m_engine.httpHead(id, head);
    arm();
}

void EngineDriver::httpBytes(engine::RequestId id, std::string_view bytes)
{
    m_engine.httpBytes(id, bytes);
    arm();
}

void EngineDriver::httpDone(engine::RequestId id, const Error& error)
{
    m_engine.httpDone(id, error);
    arm();
}

void EngineDriver::read(const std::string& name, bool isRefresh, Answer answer)
{
    m_vault.read(name, isRefresh, [this, isAlive = m_isAlive, answer = std::move(answer)](Result<Secret> secret) {
        if (!*isAlive)
            return;
        answer(std::move(secret));
        arm();
    });
}

void EngineDriver::tick()
{
    m_armedFor = {INT64_MAX};
    m_engine.tick(m_clock.now());
    if (m_afterTick)
        m_afterTick();
    arm();
}

void EngineDriver::arm()
{
    const Instant now = m_clock.now();
    const Instant latest = now + kLongestSleep;
    const Instant next = std::min(m_engine.nextDeadline().value_or(latest), latest);
    // A timer that fires too early costs one tick, one that is moved with every read costs more.
    if (m_timer.isActive() && m_armedFor <= next)
        return;
    m_armedFor = next;
    const Duration wait = std::max(next - now, Duration(0));
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

} // namespace wg::io
