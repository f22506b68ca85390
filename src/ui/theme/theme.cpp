// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/design_tokens.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QMetaProperty>
#include <QPalette>
#include <QQmlEngine>
#include <QSignalBlocker>

namespace wg::ui {

namespace {

/// bgCanvas -> bg/canvas, okFg -> hue/ok/fg, chartGrid -> chart/grid.
QString tokenPath(const QString& property, const QStringList& hues)
{
    qsizetype at = 0;
    while (at < property.size() && !property.at(at).isUpper())
        ++at;
    const QString group = property.left(at);
    QString name = property.mid(at);
    name[0] = name.at(0).toLower();
    return (hues.contains(group) ? QStringLiteral("hue/") : QString()) + group + QLatin1Char('/') + name;
}

bool systemIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme::Theme(QObject* parent) : QObject(parent) { load(); }

Theme* Theme::instance()
{
    static Theme* theme = [] {
        auto* made = new Theme(qApp);
        QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
        return made;
    }();
    return theme;
}

Theme* Theme::create(QQmlEngine*, QJSEngine*) { return instance(); }

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    load();
    emit changed();
}

void Theme::cycle() { setMode(m_mode == Mode::Dark ? Mode::Light : m_mode == Mode::Light ? Mode::System : Mode::Dark); }

QColor Theme::series(int index) const { return m_chartSeries.at(index % m_chartSeries.size()).value<QColor>(); }

std::optional<Theme::Mode> Theme::modeFromText(const QString& text)
{
    if (text == QLatin1String("dark"))
        return Mode::Dark;
    if (text == QLatin1String("light"))
        return Mode::Light;
    if (text == QLatin1String("system"))
        return Mode::System;
    return std::nullopt;
}

void Theme::load()
{
    const QSignalBlocker oneSignalLater(this); // setMode() tells of all of them at once
    m_isDark = m_mode == Mode::Dark || (m_mode == Mode::System && systemIsDark());
    const auto& tokens = DesignTokens::instance();
    const QString root = QStringLiteral("theme/") + (m_isDark ? QStringLiteral("dark/") : QStringLiteral("light/"));
    const QStringList hues = tokens.object(root + QStringLiteral("hue")).keys();
    for (int i = staticMetaObject.propertyOffset(); i < staticMetaObject.propertyCount(); ++i) {
        const QMetaProperty property = staticMetaObject.property(i);
        const QString name = QString::fromLatin1(property.name());
        if (property.metaType().id() == QMetaType::QColor)
            property.write(this, tokens.color(root + tokenPath(name, hues)));
        else if (property.metaType().id() == QMetaType::Double)
            property.write(this, tokens.number(root + tokenPath(name, hues)));
    }
    m_hue.clear();
    for (const QString& hue : hues) {
        QVariantMap parts;
        for (const QString& part : tokens.object(root + QStringLiteral("hue/") + hue).keys())
            parts.insert(part, tokens.color(root + QStringLiteral("hue/") + hue + QLatin1Char('/') + part));
        m_hue.insert(hue, parts);
    }
    m_chartSeries.clear();
    for (const QJsonValue& value : tokens.object(root + QStringLiteral("chart")).value(QLatin1String("series")).toArray())
        m_chartSeries.append(QColor(value.toString()));
}

} // namespace wg::ui
