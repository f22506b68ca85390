// SPDX-License-Identifier: GPL-3.0-or-later
// Session: the one root object of the window. It joins the engine, the stores and the view models.
// Shape:  at each tick of the FrameClock the newest publication is read; published() follows when it is a new one,
//         seriesPublished() when its series are. A page's own view models take the Session and connect to these.
// Thread: GUI thread. It keeps the publication alive, so views may hold references until the next published().
#pragma once

#include "engine/engine_link.h"
#include "ui/app/frame_clock.h"
#include "ui/ports/demo_gateway.h"
#include "ui/ports/preference_store.h"
#include "ui/shell/health_model.h"
#include "ui/shell/shell_model.h"
#include "ui/subscriptions/secret_store.h"
#include "ui/subscriptions/watch_book.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace wg::ui {

/// What the application hands to the window. Only the engine is needed; a part that is absent is said to be absent.
struct SessionParts {
    engine::EngineLink* engine = nullptr;
    SpecStore* specs = nullptr;
    SecretStore* secrets = nullptr;
    DemoGateway* demo = nullptr;
    PreferenceStore* preferences = nullptr;
};

class Session : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the application")
    Q_PROPERTY(wg::ui::ShellModel* shell READ shell CONSTANT)
    Q_PROPERTY(wg::ui::HealthModel* health READ health CONSTANT)

public:
    explicit Session(const SessionParts& parts, QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] engine::EngineLink& engine() const { return *m_parts.engine; }
    [[nodiscard]] const engine::Publication& publication() const { return *m_publication; }
    /// The newest series, without the empty stretch before this process began to watch; null before the first.
    [[nodiscard]] const std::shared_ptr<const engine::SeriesFrame>& series() const { return m_series; }
    [[nodiscard]] WatchBook& book() { return m_book; }
    [[nodiscard]] SecretStore* secrets() const { return m_parts.secrets; } ///< null: there is none
    [[nodiscard]] DemoGateway* demo() const { return m_parts.demo; }       ///< null: there is none
    [[nodiscard]] FrameClock& clock() { return m_clock; }
    [[nodiscard]] ShellModel* shell() { return &m_shell; }
    [[nodiscard]] HealthModel* health() { return &m_health; }

    /// Starts what was kept from the last run. settingsProblem: a sentence about the settings file, or empty.
    void begin(const QString& settingsProblem);
    /// Watches an address for this run only.
    void watch(const QString& address);
    /// Shows the sentence of a failure, in the window and on stderr.
    void report(const Result<void>& result);
    /// Looks whether the keychain is there and open; the answer shows in the status bar.
    void lookAtKeychain();

signals:
    void published();
    void seriesPublished();

private:
    void read();

    SessionParts m_parts;
    FrameClock m_clock;
    ShellModel m_shell;
    HealthModel m_health;
    WatchBook m_book;
    std::shared_ptr<const engine::Publication> m_publication;
    std::shared_ptr<const engine::SeriesFrame> m_published; ///< as the engine made it
    std::shared_ptr<const engine::SeriesFrame> m_series;
};

} // namespace wg::ui
