// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_fixture.h"

#include "support/mock_connections.h"
#include "support/mock_events.h"

#include <algorithm>

namespace wg::test {

namespace {
constexpr double kNow = 1'773'844'309'000.0;
}

void PageFixture::start(bool isEmpty)
{
    m_session.reset();
    m_link = std::make_unique<FixtureLink>();
    ui::SessionParts parts;
    parts.engine = m_link.get();
    if (!isEmpty) {
        m_link->answerResources();
        m_link->publish(mockPublication(kNow));
        appendMockEvents(m_link->log(), 3'000, kNow);
    }
    m_session = std::make_unique<ui::Session>(parts);
    if (!isEmpty)
        addMockConnections(m_session->book());
    emit sessionChanged();
}

void PageFixture::appendEvents(int count)
{
    appendMockEvents(m_link->log(), static_cast<std::size_t>(count), kNow + 60'000);
}

void PageFixture::tick()
{
    m_link->publish(std::make_shared<engine::Publication>(*m_link->publication()));
    emit m_session->clock().tick();
}

int PageFixture::posted(const QString& kind) const
{
    const auto& commands = m_link->commands();
    return static_cast<int>(std::count_if(commands.begin(), commands.end(), [&](const engine::Command& command) {
        return (kind == QLatin1String("resync") && std::holds_alternative<engine::ResyncWatch>(command))
            || (kind == QLatin1String("retry") && std::holds_alternative<engine::RetryWatch>(command))
            || (kind == QLatin1String("update") && std::holds_alternative<engine::UpdateWatch>(command))
            || (kind == QLatin1String("add") && std::holds_alternative<engine::AddWatch>(command))
            || (kind == QLatin1String("remove") && std::holds_alternative<engine::RemoveWatch>(command))
            || (kind == QLatin1String("enable") && std::holds_alternative<engine::SetWatchEnabled>(command));
    }));
}

} // namespace wg::test
