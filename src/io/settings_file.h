// SPDX-License-Identifier: GPL-3.0-or-later
// SettingsFile: connections, routes and the window's settings, as one JSON file in the configuration folder.
// Shape:  {"format":"watchglass-settings","version":1,"connections":[…],"routes":[…],"window":{…}}; what else stands at
//         the top is kept as it is. Secrets are named in it, never held. TlsSpec::isInsecure is for one run: not kept.
// Rules:  written whole and atomically, readable by its owner only. A file that cannot be read is moved aside, never
//         overwritten, and notice() says so.
// Limits: kFileBytes.
// Errors: ErrorCode::Io with file and cause. Thread: one.
#pragma once

#include "base/result.h"
#include "engine/watch_spec.h"

#include <QJsonObject>
#include <QString>

#include <map>
#include <string>
#include <vector>

namespace wg::io {

struct Settings {
    std::vector<engine::ConnectionSpec> connections;
    std::vector<engine::RouteSpec> routes;
    std::map<std::string, std::string> window; ///< name and value, both plain text
};

/// The platform's folder for this program's settings.
[[nodiscard]] QString defaultConfigFolder();

class SettingsFile {
public:
    static constexpr qint64 kFileBytes = 16 * 1024 * 1024;
    static constexpr int kVersion = 1;

    explicit SettingsFile(const QString& folder = defaultConfigFolder());

    /// Nothing saved yet gives empty settings. Fails only if a bad file can neither be read nor moved aside.
    [[nodiscard]] Result<Settings> load();
    [[nodiscard]] Result<void> save(const Settings& settings);
    /// A sentence for a person about what load() had to do; usually empty.
    [[nodiscard]] const std::string& notice() const noexcept { return m_notice; }
    [[nodiscard]] const QString& path() const noexcept { return m_path; }

private:
    Result<Settings> setAside(const std::string& why);

    QString m_path;
    QJsonObject m_root; ///< as read, so that what a newer or older program wrote beside our fields stays
    std::string m_notice;
};

} // namespace wg::io
