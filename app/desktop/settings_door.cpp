// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings_door.h"

#include <QMetaObject>

namespace wg::app {

SettingsDoor::SettingsDoor(const QString& folder) : m_file(folder.isEmpty() ? io::defaultConfigFolder() : folder)
{
    m_writer.setMaxThreadCount(1);
    auto loaded = m_file.load();
    if (!loaded) {
        m_problem = QString::fromStdString(loaded.error().sentence());
        return;
    }
    m_settings = std::move(loaded).value();
    m_problem = QString::fromStdString(m_file.notice());
}

SettingsDoor::~SettingsDoor() { m_writer.waitForDone(); }

Result<ui::SavedSpecs> SettingsDoor::load() { return ui::SavedSpecs{m_settings.connections, m_settings.routes}; }

void SettingsDoor::save(ui::SavedSpecs specs, std::function<void(Result<void>)> saved)
{
    m_settings.connections = std::move(specs.connections);
    m_settings.routes = std::move(specs.routes);
    write(std::move(saved));
}

QString SettingsDoor::value(const QString& name) const
{
    const auto found = m_settings.window.find(name.toStdString());
    return found == m_settings.window.end() ? QString() : QString::fromStdString(found->second);
}

void SettingsDoor::set(const QString& name, const QString& value)
{
    m_settings.window[name.toStdString()] = value.toStdString();
    write([](const Result<void>& written) {
        if (!written)
            qWarning("settings: %s", written.error().sentence().c_str());
    });
}

void SettingsDoor::write(std::function<void(Result<void>)> written)
{
    m_writer.start([this, settings = m_settings, written = std::move(written)]() mutable {
        auto result = m_file.save(settings);
        QMetaObject::invokeMethod(&m_context, [written = std::move(written), result = std::move(result)] { written(result); },
                                  Qt::QueuedConnection);
    });
}

} // namespace wg::app
