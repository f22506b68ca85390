// SPDX-License-Identifier: GPL-3.0-or-later
// ChartItem: a Qt Charts chart of lines, areas and stacked layers on a time scale, drawn into the window.
// Shape:  one QChart; its series are kept in pools and given new points by replace(). A line with missing samples
//         takes one series for each unbroken stretch. Grid, labels and marks are painted round it (ChartFrame).
// Limits: kChartPoints points a line; what a chart shows is one ChartPicture.
// Thread: GUI thread.
#pragma once

#include "ui/charts/canvas_item.h"
#include "ui/charts/chart_picture.h"

#include <QGraphicsScene>
#include <QPointF>

#include <memory>
#include <vector>

class QAreaSeries;
class QChart;
class QLineSeries;
class QValueAxis;

namespace wg::ui {

class ChartItem : public wg::ui::CanvasItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::ChartPicturePtr picture READ picture WRITE setPicture NOTIFY pictureChanged)
    Q_PROPERTY(QRectF plot READ plot NOTIFY plotChanged)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY pictureChanged)

public:
    explicit ChartItem(QQuickItem* parent = nullptr);
    ~ChartItem() override;

    [[nodiscard]] ChartPicturePtr picture() const { return m_picture; }
    void setPicture(const ChartPicturePtr& picture);
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] bool isEmpty() const;
    /// Between a place in the item and a time; outside the plot the nearest edge.
    Q_INVOKABLE [[nodiscard]] double wallAt(double x) const;
    Q_INVOKABLE [[nodiscard]] double xAt(double wall) const;
    [[nodiscard]] int seriesCount() const; ///< Qt Charts series in use, for tests

signals:
    void pictureChanged();
    void plotChanged();

protected:
    void paint(QPainter& painter) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    using Points = QList<QPointF>;
    void feed();
    void feedLine(const ChartLine& line);
    void feedLayer(const ChartLayer& layer);
    void addStroke(Points points, const QPen& pen);
    void addArea(Points upper, Points lower, const QBrush& brush);
    QLineSeries* strokeAt(std::size_t index);
    QAreaSeries* areaAt(std::size_t index);
    [[nodiscard]] double wallOf(std::size_t bucket) const;

    QGraphicsScene m_scene;
    std::unique_ptr<QChart> m_chart;
    QValueAxis *m_x, *m_y;
    std::vector<QLineSeries*> m_strokes;
    std::vector<QAreaSeries*> m_areas;
    std::size_t m_strokesUsed = 0, m_areasUsed = 0;
    ChartPicturePtr m_picture;
    bool m_isFed = false;
};

} // namespace wg::ui
