// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_item.h"

#include "ui/charts/chart_frame.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace wg::ui {

namespace {

constexpr double kEdgeWidth = 1.25;
constexpr double kActiveAreaShare = 0.8; ///< the area under a line is a little paler than under a sparkline

QColor inkOf(int series)
{
    const auto* theme = Theme::instance();
    return series == kSlate ? theme->textTertiary : theme->series(series);
}

/// Calls visit(first, last) for each unbroken stretch of samples.
template <typename Visit>
void forEachStretch(const std::vector<float>& values, Visit visit)
{
    std::size_t i = 0;
    while (i < values.size()) {
        if (std::isnan(values[i])) {
            ++i;
            continue;
        }
        std::size_t last = i;
        while (last + 1 < values.size() && !std::isnan(values[last + 1]))
            ++last;
        visit(i, last);
        i = last + 1;
    }
}

} // namespace

ChartItem::ChartItem(QQuickItem* parent)
    : CanvasItem(parent)
    , m_chart(std::make_unique<QChart>())
    , m_x(new QValueAxis(m_chart.get()))
    , m_y(new QValueAxis(m_chart.get()))
{
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    for (QValueAxis* axis : {m_x, m_y})
        axis->setVisible(false);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_scene.addItem(m_chart.get());
    connect(Theme::instance(), &Theme::changed, this, [this] { m_isFed = false; });
}

ChartItem::~ChartItem() = default;

void ChartItem::setPicture(const ChartPicturePtr& picture)
{
    if (picture == m_picture)
        return;
    m_picture = picture;
    m_isFed = false;
    emit pictureChanged();
    repaint();
}

QRectF ChartItem::plot() const { return plotArea(width(), height()); }

bool ChartItem::isEmpty() const
{
    return !m_picture || (m_picture->lines.empty() && m_picture->layers.empty() && m_picture->bars.empty());
}

double ChartItem::wallAt(double x) const
{
    if (!m_picture)
        return 0;
    const QRectF area = plot();
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return m_picture->beginWall + share * (m_picture->endWall - m_picture->beginWall);
}

double ChartItem::xAt(double wall) const
{
    return m_picture ? toX(plot(), std::clamp(wall, m_picture->beginWall, m_picture->endWall), m_picture->beginWall, m_picture->endWall)
                     : 0;
}

int ChartItem::seriesCount() const { return static_cast<int>(m_strokesUsed + m_areasUsed); }

void ChartItem::geometryChange(const QRectF& now, const QRectF& before)
{
    CanvasItem::geometryChange(now, before);
    emit plotChanged();
}

double ChartItem::wallOf(std::size_t bucket) const { return m_picture->firstWall + static_cast<double>(bucket) * m_picture->stepMs; }

QLineSeries* ChartItem::strokeAt(std::size_t index)
{
    while (m_strokes.size() <= index) {
        auto* series = new QLineSeries(m_chart.get());
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
        m_strokes.push_back(series);
    }
    return m_strokes[index];
}

QAreaSeries* ChartItem::areaAt(std::size_t index)
{
    while (m_areas.size() <= index) {
        auto* upper = new QLineSeries(m_chart.get());
        auto* lower = new QLineSeries(m_chart.get());
        auto* area = new QAreaSeries(upper, lower);
        m_chart->addSeries(area);
        area->attachAxis(m_x);
        area->attachAxis(m_y);
        area->setPen(Qt::NoPen);
        m_areas.push_back(area);
    }
    return m_areas[index];
}

void ChartItem::addStroke(Points points, const QPen& pen)
{
    auto* series = strokeAt(m_strokesUsed++);
    if (series->pen() != pen)
        series->setPen(pen);
    series->replace(points);
    series->setVisible(true);
}

void ChartItem::addArea(Points upper, Points lower, const QBrush& brush)
{
    auto* area = areaAt(m_areasUsed++);
    if (area->brush() != brush)
        area->setBrush(brush);
    area->upperSeries()->replace(upper);
    area->lowerSeries()->replace(lower);
    area->setVisible(true);
}

void ChartItem::feedLine(const ChartLine& line)
{
    const auto* theme = Theme::instance();
    const QColor ink = inkOf(line.series);
    QPen pen(ink, theme->chartLineWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (line.isDashed)
        pen.setDashPattern({4 / theme->chartLineWidth, 3 / theme->chartLineWidth});
    forEachStretch(line.values, [&](std::size_t first, std::size_t last) {
        Points points;
        points.reserve(static_cast<qsizetype>(2 * (last - first + 1)));
        for (std::size_t i = first; i <= last; ++i) {
            const bool isStep = i > first && line.values[i] != line.values[i - 1];
            if (line.isStepped && !isStep && i > first && i < last)
                continue; // a level stretch needs its ends only
            if (line.isStepped && isStep)
                points.append({wallOf(i), line.values[i - 1]});
            points.append({wallOf(i), line.values[i]});
        }
        if (points.size() == 1)
            points.append({wallOf(first) + m_picture->stepMs / 2, line.values[first]});
        if (line.hasArea) {
            const double base = std::max(0.0, m_picture->low);
            QLinearGradient fade(0, 0, 0, 1);
            fade.setCoordinateMode(QGradient::ObjectBoundingMode);
            QColor top = ink, bottom = ink;
            top.setAlphaF(static_cast<float>(theme->chartAreaTop * kActiveAreaShare));
            bottom.setAlphaF(static_cast<float>(theme->chartAreaBottom));
            fade.setColorAt(0, top);
            fade.setColorAt(1, bottom);
            addArea(points, {{points.first().x(), base}, {points.last().x(), base}}, fade);
        }
        addStroke(std::move(points), pen);
    });
}

void ChartItem::feedLayer(const ChartLayer& layer)
{
    const auto* theme = Theme::instance();
    const QColor ink = inkOf(layer.series);
    QColor fill = ink;
    fill.setAlphaF(static_cast<float>(theme->chartStackFill));
    const QPen edge(ink, kEdgeWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    forEachStretch(layer.upper, [&](std::size_t first, std::size_t last) {
        Points upper, lower;
        for (std::size_t i = first; i <= last; ++i) {
            upper.append({wallOf(i), layer.upper[i]});
            lower.append({wallOf(i), layer.lower[i]});
        }
        if (upper.size() == 1) {
            upper.append({wallOf(first) + m_picture->stepMs / 2, layer.upper[first]});
            lower.append({wallOf(first) + m_picture->stepMs / 2, layer.lower[first]});
        }
        addArea(upper, std::move(lower), fill);
        addStroke(std::move(upper), edge);
    });
}

void ChartItem::feed()
{
    m_strokesUsed = m_areasUsed = 0;
    m_x->setRange(m_picture->beginWall, m_picture->endWall);
    m_y->setRange(m_picture->low, m_picture->high);
    for (const ChartLayer& layer : m_picture->layers)
        feedLayer(layer);
    for (const ChartLine& line : m_picture->lines)
        feedLine(line);
    for (std::size_t i = m_strokesUsed; i < m_strokes.size(); ++i)
        m_strokes[i]->setVisible(false);
    for (std::size_t i = m_areasUsed; i < m_areas.size(); ++i)
        m_areas[i]->setVisible(false);
    m_isFed = true;
}

void ChartItem::paint(QPainter& painter)
{
    if (!m_picture)
        return;
    const QRectF area = plot();
    const QSizeF size(width(), height());
    if (m_chart->size() != size) {
        m_chart->resize(size);
        m_scene.setSceneRect({{0, 0}, size});
    }
    if (m_chart->plotArea() != area)
        m_chart->setPlotArea(area);
    if (!m_isFed)
        feed();
    paintGrid(painter, area, *m_picture);
    m_scene.render(&painter, {{0, 0}, size}, {{0, 0}, size});
    paintBars(painter, area, *m_picture);
    paintMarks(painter, area, *m_picture);
}

} // namespace wg::ui
