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

/// A LanesPicture as one value that QML hands on without looking into it.
struct LanesPicturePtr {
    Q_GADGET
    QML_ANONYMOUS
public:
    LanesPicturePtr() = default;
    LanesPicturePtr(std::shared_ptr<const LanesPicture> from) : picture(std::move(from)) {}     // NOLINT: implicit by design
    LanesPicturePtr(const std::shared_ptr<LanesPicture>& from) : picture(from) {}               // NOLINT
    std::shared_ptr<const LanesPicture> picture;

    const LanesPicture* operator->() const { return picture.get(); }
    const LanesPicture& operator*() const { return *picture; }
    explicit operator bool() const { return picture != nullptr; }
    friend bool operator==(const LanesPicturePtr&, const LanesPicturePtr&) = default;
};

class LanesItem : public wg::ui::CanvasItem
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
