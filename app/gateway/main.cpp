// SPDX-License-Identifier: GPL-3.0-or-later
// watchglass-gateway: runs the reference watch server alone until it is interrupted.
#include "gateway/gateway.h"

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

namespace {
constexpr int kCouldNotRun = 1;
constexpr int kBadUsage = 2;
constexpr int kInterrupted = 130;
} // namespace

int main(int argc, char** argv)
{
    auto options = wg::gateway::parseOptions(std::vector<std::string>(argv + 1, argv + argc));
    if (!options) {
        std::fprintf(stderr, "watchglass-gateway: %s\n", options.error().sentence().c_str());
        return kBadUsage;
    }
    if (options.value().isHelp) {
        std::fwrite(wg::gateway::helpText().data(), 1, wg::gateway::helpText().size(), stdout);
        return 0;
    }
    // Signals are blocked before any thread starts, so that only sigwait sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const std::string scheme = options.value().tlsCert.empty() ? "http://" : "https://";
    std::string host = options.value().bind;
    if (host.find(':') != std::string::npos)
        host = "[" + host + "]";
    wg::gateway::Gateway gateway(std::move(options).value());
    const auto port = gateway.start();
    if (!port) {
        std::fprintf(stderr, "watchglass-gateway: %s\n", port.error().sentence().c_str());
        return kCouldNotRun;
    }
    std::printf("READY %s%s:%u\n", scheme.c_str(), host.c_str(), static_cast<unsigned>(port.value()));
    std::fflush(stdout);
    int received = 0;
    sigwait(&signals, &received);
    gateway.stop();
    return received == SIGINT ? kInterrupted : 0;
}
