// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon_provider.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace wg::ui {

QImage renderIcon(const QString& name, const QColor& color, int sizePx)
{
    QFile file(QStringLiteral(":/watchglass/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("icon %s: not among the program's resources", qPrintable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("#000", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    QImage image(sizePx, sizePx, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    return image;
}

IconProvider::IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize)
{
    const qsizetype slash = id.indexOf(QLatin1Char('/'));
    const QColor color(QLatin1Char('#') + id.mid(slash + 1));
    QImage image = renderIcon(id.left(slash), color, qMax(1, requestedSize.width()));
    *size = image.size();
    return image;
}

} // namespace wg::ui
