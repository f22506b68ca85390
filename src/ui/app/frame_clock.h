// SPDX-License-Identifier: GPL-3.0-or-later
// FrameClock: says when the window may look at the engine again.
// Rules:  at most one tick a rendered frame, never closer than 16 ms; every 250 ms while nothing is rendered
//         (every 100 ms while a view on screen follows new data); a hidden window renders nothing.
// Thread: GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QQuickWindow;

namespace wg::ui {

class FrameClock : public QObject
{
    Q_OBJECT
public:
    static constexpr int kClosestMs = 16;
    static constexpr int kIdleMs = 250;
    static constexpr int kFollowingMs = 100;

    explicit FrameClock(QObject* parent = nullptr);

    /// Ticks with the frames of this window from now on.
    void follow(QQuickWindow* window);
    /// A view that shows data as it comes; counted, so every true needs its false.
    void setFollowing(bool isFollowing);

signals:
    void tick();

private:
    void tryTick();

    QTimer m_idle;
    QElapsedTimer m_sinceTick;
    int m_followers = 0;
};

} // namespace wg::ui
