// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/lanes_item.h"

#include "ui/charts/chart_frame.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace wg::ui {

namespace {

constexpr double kNames = 104, kUp = 80, kReconnects = 28, kTop = 4, kBelow = 20, kPitch = 14, kThick = 8, kThin = 4;
constexpr double kGap = 8, kTickWidth = 2, kTickHeight = 10, kNamesShare = 0.32, kEdge = 12;

} // namespace

LanesItem::LanesItem(QQuickItem* parent) : CanvasItem(parent) {}

void LanesItem::setPicture(const LanesPicturePtr& picture)
{
    if (picture == m_picture)
        return;
    m_picture = picture;
    emit pictureChanged();
    repaint();
}

void LanesItem::paintLane(QPainter& painter, const QRectF& plot, const Lane& lane, double y) const
{
    using Phase = engine::SeriesFrame::Phase;
    const auto* theme = Theme::instance();
    const double scale = Tokens::instance()->scale();
    QColor live = theme->series(0);
    live.setAlphaF(static_cast<float>(theme->chartStackFill));
    const double begin = m_picture->beginWall, end = m_picture->endWall;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto& stretch : lane.stretches) {
        const double left = std::max(plot.left(), toX(plot, stretch.from, begin, end));
        const double right = std::min(plot.right(), toX(plot, stretch.to, begin, end));
        if (right < plot.left() || left > plot.right())
            continue;
        const double wide = std::max(1.0, right - left);
        const auto bar = [&](double tall) { return QRectF(left, std::round(y - tall / 2), wide, tall); };
        switch (stretch.phase) {
        case Phase::Live: painter.fillRect(bar(kThick * scale), live); break;
        case Phase::Resync: painter.fillRect(bar(kThick * scale), theme->syncFg); break;
        case Phase::Stale: painter.fillRect(bar(kThin * scale), theme->warnFg); break;
        case Phase::Down: {
            QPen pen(theme->series(6), 1.5, Qt::CustomDashLine, Qt::FlatCap);
            pen.setDashPattern({1.5, 2});
            painter.setPen(pen);
            painter.drawLine(QPointF(left, y), QPointF(right, y));
        }
        }
    }
    for (const double wall : lane.reconnectWalls) {
        const double x = toX(plot, wall, begin, end);
        if (x >= plot.left() && x <= plot.right())
            painter.fillRect(QRectF(std::round(x) - kTickWidth / 2, std::round(y - kTickHeight * scale / 2), kTickWidth, kTickHeight * scale),
                             theme->textPrimary);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

void LanesItem::paint(QPainter& painter)
{
    if (!m_picture)
        return;
    const auto* theme = Theme::instance();
    const auto* tokens = Tokens::instance();
    const double scale = tokens->scale();
    const double names = std::min(kNames * scale, width() * kNamesShare);
    const QRectF plot(names, kTop * scale, width() - names - (kUp + kReconnects + kEdge) * scale, height() - (kTop + kBelow) * scale);
    const double pitch = kPitch * scale;
    const auto fitting = static_cast<std::size_t>(std::max(0.0, std::floor(plot.height() / pitch)));
    const std::size_t shown = std::min(fitting, m_picture->lanes.size());
    const QFontMetricsF metrics(tokens->caption);
    for (std::size_t i = 0; i < shown; ++i) {
        const Lane& lane = m_picture->lanes[i];
        const double top = plot.top() + static_cast<double>(i) * pitch;
        paintLane(painter, plot, lane, std::round(top + pitch / 2));
        painter.setFont(tokens->caption);
        painter.setPen(theme->textSecondary);
        painter.drawText(QRectF(0, top, names - kGap * scale, pitch), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(lane.name, Qt::ElideMiddle, names - kGap * scale));
        painter.drawText(QRectF(plot.right(), top, kUp * scale, pitch), Qt::AlignRight | Qt::AlignVCenter, lane.up);
        painter.drawText(QRectF(plot.right() + kUp * scale, top, kReconnects * scale, pitch), Qt::AlignRight | Qt::AlignVCenter,
                         lane.reconnects);
    }
    const QRectF axis(plot.left(), plot.top(), plot.width(), plot.height());
    paintXTicks(painter, axis, m_picture->xTicks, m_picture->beginWall, m_picture->endWall);
    const int hidden = static_cast<int>(m_picture->lanes.size() - shown);
    if (hidden != m_hiddenLanes) {
        m_hiddenLanes = hidden;
        QMetaObject::invokeMethod(this, &LanesItem::hiddenLanesChanged, Qt::QueuedConnection);
    }
}

} // namespace wg::ui
