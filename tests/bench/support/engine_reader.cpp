// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/engine_reader.h"

#include "events/event_log.h"
#include "support/live_engine.h"

namespace wg::bench {

EngineRead engineRead(StreamServer& server, Wire wire, const StreamShape& shape, std::uint64_t (*allocationCount)())
{
    LiveEngine live(server, wire);
    const auto& log = live.engine().log();
    const std::uint64_t before = log.end();

    EngineRead result;
    const std::uint64_t allocationsBefore = allocationCount ? allocationCount() : 0;
    const CostMeter meter;
    server.release();
    live.runUntil([&] { return log.end() - before >= shape.events; }, "the last event");
    result.cost = meter.soFar();
    result.allocations = (allocationCount ? allocationCount() : 0) - allocationsBefore;
    const auto report = live.engine().report(1);
    result.applied = report->counters.applied;
    result.items = report->items.size();
    server.hold();
    return result;
}

} // namespace wg::bench
