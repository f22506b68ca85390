// SPDX-License-Identifier: GPL-3.0-or-later
// ChartFrame: what stands round the series of a chart: grid, zero line, labels, ticks, marks of gaps.
// Units:  logical pixels at the UI scale in force.
#pragma once

#include "ui/charts/chart_picture.h"

#include <QRectF>

class QPainter;

namespace wg::ui {

/// The plot inside a chart of this size: left 36, right 8, top 8, x labels 20 below.
[[nodiscard]] QRectF plotArea(double width, double height);
void paintGrid(QPainter& painter, const QRectF& plot, const ChartPicture& picture);
void paintBars(QPainter& painter, const QRectF& plot, const ChartPicture& picture);
void paintMarks(QPainter& painter, const QRectF& plot, const ChartPicture& picture);
/// Ticks and labels under a plot whose x runs from begin to end.
void paintXTicks(QPainter& painter, const QRectF& plot, const std::vector<ChartTick>& ticks, double begin, double end);
[[nodiscard]] double toX(const QRectF& plot, double wall, double begin, double end);

} // namespace wg::ui
