// SPDX-License-Identifier: GPL-3.0-or-later
// LogScan: carries the filtered views forward on a pool thread, a slice at a time, so that the window never waits.
// Rules:  pump() starts a slice if none runs and there is something left to look at; one slice runs at a time.
// Thread: GUI thread. The destructor waits for a running slice (which ends within about a millisecond of being asked).
#pragma once

#include "events/filtered_view.h"

#include <atomic>
#include <memory>
#include <vector>

namespace wg::ui {

class LogScan {
public:
    using ViewPtr = std::shared_ptr<events::FilteredView>;

    LogScan() = default;
    ~LogScan();
    LogScan(const LogScan&) = delete;
    LogScan& operator=(const LogScan&) = delete;

    /// Replaces what is carried forward; views that are left out are cancelled.
    void setViews(std::vector<ViewPtr> views);
    void pump();
    [[nodiscard]] bool isRunning() const { return m_flag->load(); }
    /// Runs everything that is left on this thread (tests).
    void finish();

private:
    std::vector<ViewPtr> m_views;
    std::shared_ptr<std::atomic<bool>> m_flag = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);
};

} // namespace wg::ui
