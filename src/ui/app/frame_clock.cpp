// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/app/frame_clock.h"

#include <QQuickWindow>

namespace wg::ui {

FrameClock::FrameClock(QObject* parent) : QObject(parent)
{
    m_sinceTick.start();
    m_idle.setInterval(kIdleMs);
    connect(&m_idle, &QTimer::timeout, this, [this] { tryTick(); });
    m_idle.start();
}

void FrameClock::follow(QQuickWindow* window)
{
    // afterAnimating is emitted on the GUI thread, once for each frame, before the scene is synchronised.
    connect(window, &QQuickWindow::afterAnimating, this, [this] { tryTick(); });
}

void FrameClock::setFollowing(bool isFollowing)
{
    m_followers += isFollowing ? 1 : -1;
    m_idle.setInterval(m_followers > 0 ? kFollowingMs : kIdleMs);
}

void FrameClock::tryTick()
{
    if (m_sinceTick.elapsed() < kClosestMs)
        return;
    m_sinceTick.restart();
    m_idle.start();
    emit tick();
}

} // namespace wg::ui
