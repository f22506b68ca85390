// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_frame.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace wg::ui {

namespace {

constexpr double kLeft = 36, kRight = 8, kTop = 8, kBelow = 20, kTickLength = 3, kLabelGap = 6;
constexpr double kBarWidth = 6, kMarkHalf = 3.5, kMarkHeight = 5.5, kMarkAlpha = 0.5, kUnitHeight = 6.25;

double onPixel(double at) { return std::floor(at) + 0.5; }

double toY(const QRectF& plot, double value, const ChartPicture& picture)
{
    return plot.bottom() - (value - picture.low) / (picture.high - picture.low) * plot.height();
}

} // namespace

QRectF plotArea(double width, double height)
{
    const double scale = Tokens::instance()->scale();
    return {kLeft * scale, kTop * scale, width - (kLeft + kRight) * scale, height - (kTop + kBelow) * scale};
}

double toX(const QRectF& plot, double wall, double begin, double end)
{
    return plot.left() + (wall - begin) / (end - begin) * plot.width();
}

void paintGrid(QPainter& painter, const QRectF& plot, const ChartPicture& picture)
{
    const auto* theme = Theme::instance();
    const double scale = Tokens::instance()->scale();
    painter.setFont(Tokens::instance()->caption);
    for (const ChartTick& tick : picture.yTicks) {
        const double y = onPixel(toY(plot, tick.at, picture));
        painter.setPen(QPen(tick.at == 0 ? theme->chartZero : theme->chartGrid, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme->chartAxisText);
        const double half = Tokens::instance()->captionLine / 2;
        painter.drawText(QRectF(0, y - half, plot.left() - kLabelGap * scale, 2 * half), Qt::AlignRight | Qt::AlignVCenter,
                         tick.label);
    }
    paintXTicks(painter, plot, picture.xTicks, picture.beginWall, picture.endWall);
}

void paintXTicks(QPainter& painter, const QRectF& plot, const std::vector<ChartTick>& ticks, double begin, double end)
{
    const auto* theme = Theme::instance();
    const double scale = Tokens::instance()->scale();
    painter.setFont(Tokens::instance()->caption);
    const QFontMetricsF metrics(Tokens::instance()->caption);
    double taken = 0; // right edge of the last label
    for (const ChartTick& tick : ticks) {
        const double x = onPixel(toX(plot, tick.at, begin, end));
        painter.setPen(QPen(theme->chartAxis, 1));
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + kTickLength * scale));
        const double half = metrics.horizontalAdvance(tick.label) / 2;
        if (x - half < taken || x + half > plot.right() + kRight * scale)
            continue; // a label that would be cut or touch the one before is left out; its tick stays
        taken = x + half + kLabelGap * scale;
        painter.setPen(theme->chartAxisText);
        painter.drawText(QRectF(x - half, plot.bottom() + kTickLength * scale, 2 * half + 1, Tokens::instance()->captionLine),
                         Qt::AlignCenter, tick.label);
    }
}

void paintBars(QPainter& painter, const QRectF& plot, const ChartPicture& picture)
{
    const auto* theme = Theme::instance();
    const double scale = Tokens::instance()->scale();
    const double zero = toY(plot, 0, picture);
    painter.setPen(Qt::NoPen);
    for (const ChartBar& bar : picture.bars) {
        const double room = bar.value > 0 ? zero - plot.top() : plot.bottom() - zero;
        const double tall = std::min(room, std::abs(bar.value) * kUnitHeight * scale);
        const double x = toX(plot, bar.wall, picture.beginWall, picture.endWall) - kBarWidth * scale / 2;
        painter.setBrush(theme->series(bar.series));
        painter.drawRoundedRect(QRectF(x, bar.value > 0 ? zero - tall : zero + 1, kBarWidth * scale, tall), 1, 1);
    }
}

void paintMarks(QPainter& painter, const QRectF& plot, const ChartPicture& picture)
{
    const auto* theme = Theme::instance();
    const double scale = Tokens::instance()->scale();
    for (const ChartMark& mark : picture.marks) {
        const double x = onPixel(toX(plot, mark.wall, picture.beginWall, picture.endWall));
        if (x < plot.left() || x > plot.right())
            continue;
        QColor ink = mark.isResync ? theme->syncFg : theme->warnFg;
        QPainterPath triangle;
        const double top = plot.top() + 1;
        triangle.moveTo(x, top);
        triangle.lineTo(x - kMarkHalf * scale, top - kMarkHeight * scale);
        triangle.lineTo(x + kMarkHalf * scale, top - kMarkHeight * scale);
        triangle.closeSubpath();
        painter.fillPath(triangle, ink);
        ink.setAlphaF(kMarkAlpha);
        QPen pen(ink, 1, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({2, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

} // namespace wg::ui
