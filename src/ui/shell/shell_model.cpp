// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shell_model.h"

#include "ui/ports/preference_store.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QFile>

namespace wg::ui {

namespace {

constexpr std::array<double, 3> kRangesS = {300, 900, 3600};

QString nameOf(Theme::Mode mode)
{
    return mode == Theme::Mode::Dark ? QStringLiteral("dark")
         : mode == Theme::Mode::Light ? QStringLiteral("light") : QStringLiteral("system");
}

} // namespace

const QStringList& ShellModel::pages()
{
    static const QStringList names = {QStringLiteral("overview"), QStringLiteral("events"), QStringLiteral("resources"),
                                      QStringLiteral("subscriptions")};
    return names;
}

ShellModel::ShellModel(PreferenceStore* preferences, QObject* parent) : QObject(parent), m_preferences(preferences)
{
    connect(Theme::instance(), &Theme::changed, this, &ShellModel::themeChanged);
    if (!m_preferences)
        return;
    if (const auto mode = Theme::modeFromText(m_preferences->value(QStringLiteral("theme"))))
        Theme::instance()->setMode(*mode);
    if (const double scale = m_preferences->value(QStringLiteral("scale")).toDouble(); scale > 0)
        Tokens::instance()->setScale(scale);
    const double range = m_preferences->value(QStringLiteral("range_s")).toDouble();
    for (std::size_t i = 0; i < kRangesS.size(); ++i)
        if (kRangesS[i] == range)
            m_rangeIndex = static_cast<int>(i);
}

void ShellModel::setPage(const QString& page)
{
    if (page == m_page || !pages().contains(page))
        return;
    m_page = page;
    emit pageChanged();
}

void ShellModel::showPage(int index) { setPage(pages().value(index)); }

void ShellModel::setRangeIndex(int index)
{
    if (index == m_rangeIndex || index < 0 || index >= static_cast<int>(kRangesS.size()))
        return;
    m_rangeIndex = index;
    keep(QStringLiteral("range_s"), QString::number(rangeS()));
    emit rangeChanged();
}

double ShellModel::rangeS() const { return kRangesS[static_cast<std::size_t>(m_rangeIndex)]; }

QStringList ShellModel::rangeNames() const { return {tr("Last 5 min"), tr("Last 15 min"), tr("Last 1 h")}; }

void ShellModel::setPaused(bool isPaused)
{
    if (isPaused == m_isPaused)
        return;
    m_isPaused = isPaused;
    emit pausedChanged();
}

void ShellModel::setConnectionFilter(const QString& filter)
{
    if (filter == m_connectionFilter)
        return;
    m_connectionFilter = filter;
    emit connectionFilterChanged();
}

QString ShellModel::themeName() const { return nameOf(Theme::instance()->mode()); }

bool ShellModel::isBuilt(const QString& file) const { return QFile::exists(QStringLiteral(":/qt/qml/Watchglass/") + file); }

void ShellModel::cycleTheme()
{
    Theme::instance()->cycle();
    keep(QStringLiteral("theme"), themeName());
    notify(QStringLiteral("info"), tr("Theme: %1").arg(themeName()));
}

void ShellModel::stepScale(int direction)
{
    Tokens::instance()->stepScale(direction);
    keep(QStringLiteral("scale"), QString::number(Tokens::instance()->scale()));
}

void ShellModel::notify(const QString& severity, const QString& sentence) { emit noticed(severity, sentence); }

void ShellModel::keep(const QString& name, const QString& value)
{
    if (m_preferences)
        m_preferences->set(name, value);
}

void ShellModel::showResource(int watch, const QString& key)
{
    m_wantedWatch = watch;
    m_wantedKey = key;
    setPage(QStringLiteral("resources"));
    emit resourceAsked();
}

void ShellModel::showEvents(const QString& filter)
{
    m_wantedFilter = filter;
    setPage(QStringLiteral("events"));
    emit eventsAsked();
}

} // namespace wg::ui
