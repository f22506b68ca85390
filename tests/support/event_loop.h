// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting for something in a test that runs Qt's event loop: on the condition, never on a guessed time.
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <chrono>

namespace wg::test {

/// Runs the event loop until the condition holds; false if it did not within the patience.
template <typename Condition>
bool waitUntil(Condition condition, std::chrono::milliseconds patience = std::chrono::seconds(10))
{
    QElapsedTimer since;
    since.start();
    while (!condition()) {
        if (since.elapsed() > patience.count())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

/// Runs the event loop for a while, for what must not happen.
inline void turnFor(std::chrono::milliseconds span)
{
    waitUntil([] { return false; }, span);
}

} // namespace wg::test
