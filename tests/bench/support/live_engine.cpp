// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/live_engine.h"

#include "support/cpu_clock.h"

#include <QEventLoop>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace wg::bench {
namespace {

constexpr double kPatienceS = 60;
constexpr int kAskEveryMs = 2;

engine::WatchSpec specOf(const StreamServer& server, Wire wire)
{
    engine::WatchSpec spec;
    spec.id = 1;
    spec.connection.name = "bench";
    spec.connection.url = "http://127.0.0.1:" + std::to_string(server.port());
    spec.route.path = "/v1/orders";
    spec.route.dialect = "watch.v1";
    spec.route.transports = {wire == Wire::Sse      ? engine::Transport::Sse
                             : wire == Wire::Ndjson ? engine::Transport::Ndjson
                                                    : engine::Transport::WebSocket};
    return spec;
}

} // namespace

LiveEngine::LiveEngine(StreamServer& server, Wire wire, const engine::EngineOptions& options) : m_driver(m_vault, options)
{
    m_driver.execute(engine::AddWatch{specOf(server, wire)});
    runUntil([&] { return server.waiting() > 0 && engine().condition(1)->isLive; }, "the stream");
}

void LiveEngine::runUntil(const std::function<bool()>& isOver, const char* what)
{
    const double deadline = wallSeconds() + kPatienceS;
    QEventLoop loop;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (isOver())
            loop.quit();
        if (wallSeconds() > deadline) {
            std::fprintf(stderr, "waited too long for %s\n", what);
            std::exit(1);
        }
    });
    timer.start(kAskEveryMs);
    loop.exec();
}

} // namespace wg::bench
