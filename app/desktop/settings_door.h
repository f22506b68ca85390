// SPDX-License-Identifier: GPL-3.0-or-later
// SettingsDoor: joins the window's two stores, of connections and of preferences, to the one settings file.
// Shape:  read once at the start; every change is handed to a thread of its own, in order, so that the window never
//         waits for the disk. Ending waits until the last one is written.
// Thread: GUI thread.
#pragma once

#include "io/settings_file.h"
#include "ui/ports/preference_store.h"
#include "ui/subscriptions/spec_store.h"

#include <QObject>
#include <QThreadPool>

namespace wg::app {

class SettingsDoor final : public ui::SpecStore, public ui::PreferenceStore {
public:
    /// Reads the settings; problem() says what was wrong with them, if anything.
    explicit SettingsDoor(const QString& folder);
    ~SettingsDoor() override;

    [[nodiscard]] const QString& problem() const { return m_problem; }

    [[nodiscard]] Result<ui::SavedSpecs> load() override;
    void save(ui::SavedSpecs specs, std::function<void(Result<void>)> saved) override;
    [[nodiscard]] QString value(const QString& name) const override;
    void set(const QString& name, const QString& value) override;

private:
    void write(std::function<void(Result<void>)> written);

    io::SettingsFile m_file; ///< after the first read used on the writer's thread only
    io::Settings m_settings;
    QString m_problem;
    QThreadPool m_writer;
    QObject m_context; ///< answers that are under way die with the door
};

} // namespace wg::app
