// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/engine_reader.h"

#include "events/event_log.h"
#include "io/engine_driver.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <functional>

namespace wg::bench {
namespace {

constexpr double kPatienceS = 60;

/// No credential is needed here.
class NoVault final : public engine::VaultPort {
public:
    void read(const std::string&, bool, Answer answer) override { answer(Error{ErrorCode::NotFound, "none", {}}); }
};

/// Runs the event loop until isOver, which is asked every few milliseconds.
void runUntil(const std::function<bool()>& isOver, const char* what)
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
    timer.start(2);
    loop.exec();
}

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

EngineRead engineRead(StreamServer& server, Wire wire, const StreamShape& shape, std::uint64_t (*allocationCount)())
{
    NoVault vault;
    io::EngineDriver driver(vault, {});
    driver.execute(engine::AddWatch{specOf(server, wire)});
    runUntil([&] { return server.waiting() > 0 && driver.engine().condition(1)->isLive; }, "the stream");
    const auto& log = driver.engine().log();
    const std::uint64_t before = log.end();

    EngineRead result;
    const std::uint64_t allocationsBefore = allocationCount ? allocationCount() : 0;
    const CostMeter meter;
    server.release();
    runUntil([&] { return log.end() - before >= shape.events; }, "the last event");
    result.cost = meter.soFar();
    result.allocations = (allocationCount ? allocationCount() : 0) - allocationsBefore;
    const auto report = driver.engine().report(1);
    result.applied = report->counters.applied;
    result.items = report->items.size();
    driver.stop();
    server.hold();
    return result;
}

} // namespace wg::bench
