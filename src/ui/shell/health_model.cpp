// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/health_model.h"

#include "base/limits.h"
#include "ui/app/gui_watch.h"
#include "ui/text/figures.h"

#include <QDateTime>
#include <QTimer>

#include <array>
#include <cmath>

namespace wg::ui {

namespace {

constexpr std::array kWorstLast = {
    engine::ViewState::Live,       engine::ViewState::Paused, engine::ViewState::Closed, engine::ViewState::Connecting,
    engine::ViewState::Snapshot,   engine::ViewState::Resync, engine::ViewState::Gap,    engine::ViewState::Stale,
    engine::ViewState::Retrying,   engine::ViewState::SignIn, engine::ViewState::Failed,
};
constexpr qsizetype kStatesShown = 4;

QString counted(std::uint64_t count, const QString& one, const QString& many)
{
    return countText(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

/// 1.1 / 2.0 GB, 0 / 512 MB: memory, so in powers of two; a unit that both have is written once.
QString shareText(std::uint64_t used, std::uint64_t budget)
{
    const auto inUnit = [](std::uint64_t bytes, double unit) {
        const double value = static_cast<double>(bytes) / unit;
        return QString::number(value, 'f', value > 0 && value < 10 ? 1 : 0);
    };
    const bool isLarge = budget >= limits::kMiB * limits::kKiB;
    const double unit = static_cast<double>(isLarge ? limits::kMiB * limits::kKiB : limits::kMiB);
    return QStringLiteral("%1 / %2 %3").arg(inUnit(used, unit), inUnit(budget, unit), isLarge ? QStringLiteral("GB") : QStringLiteral("MB"));
}

QString lowerWord(engine::ViewState state)
{
    const auto name = engine::toString(state);
    return state == engine::ViewState::SignIn ? HealthModel::tr("sign-in needed")
                                              : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

HealthModel::HealthModel(QObject* parent) : QObject(parent)
{
    setKeychain(QStringLiteral("unknown"), tr("Looking for the keychain"));
    auto* clock = new QTimer(this);
    clock->setInterval(1000);
    connect(clock, &QTimer::timeout, this, &HealthModel::readClock);
    clock->start();
    readClock();
    readFigures({});
    readStates({});
}

void HealthModel::read(const engine::Publication& publication)
{
    const auto second = static_cast<std::int64_t>(publication.wallNow / 1000);
    const bool isNewState = publication.totals.live != m_shownLive || publication.totals.watches != m_shownWatches;
    if (second == m_shownSecond && !isNewState)
        return;
    m_shownSecond = second;
    m_shownLive = publication.totals.live;
    m_shownWatches = publication.totals.watches;
    readFigures(publication);
    readStates(publication);
}

void HealthModel::readFigures(const engine::Publication& publication)
{
    const auto& totals = publication.totals;
    const auto& log = publication.log;
    m_watchCount = static_cast<int>(totals.watches);
    m_liveOfTotal = QStringLiteral("%1/%2").arg(totals.live).arg(totals.watches);
    m_liveState = totals.watches == 0 ? QStringLiteral("closed") : totals.live == 0 ? QStringLiteral("stale") : QStringLiteral("live");
    m_rate = countText(static_cast<std::uint64_t>(std::llround(totals.messagesPerS)));
    m_p95 = latencyText(totals.p95Ms);
    m_p95Unit = totals.p95Ms < 0 ? QString() : tr("ms");
    m_gapsAndResyncs = counted(totals.gaps, tr("gap"), tr("gaps")) + QStringLiteral(", ")
        + counted(totals.resyncs, tr("resync"), tr("resyncs"));
    m_hasGaps = totals.gaps > 0;
    m_events = countText(log.end - log.first);
    m_memoryShare = log.budgetBytes == 0 ? 0 : std::min(1.0, static_cast<double>(log.usedBytes) / static_cast<double>(log.budgetBytes));
    m_memory = shareText(log.usedBytes, log.budgetBytes);
    m_evictedNote = log.evicted == 0 ? QString()
        : tr("oldest event %1, %2 evicted").arg(clockSecondsText(log.oldestWall), countText(log.evicted));
    emit changed();
}

void HealthModel::readStates(const engine::Publication& publication)
{
    std::array<int, kWorstLast.size()> counts{};
    for (const auto& row : publication.watches)
        ++counts[static_cast<std::size_t>(row.state)];
    QVariantList shown;
    for (const auto state : kWorstLast) {
        const int count = counts[static_cast<std::size_t>(state)];
        if (count == 0)
            continue;
        const auto name = engine::toString(state);
        shown.append(QVariantMap{
            {QStringLiteral("state"), QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))},
            {QStringLiteral("text"), QString::number(count) + QLatin1Char(' ') + lowerWord(state)},
        });
    }
    // Too many kinds: live stays, the least of the others go.
    while (shown.size() > kStatesShown)
        shown.removeAt(1);
    if (shown == m_states)
        return;
    m_states = shown;
    emit statesChanged();
}

void HealthModel::readClock()
{
    m_clock = clockSecondsText(static_cast<double>(QDateTime::currentMSecsSinceEpoch()));
    emit clockChanged();
}

void HealthModel::setRangeS(double rangeS)
{
    m_rangeS = rangeS;
    emit clockChanged();
}

void HealthModel::setKeychain(const QString& state, const QString& text)
{
    m_keychainState = state;
    m_keychainText = text;
    emit keychainChanged();
}

QString HealthModel::rangeClock() const
{
    const auto now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
    return clockSecondsText(std::max(now - m_rangeS * 1000, m_seriesBegin)) + QStringLiteral(" \u2013 ") + clockSecondsText(now);
}

QString HealthModel::busyNote() const
{
    const auto& watch = GuiWatch::instance();
    return tr("Window busy at the longest %1 ms, %2 times over %3 ms")
        .arg(watch.longestMs(), 0, 'f', 1)
        .arg(watch.overLimit())
        .arg(GuiWatch::kLimitMs);
}

} // namespace wg::ui
