// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/log_scan.h"

#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <chrono>

namespace wg::ui {

namespace {

constexpr std::size_t kSliceRows = 200'000;
constexpr std::chrono::milliseconds kSliceTime(150);

} // namespace

LogScan::~LogScan()
{
    m_stop->store(true);
    for (const ViewPtr& view : m_views)
        view->cancel();
    while (m_flag->load())
        QThread::msleep(1);
}

void LogScan::setViews(std::vector<ViewPtr> views)
{
    m_stop->store(true);
    m_stop = std::make_shared<std::atomic<bool>>(false);
    for (const ViewPtr& old : m_views)
        if (std::find(views.begin(), views.end(), old) == views.end())
            old->cancel();
    m_views = std::move(views);
}

void LogScan::pump()
{
    if (m_flag->load() || m_views.empty())
        return;
    const bool isIdle = std::none_of(m_views.begin(), m_views.end(),
                                     [](const ViewPtr& view) { return !view->progress().isComplete; });
    if (isIdle)
        return;
    m_flag->store(true);
    QThreadPool::globalInstance()->start([views = m_views, flag = m_flag, stop = m_stop] {
        const auto until = std::chrono::steady_clock::now() + kSliceTime;
        const auto isOver = [&] { return stop->load() || std::chrono::steady_clock::now() >= until; };
        bool isMore = true;
        while (isMore && !isOver()) {
            isMore = false;
            for (const ViewPtr& view : views)
                isMore = !view->advance(kSliceRows, isOver).isComplete || isMore;
        }
        flag->store(false);
    });
}

void LogScan::finish()
{
    while (m_flag->load())
        QThread::msleep(1);
    for (const ViewPtr& view : m_views)
        while (!view->advance(kSliceRows).isComplete) {
        }
}

} // namespace wg::ui
