// SPDX-License-Identifier: GPL-3.0-or-later
// DesignTokens: resources/design/tokens.json as read once from the program's own resources.
// Errors: the file is part of the program; a missing value is misuse and ends the program with its path.
// Thread: GUI thread; the object is immutable after the first call.
#pragma once

#include <QColor>
#include <QJsonObject>
#include <QString>

namespace wg::ui {

class DesignTokens {
public:
    static const DesignTokens& instance();

    /// The value at a path of names joined with '/', as in "size/railItem/w".
    [[nodiscard]] double number(const QString& path) const;
    [[nodiscard]] QString text(const QString& path) const;
    [[nodiscard]] QJsonObject object(const QString& path) const;
    /// "#RRGGBB" or "#AARRGGBB" as a colour.
    [[nodiscard]] QColor color(const QString& path) const;

private:
    DesignTokens();
    [[nodiscard]] QJsonValue at(const QString& path) const;
    QJsonObject m_root;
};

} // namespace wg::ui
