// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/gui_watch.h"

#include <QPointer>
#include <QThread>

namespace wg::ui {

GuiWatch& GuiWatch::instance()
{
    static GuiWatch watch;
    return watch;
}

void GuiWatch::arm()
{
    m_isArmed = true;
    m_longestMs = 0;
    m_overLimit = 0;
    m_longestWhere.clear();
}

void GuiWatch::record(double busyMs, const QObject* receiver, int eventType)
{
    if (!m_isArmed)
        return;
    if (busyMs > kLimitMs)
        ++m_overLimit;
    if (busyMs <= m_longestMs)
        return;
    m_longestMs = busyMs;
    m_longestWhere = QStringLiteral("%1, event %2")
                         .arg(receiver ? QString::fromLatin1(receiver->metaObject()->className()) : QString())
                         .arg(eventType);
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event)
{
    auto& watch = GuiWatch::instance();
    // Other threads deliver their own events through here too.
    if (!watch.isArmed() || QThread::currentThread() != thread() || m_depth > 0)
        return QApplication::notify(receiver, event);
    const int type = event->type();
    const QPointer<QObject> alive(receiver); // it may delete itself on the way
    QElapsedTimer timer;
    timer.start();
    ++m_depth;
    const bool isDelivered = QApplication::notify(receiver, event);
    --m_depth;
    watch.record(static_cast<double>(timer.nsecsElapsed()) / 1e6, alive, type);
    return isDelivered;
}

} // namespace wg::ui
