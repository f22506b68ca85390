// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/settings_file.h"

#include "io/spec_json.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace wg::io {
namespace {

const QString kFormat = QStringLiteral("watchglass-settings");
constexpr int kAsideNames = 1000;

Error ioError(const std::string& what, const QString& path, const QString& why)
{
    return {ErrorCode::Io, what + " " + path.toStdString() + " failed: " + why.toStdString() + ".", {}};
}

/// Empty text: read well into settings.
std::string readInto(const QJsonObject& root, Settings& settings)
{
    if (root.value(u"format").toString() != kFormat)
        return "it is not a Watchglass settings file";
    const int version = root.value(u"version").toInt(-1);
    if (version < 1 || version > SettingsFile::kVersion)
        return "its version " + std::to_string(version) + " is not one that this program reads";
    for (const QJsonValue& value : root.value(u"connections").toArray()) {
        Result<engine::ConnectionSpec> spec = connectionFromJson(value.toObject());
        if (!spec)
            return spec.error().what;
        settings.connections.push_back(std::move(spec).value());
    }
    for (const QJsonValue& value : root.value(u"routes").toArray()) {
        Result<engine::RouteSpec> spec = routeFromJson(value.toObject());
        if (!spec)
            return spec.error().what;
        settings.routes.push_back(std::move(spec).value());
    }
    const QJsonObject window = root.value(u"window").toObject();
    for (auto it = window.begin(); it != window.end(); ++it)
        settings.window.emplace(it.key().toStdString(), it.value().toString().toStdString());
    return {};
}

} // namespace

QString defaultConfigFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/watchglass");
}

SettingsFile::SettingsFile(const QString& folder) : m_path(QDir(folder).filePath(QStringLiteral("settings.json"))) {}

Result<Settings> SettingsFile::load()
{
    m_notice.clear();
    m_root = {};
    QFile file(m_path);
    if (!file.exists())
        return Settings{};
    if (!file.open(QIODevice::ReadOnly))
        return ioError("Reading the settings file", m_path, file.errorString());
    if (file.size() > kFileBytes)
        return setAside("it is larger than " + std::to_string(kFileBytes / (1024 * 1024)) + " MiB");
    const QByteArray bytes = file.readAll();
    file.close();
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parse);
    if (parse.error != QJsonParseError::NoError)
        return setAside(parse.errorString().toStdString() + " at byte " + std::to_string(parse.offset));
    Settings settings;
    if (const std::string why = readInto(document.object(), settings); !why.empty())
        return setAside(why);
    m_root = document.object();
    return settings;
}

Result<Settings> SettingsFile::setAside(const std::string& why)
{
    for (int n = 1; n <= kAsideNames; ++n) {
        const QString aside = m_path + QStringLiteral(".bad-%1").arg(n);
        if (QFile::exists(aside))
            continue;
        if (!QFile::rename(m_path, aside))
            break;
        m_notice = "The settings file could not be used (" + why + "). It is kept as " + aside.toStdString()
            + " and the program starts with empty settings.";
        return Settings{};
    }
    return Error{ErrorCode::Io, "The settings file " + m_path.toStdString() + " could not be used (" + why + ") and could not be moved aside.",
                 "Move it away by hand; nothing is saved until then."};
}

Result<void> SettingsFile::save(const Settings& settings)
{
    QJsonObject root = m_root;
    root.insert(u"format", kFormat);
    root.insert(u"version", kVersion);
    QJsonArray connections, routes;
    for (const engine::ConnectionSpec& spec : settings.connections)
        connections.append(toJson(spec));
    for (const engine::RouteSpec& spec : settings.routes)
        routes.append(toJson(spec));
    QJsonObject window;
    for (const auto& [name, value] : settings.window)
        window.insert(QString::fromStdString(name), QString::fromStdString(value));
    root.insert(u"connections", connections);
    root.insert(u"routes", routes);
    root.insert(u"window", window);

    const QString folder = QFileInfo(m_path).absolutePath();
    if (!QDir().mkpath(folder))
        return ioError("Making the settings folder", folder, QStringLiteral("it cannot be created"));
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return ioError("Writing the settings file", m_path, file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(root).toJson());
    if (!file.commit())
        return ioError("Writing the settings file", m_path, file.errorString());
    m_root = root;
    return {};
}

} // namespace wg::io
