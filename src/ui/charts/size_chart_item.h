// SPDX-License-Identifier: GPL-3.0-or-later
// SizeChartItem: how many messages were how large: Qt Charts bars over powers of two, with lines at p50 and p95.
// Thread: GUI thread.
#pragma once

#include "ui/charts/canvas_item.h"
#include "ui/charts/chart_picture.h"

#include <QGraphicsScene>

#include <memory>

class QBarSet;
class QBarSeries;
class QChart;
class QValueAxis;

namespace wg::ui {

struct SizeBin { QString label; double count = 0; };
/// A dashed line at a place counted in bins: 2.5 is the middle of the third.
struct SizeMark { QString label; double at = 0; };

struct SizePicture {
    std::vector<SizeBin> bins;
    std::vector<SizeMark> marks;
    std::vector<ChartTick> yTicks;
    double high = 1;
};

/// A SizePicture as one value that QML hands on without looking into it.
struct SizePicturePtr {
    Q_GADGET
    QML_ANONYMOUS
public:
    SizePicturePtr() = default;
    SizePicturePtr(std::shared_ptr<const SizePicture> from) : picture(std::move(from)) {}     // NOLINT: implicit by design
    SizePicturePtr(const std::shared_ptr<SizePicture>& from) : picture(from) {}               // NOLINT
    std::shared_ptr<const SizePicture> picture;

    const SizePicture* operator->() const { return picture.get(); }
    const SizePicture& operator*() const { return *picture; }
    explicit operator bool() const { return picture != nullptr; }
    friend bool operator==(const SizePicturePtr&, const SizePicturePtr&) = default;
};

class SizeChartItem : public wg::ui::CanvasItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::SizePicturePtr picture READ picture WRITE setPicture NOTIFY pictureChanged)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY pictureChanged)

public:
    explicit SizeChartItem(QQuickItem* parent = nullptr);
    ~SizeChartItem() override;
    [[nodiscard]] SizePicturePtr picture() const { return m_picture; }
    void setPicture(const SizePicturePtr& picture);
    [[nodiscard]] bool isEmpty() const { return !m_picture || m_picture->bins.empty(); }

signals:
    void pictureChanged();

protected:
    void paint(QPainter& painter) override;

private:
    void feed();
    void paintLabels(QPainter& painter, const QRectF& plot) const;
    void paintMarks(QPainter& painter, const QRectF& plot) const;

    QGraphicsScene m_scene;
    std::unique_ptr<QChart> m_chart;
    QValueAxis *m_x, *m_y;
    QBarSeries* m_series;
    QBarSet* m_set;
    SizePicturePtr m_picture;
};

} // namespace wg::ui
