// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/size_chart_item.h"

#include "ui/charts/chart_frame.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>
#include <QPainter>
#include <QValueAxis>

#include <cmath>

namespace wg::ui {

namespace {

constexpr double kBarShare = 0.9, kBarAlpha = 0.8, kLabelGap = 4, kMarkRoom = 8;

} // namespace

SizeChartItem::SizeChartItem(QQuickItem* parent)
    : CanvasItem(parent)
    , m_chart(std::make_unique<QChart>())
    , m_x(new QValueAxis(m_chart.get()))
    , m_y(new QValueAxis(m_chart.get()))
    , m_series(new QBarSeries(m_chart.get()))
    , m_set(new QBarSet(QString()))
{
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->legend()->hide();
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_series->append(m_set);
    m_series->setBarWidth(kBarShare);
    m_chart->addSeries(m_series);
    for (QValueAxis* axis : {m_x, m_y})
        axis->setVisible(false);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_series->attachAxis(m_x);
    m_series->attachAxis(m_y);
    m_scene.addItem(m_chart.get());
}

SizeChartItem::~SizeChartItem() = default;

void SizeChartItem::setPicture(const SizePicturePtr& picture)
{
    if (picture == m_picture)
        return;
    m_picture = picture;
    if (m_picture)
        feed();
    emit pictureChanged();
    repaint();
}

void SizeChartItem::feed()
{
    const auto count = static_cast<int>(m_picture->bins.size());
    if (m_set->count() > count)
        m_set->remove(count, m_set->count() - count);
    for (int i = 0; i < count; ++i) {
        const double value = m_picture->bins[static_cast<std::size_t>(i)].count;
        if (i < m_set->count())
            m_set->replace(i, value);
        else
            m_set->append(value);
    }
    m_x->setRange(-0.5, std::max(1, count) - 0.5);
    m_y->setRange(0, m_picture->high);
}

void SizeChartItem::paintLabels(QPainter& painter, const QRectF& plot) const
{
    const auto* theme = Theme::instance();
    const auto* tokens = Tokens::instance();
    const double pitch = plot.width() / static_cast<double>(m_picture->bins.size());
    const QFontMetricsF metrics(tokens->caption);
    painter.setFont(tokens->caption);
    painter.setPen(theme->chartAxisText);
    // Where labels would touch, every second one is left out.
    double widest = 0;
    for (const SizeBin& bin : m_picture->bins)
        widest = std::max(widest, metrics.horizontalAdvance(bin.label));
    const std::size_t every = widest + kLabelGap > pitch ? 2 : 1;
    for (std::size_t i = 0; i < m_picture->bins.size(); i += every) {
        const QRectF place(plot.left() + pitch * static_cast<double>(i) - pitch, plot.bottom() + kLabelGap / 2, 3 * pitch, tokens->captionLine);
        painter.drawText(place, Qt::AlignCenter, m_picture->bins[i].label);
    }
}

void SizeChartItem::paintMarks(QPainter& painter, const QRectF& plot) const
{
    const auto* theme = Theme::instance();
    const auto* tokens = Tokens::instance();
    const double pitch = plot.width() / static_cast<double>(m_picture->bins.size());
    const QFontMetricsF metrics(tokens->caption);
    painter.setFont(tokens->caption);
    for (std::size_t i = 0; i < m_picture->marks.size(); ++i) {
        const SizeMark& mark = m_picture->marks[i];
        const double x = std::floor(plot.left() + pitch * mark.at) + 0.5;
        QPen pen(theme->textSecondary, 1, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({2, 3});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, plot.top() - kMarkRoom), QPointF(x, plot.bottom()));
        painter.setPen(theme->textSecondary);
        const double wide = metrics.horizontalAdvance(mark.label) + 1;
        // The first label stands left of its line, the last one right of it, so that they never meet.
        const bool isLeft = i == 0 && x - wide - kLabelGap > 0;
        const double left = isLeft ? x - wide - kLabelGap : std::min(x + kLabelGap, plot.right() - wide);
        painter.drawText(QRectF(left, plot.top() - kMarkRoom - kLabelGap / 2, wide, tokens->captionLine), Qt::AlignVCenter, mark.label);
    }
}

void SizeChartItem::paint(QPainter& painter)
{
    if (isEmpty())
        return;
    const QRectF plot = plotArea(width(), height());
    const QSizeF size(width(), height());
    if (m_chart->size() != size) {
        m_chart->resize(size);
        m_scene.setSceneRect({{0, 0}, size});
    }
    if (m_chart->plotArea() != plot)
        m_chart->setPlotArea(plot);
    QColor fill = Theme::instance()->series(0);
    fill.setAlphaF(static_cast<float>(kBarAlpha));
    if (m_set->color() != fill) {
        m_set->setColor(fill);
        m_set->setPen(Qt::NoPen);
    }
    ChartPicture grid;
    grid.high = m_picture->high;
    grid.yTicks = m_picture->yTicks;
    paintGrid(painter, plot, grid);
    m_scene.render(&painter, {{0, 0}, size}, {{0, 0}, size});
    paintLabels(painter, plot);
    paintMarks(painter, plot);
}

} // namespace wg::ui
