// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/density_strip.h"

#include "sync/replica.h"
#include "ui/events/events_view.h"
#include "ui/text/figures.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace wg::ui {

namespace {

// Places within the strip, before UI scale: the plot lies between the legend and the time labels.
constexpr double kLeft = 44, kRight = 16, kTop = 24, kBase = 58, kLabelBase = 72;
constexpr double kBarPitch = 7.2, kBarShare = 0.83;
constexpr double kMatchAlpha = 0.6;
constexpr std::array<std::int64_t, 14> kLabelSteps = {10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10'800, 21'600, 43'200};
constexpr std::int64_t kMostLabels = 7;

double scaled(double length)
{
    return length * Tokens::instance()->scale();
}

/// 1, 2 or 5 times a power of ten, at least value.
double niceCeiling(double value)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
    for (const double step : {1.0, 2.0, 5.0, 10.0})
        if (step * power >= value)
            return step * power;
    return value;
}

QString shortCount(double value)
{
    if (value >= 1e6)
        return QString::number(value / 1e6) + QStringLiteral(" M");
    return value >= 1000 ? QString::number(value / 1000) + QStringLiteral(" k") : QString::number(value);
}

} // namespace

DensityStrip::DensityStrip(QQuickItem* parent) : QQuickPaintedItem(parent)
{
    connect(Theme::instance(), &Theme::changed, this, [this] { update(); });
    connect(Tokens::instance(), &Tokens::changed, this, [this] { update(); });
    connect(this, &QQuickItem::widthChanged, this, &DensityStrip::sample);
}

void DensityStrip::setView(EventsView* view)
{
    if (m_view || !view)
        return;
    m_view = view;
    connect(view, &EventsView::queryChanged, this, &DensityStrip::sample);
    connect(view->table(), &EventTable::moved, this, [this] { update(); });
    const auto attach = [this] {
        connect(m_view->session(), &Session::seriesPublished, this, &DensityStrip::sample);
        connect(m_view->session()->shell(), &ShellModel::rangeChanged, this, &DensityStrip::sample);
        sample();
    };
    if (view->session())
        attach();
    else
        connect(view, &EventsView::sessionChanged, this, attach);
    emit viewChanged();
}

double DensityStrip::plotWidth() const
{
    return std::max(1.0, width() - scaled(kLeft + kRight));
}

double DensityStrip::xOf(double wallMs) const
{
    const double seconds = wallMs / 1000 - static_cast<double>(m_beginS);
    const double all = static_cast<double>(m_stepS) * static_cast<double>(std::max<std::size_t>(m_all.size(), 1));
    return scaled(kLeft) + plotWidth() * seconds / all;
}

void DensityStrip::sample()
{
    if (!m_view || !m_view->session() || width() <= 0 || !isVisible())
        return;
    const engine::Publication& publication = m_view->session()->publication();
    const double rangeS = m_view->session()->shell()->rangeS();
    const double most = std::max(10.0, std::floor(plotWidth() / scaled(kBarPitch)));
    m_stepS = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(rangeS / most)));
    const auto count = static_cast<std::size_t>(std::max(1.0, std::ceil(rangeS / static_cast<double>(m_stepS))));
    const std::int64_t endS = (static_cast<std::int64_t>(publication.wallNow / 1000) / m_stepS + 1) * m_stepS;
    m_beginS = endS - m_stepS * static_cast<std::int64_t>(count);
    m_all = m_view->allSums(m_beginS, m_stepS, count);
    m_matching = m_view->matchSums(m_beginS, m_stepS, count);
    m_gapsMs.clear();
    for (const engine::MarkerRow& marker : publication.markers)
        if (marker.kind != sync::MarkerKind::Resynced && marker.kind != sync::MarkerKind::Requested
            && marker.atWall / 1000 >= static_cast<double>(m_beginS))
            m_gapsMs.push_back(marker.atWall);
    std::uint64_t all = 0, matching = 0;
    for (const std::uint32_t n : m_all)
        all += n;
    for (const std::uint32_t n : m_matching)
        matching += n;
    m_summary = tr("%1 events from %2 to %3").arg(countText(all), clockSecondsText(static_cast<double>(m_beginS) * 1000), clockSecondsText(static_cast<double>(endS) * 1000));
    if (!m_matching.empty())
        m_summary += tr(", %1 match").arg(countText(matching));
    if (!m_gapsMs.empty())
        m_summary += m_gapsMs.size() == 1 ? tr(", 1 gap") : tr(", %1 gaps").arg(countText(m_gapsMs.size()));
    emit sampled();
    update();
}

void DensityStrip::paint(QPainter* painter)
{
    if (m_all.empty())
        return;
    const double peak = niceCeiling(*std::max_element(m_all.begin(), m_all.end()));
    painter->setFont(Tokens::instance()->caption);
    paintBracket(*painter);
    paintAxes(*painter, peak);
    paintBars(*painter, peak);
    paintGaps(*painter);
}

void DensityStrip::paintAxes(QPainter& painter, double peak) const
{
    const Theme& theme = *Theme::instance();
    const double left = scaled(kLeft), right = left + plotWidth(), base = scaled(kBase), top = scaled(kTop);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.chartGrid);
    painter.drawLine(QPointF(left, top), QPointF(right, top));
    painter.setPen(theme.chartZero);
    painter.drawLine(QPointF(left, base), QPointF(right, base));
    painter.setPen(theme.chartAxisText);
    const double labelRight = left - scaled(6), lineHeight = scaled(16);
    painter.drawText(QRectF(0, base - lineHeight / 2, labelRight, lineHeight), Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("0"));
    painter.drawText(QRectF(0, top - lineHeight / 2, labelRight, lineHeight), Qt::AlignRight | Qt::AlignVCenter, shortCount(peak));

    const std::int64_t spanS = m_stepS * static_cast<std::int64_t>(m_all.size());
    std::int64_t step = kLabelSteps.back();
    for (const std::int64_t candidate : kLabelSteps) {
        if (spanS / candidate <= kMostLabels) {
            step = candidate;
            break;
        }
    }
    const double half = scaled(28);
    for (std::int64_t at = (m_beginS / step + 1) * step; at < m_beginS + spanS; at += step) {
        const double x = std::round(xOf(static_cast<double>(at) * 1000));
        if (x < left + half || x > right - half)
            continue;
        painter.setPen(theme.chartAxis);
        painter.drawLine(QPointF(x, base), QPointF(x, base + scaled(3)));
        painter.setPen(theme.chartAxisText);
        const QString clock = clockSecondsText(static_cast<double>(at) * 1000);
        painter.drawText(QRectF(x - half, scaled(kLabelBase) - lineHeight / 2 - scaled(4), 2 * half, lineHeight), Qt::AlignCenter,
                         step < 60 ? clock : clock.first(5));
    }
}

void DensityStrip::paintBars(QPainter& painter, double peak) const
{
    const Theme& theme = *Theme::instance();
    const double base = scaled(kBase), height = base - scaled(kTop);
    const double pitch = plotWidth() / static_cast<double>(m_all.size());
    QColor match = theme.series(0);
    match.setAlphaF(static_cast<float>(kMatchAlpha));
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const double x = scaled(kLeft) + pitch * static_cast<double>(i);
        const auto bar = [&](std::uint32_t n, const QColor& color) {
            const double h = n == 0 ? 0 : std::max(1.0, height * n / peak);
            painter.fillRect(QRectF(x, base - h, pitch * kBarShare, h), color);
        };
        bar(m_all[i], theme.chartMuted);
        if (i < m_matching.size())
            bar(m_matching[i], match);
    }
}

void DensityStrip::paintGaps(QPainter& painter) const
{
    const Theme& theme = *Theme::instance();
    painter.setRenderHint(QPainter::Antialiasing, true);
    const double half = scaled(3);
    double lastX = -1e9;
    for (const double at : m_gapsMs) {
        const double x = std::round(xOf(at)) + 0.5;
        if (x - lastX < 2 * half)
            continue;
        lastX = x;
        painter.setPen(QPen(theme.warnFg, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, scaled(kTop)), QPointF(x, scaled(kBase)));
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.warnFg);
        const double tip = scaled(kTop);
        painter.drawPolygon(QPolygonF({{x - half, tip - 2 * half}, {x + half, tip - 2 * half}, {x, tip}}));
    }
}

void DensityStrip::paintBracket(QPainter& painter) const
{
    const EventTable& table = *m_view->table();
    if (table.lastWallMs() <= 0)
        return;
    const Theme& theme = *Theme::instance();
    const double left = scaled(kLeft), right = left + plotWidth();
    const double from = std::clamp(xOf(table.firstWallMs()), left, right);
    const double to = std::clamp(xOf(table.lastWallMs()), left, right);
    if (to <= left && from <= left)
        return;
    const double breadth = std::max(2.0, to - from);
    painter.fillRect(QRectF(from, scaled(kTop), breadth, scaled(kBase - kTop)), theme.chartBrush);
    painter.fillRect(QRectF(from, scaled(kBase), breadth, scaled(2)), theme.chartBrushEdge);
}

void DensityStrip::hoverAt(double x)
{
    const double left = scaled(kLeft);
    const double share = (x - left) / plotWidth();
    QString text;
    if (!m_all.empty() && share >= 0 && share < 1) {
        const auto i = static_cast<std::size_t>(share * static_cast<double>(m_all.size()));
        const double at = static_cast<double>(m_beginS + m_stepS * static_cast<std::int64_t>(i)) * 1000;
        text = tr("%1, %2 events").arg(clockSecondsText(at), countText(m_all[i]));
        if (i < m_matching.size())
            text += tr(", %1 match").arg(countText(m_matching[i]));
    }
    if (text == m_hoverText && std::abs(x - m_hoverX) < 1)
        return;
    m_hoverText = text;
    m_hoverX = x;
    emit hoverChanged();
}

void DensityStrip::goTo(double x)
{
    const double share = (x - scaled(kLeft)) / plotWidth();
    if (!m_view || m_all.empty() || share < 0 || share > 1)
        return;
    const double all = static_cast<double>(m_stepS) * static_cast<double>(m_all.size());
    m_view->scrollToTime((static_cast<double>(m_beginS) + share * all) * 1000);
}

} // namespace wg::ui
