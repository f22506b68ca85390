// SPDX-License-Identifier: GPL-3.0-or-later
// Interrupt: SIGINT and SIGTERM as a call on the event loop. A second one ends the program at once.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace wg::ctl {

class Interrupt {
public:
    explicit Interrupt(std::function<void()> interrupted);
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace wg::ctl
