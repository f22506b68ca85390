// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene.h"

#include <QSet>
#include <QTest>

namespace wg::test {

namespace {

QQuickItem* find(QQuickItem* item, const std::function<bool(QQuickItem*)>& isIt)
{
    if (!item->isVisible())
        return nullptr;
    if (isIt(item))
        return item;
    for (QQuickItem* child : item->childItems())
        if (QQuickItem* found = find(child, isIt))
            return found;
    return nullptr;
}

} // namespace

QQuickItem* itemNamed(QQuickWindow* window, const QString& name)
{
    return find(window->contentItem(), [&](QQuickItem* item) { return item->objectName() == name; });
}

bool showsText(QQuickWindow* window, const QString& text)
{
    return find(window->contentItem(), [&](QQuickItem* item) { return item->property("text").toString() == text; }) != nullptr;
}

bool showsPart(QQuickWindow* window, const QString& part)
{
    return find(window->contentItem(), [&](QQuickItem* item) { return item->property("text").toString().contains(part); }) != nullptr;
}

int colorsIn(const QImage& image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2)
            colors.insert(image.pixel(x, y));
    return static_cast<int>(colors.size());
}

bool waitUntil(const std::function<bool()>& isSo, int timeoutMs) { return QTest::qWaitFor(isSo, timeoutMs); }

} // namespace wg::test
