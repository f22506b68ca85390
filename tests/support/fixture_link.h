// SPDX-License-Identifier: GPL-3.0-or-later
// FixtureLink: an EngineLink that publishes made-up figures, for tests of the window alone. Never part of the program.
// Shape:  twelve connections in every state, fifteen minutes of series; commands are kept to be looked at.
#pragma once

#include "engine/engine_link.h"
#include "events/event_log.h"

#include <vector>

namespace wg::test {

/// A publication as the mock-ups draw it, at this wall time.
[[nodiscard]] std::shared_ptr<engine::Publication> mockPublication(double wallNow);
/// The publication of an engine that watches nothing.
[[nodiscard]] std::shared_ptr<engine::Publication> emptyPublication(double wallNow);

class FixtureLink final : public engine::EngineLink {
public:
    FixtureLink();
    void post(engine::Command command) override;
    [[nodiscard]] std::shared_ptr<const engine::Publication> publication() const override { return m_publication; }
    [[nodiscard]] const events::EventLog& log() const override { return m_log; }

    [[nodiscard]] events::EventLog& log() { return m_log; }

    /// Answers questions about resources with the page and the item of mock_events.
    void answerResources() { m_answersResources = true; }
    void publish(std::shared_ptr<engine::Publication> publication);
    [[nodiscard]] const std::vector<engine::Command>& commands() const { return m_commands; }

private:
    std::shared_ptr<const engine::Publication> m_publication;
    std::vector<engine::Command> m_commands;
    events::EventLog m_log{64 << 20};
    std::uint64_t m_sequence = 0;
    bool m_answersResources = false;
    engine::QueryResources m_pageQuery;
    engine::QueryItem m_itemQuery;
};

} // namespace wg::test
