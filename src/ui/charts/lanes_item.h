// SPDX-License-Identifier: GPL-3.0-or-later
// LanesItem: the life of each connection as a lane over time: Live thick, Resync thick in plum, Stale half as high,
// Down dotted, a tick for each reconnect; the name on the left, how long it is up and its reconnects on the right.
// Limits: draws as many lanes as fit; hiddenLanes says how many do not.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"
#include "ui/charts/canvas_item.h"
#include "ui/charts/chart_picture.h"

#include <QStringList>

namespace wg::ui {

struct Lane {
    QString name, up, reconnects;
    std::vector<engine::SeriesFrame::Stretch> stretches;
    std::vector<double> reconnectWalls;
};

struct LanesPicture {
    double beginWall = 0, endWall = 1;
    std::vector<ChartTick> xTicks;
    std::vector<Lane> lanes;
};

using LanesPicturePtr = std::shared_ptr<const LanesPicture>;

class LanesItem : public CanvasItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::LanesPicturePtr picture READ picture WRITE setPicture NOTIFY pictureChanged)
    Q_PROPERTY(int hiddenLanes READ hiddenLanes NOTIFY hiddenLanesChanged)

public:
    explicit LanesItem(QQuickItem* parent = nullptr);
    [[nodiscard]] LanesPicturePtr picture() const { return m_picture; }
    void setPicture(const LanesPicturePtr& picture);
    [[nodiscard]] int hiddenLanes() const { return m_hiddenLanes; }

signals:
    void pictureChanged();
    void hiddenLanesChanged();

protected:
    void paint(QPainter& painter) override;

private:
    void paintLane(QPainter& painter, const QRectF& plot, const Lane& lane, double y) const;

    LanesPicturePtr m_picture;
    int m_hiddenLanes = 0;
};

} // namespace wg::ui

Q_DECLARE_METATYPE(wg::ui::LanesPicturePtr)
