// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/canvas_item.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QQuickWindow>
#include <QSGImageNode>

#include <cmath>

namespace wg::ui {

CanvasItem::CanvasItem(QQuickItem* parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    connect(Theme::instance(), &Theme::changed, this, [this] { repaint(); });
    connect(Tokens::instance(), &Tokens::changed, this, [this] { repaint(); });
}

void CanvasItem::updatePolish()
{
    if (!isVisible() || !window() || width() < 1 || height() < 1)
        return;
    const double ratio = window()->effectiveDevicePixelRatio();
    const QSize size(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    if (m_image.size() != size)
        m_image = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(Qt::transparent);
    QPainter painter(&m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter);
    painter.end();
    m_isNew = true;
    update();
}

QSGNode* CanvasItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    if (m_image.isNull()) {
        delete old;
        return nullptr;
    }
    auto* node = static_cast<QSGImageNode*>(old);
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_isNew = true;
    }
    if (m_isNew) {
        node->setTexture(window()->createTextureFromImage(m_image, QQuickWindow::TextureHasAlphaChannel));
        m_isNew = false;
    }
    const double ratio = m_image.devicePixelRatio();
    node->setRect(0, 0, m_image.width() / ratio, m_image.height() / ratio);
    node->setFiltering(QSGTexture::Nearest);
    return node;
}

void CanvasItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size())
        repaint();
}

void CanvasItem::itemChange(ItemChange change, const ItemChangeData& value)
{
    if ((change == ItemVisibleHasChanged && value.boolValue) || change == ItemDevicePixelRatioHasChanged)
        repaint();
    QQuickItem::itemChange(change, value);
}

} // namespace wg::ui
