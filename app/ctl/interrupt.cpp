// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/interrupt.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace wg::ctl {
namespace {

int g_pipe[2] = {-1, -1}; ///< a signal may only write: the loop reads the other end

extern "C" void onSignal(int number)
{
    std::signal(number, SIG_DFL);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[1], &byte, 1);
}

} // namespace

Interrupt::Interrupt(std::function<void()> interrupted)
{
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // without the pipe a signal ends the program the usual way
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this, interrupted = std::move(interrupted)] {
        m_notifier->setEnabled(false);
        interrupted();
    });
    for (const int number : {SIGINT, SIGTERM})
        std::signal(number, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
}

Interrupt::~Interrupt()
{
    for (const int number : {SIGINT, SIGTERM})
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int& end : g_pipe)
        if (end >= 0)
            ::close(std::exchange(end, -1));
}

} // namespace wg::ctl
