// SPDX-License-Identifier: GPL-3.0-or-later
// PageFixture: a session on made-up figures for each test of a page, and a look at what was sent to the engine.
#pragma once

#include "support/fixture_link.h"
#include "ui/app/session.h"

#include <QObject>

#include <memory>

namespace wg::test {

class PageFixture : public QObject
{
    Q_OBJECT
    Q_PROPERTY(wg::ui::Session* session READ session NOTIFY sessionChanged)

public:
    explicit PageFixture(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] ui::Session* session() const { return m_session.get(); }
    Q_INVOKABLE void start(bool isEmpty); ///< a fresh session; the page of the test before must be gone
    Q_INVOKABLE void appendEvents(int count);
    Q_INVOKABLE void tick(); ///< publishes what was asked for and lets the window read it
    /// How many commands of this kind were posted: resync retry update add remove enable.
    Q_INVOKABLE int posted(const QString& kind) const;

signals:
    void sessionChanged();

private:
    std::unique_ptr<FixtureLink> m_link;
    std::unique_ptr<ui::Session> m_session;
};

} // namespace wg::test
