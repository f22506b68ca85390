// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at a window from outside: items by name, texts on screen, whether a picture shows anything.
#pragma once

#include <QImage>
#include <QQuickItem>
#include <QQuickWindow>

#include <functional>

namespace wg::test {

/// The first visible item of that objectName; null if there is none.
[[nodiscard]] QQuickItem* itemNamed(QQuickWindow* window, const QString& name);
/// True if a visible item shows this text (the whole of its text property).
[[nodiscard]] bool showsText(QQuickWindow* window, const QString& text);
/// True if a visible item shows a text that contains this part.
[[nodiscard]] bool showsPart(QQuickWindow* window, const QString& part);
/// Number of different colours in a picture, counted on every fourth pixel.
[[nodiscard]] int colorsIn(const QImage& image);
/// Runs the event loop until it is so or the time is over; says whether it is so.
[[nodiscard]] bool waitUntil(const std::function<bool()>& isSo, int timeoutMs = 5000);

} // namespace wg::test
