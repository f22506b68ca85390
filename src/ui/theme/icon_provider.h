// SPDX-License-Identifier: GPL-3.0-or-later
// IconProvider: image://icon/<name>/<RRGGBB> gives an icon of resources/icons in that colour, at the size asked for.
// Shape:  the SVGs are drawn in black alone; the provider replaces that colour before it renders.
// Errors: an unknown name gives an empty image and one line on stderr.
// Thread: called from Qt Quick's image loader or the GUI thread; holds no state.
#pragma once

#include <QColor>
#include <QPixmap>
#include <QQuickImageProvider>

namespace wg::ui {

/// One icon at size x size device pixels; also for painted items.
[[nodiscard]] QImage renderIcon(const QString& name, const QColor& color, int sizePx);

class IconProvider : public QQuickImageProvider
{
public:
    IconProvider();
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

} // namespace wg::ui
