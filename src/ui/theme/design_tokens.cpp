// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/design_tokens.h"

#include <QFile>
#include <QJsonDocument>
#include <QStringList>

namespace wg::ui {

const DesignTokens& DesignTokens::instance()
{
    static const DesignTokens tokens;
    return tokens;
}

DesignTokens::DesignTokens()
{
    QFile file(QStringLiteral(":/watchglass/design/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("design tokens: the resource is missing");
    m_root = QJsonDocument::fromJson(file.readAll()).object();
}

QJsonValue DesignTokens::at(const QString& path) const
{
    QJsonValue value(m_root);
    for (const QString& name : path.split(QLatin1Char('/')))
        value = value.toObject().value(name);
    if (value.isUndefined())
        qFatal("design tokens: no value at %s", qPrintable(path));
    return value;
}

double DesignTokens::number(const QString& path) const { return at(path).toDouble(); }
QString DesignTokens::text(const QString& path) const { return at(path).toString(); }
QJsonObject DesignTokens::object(const QString& path) const { return at(path).toObject(); }
QColor DesignTokens::color(const QString& path) const { return QColor(at(path).toString()); }

} // namespace wg::ui
