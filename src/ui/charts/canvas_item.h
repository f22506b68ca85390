// SPDX-License-Identifier: GPL-3.0-or-later
// CanvasItem: an item that draws itself with QPainter, once a change, on the GUI thread; the scene graph gets a picture.
// Shape:  QQuickPaintedItem would paint on the render thread while the GUI thread goes on; the figures painted here
//         belong to the GUI thread. Nothing is painted while the item is hidden.
// Thread: GUI thread; updatePaintNode on the render thread while the GUI thread waits.
#pragma once

#include <QImage>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

class QPainter;

namespace wg::ui {

class CanvasItem : public QQuickItem
{
    Q_OBJECT
    QML_ANONYMOUS
public:
    explicit CanvasItem(QQuickItem* parent = nullptr);

protected:
    /// painter is antialiased and in logical pixels.
    virtual void paint(QPainter& painter) = 0;
    void repaint() { polish(); }

    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& value) override;

private:
    QImage m_image;
    bool m_isNew = false;
};

} // namespace wg::ui
