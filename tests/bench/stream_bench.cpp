// SPDX-License-Identifier: GPL-3.0-or-later
// The main benchmark: 1,000,000 events of about 220 B over loopback TCP, beside a bare recv() reader on the same stream.
// Usage: bench_stream [EVENTS [KEYS]]
#include "support/bare_reader.h"
#include "support/engine_reader.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace wg::bench {
namespace {

constexpr int kRounds = 2; ///< the cheaper one counts: other work on the machine only ever adds

double goalUs(Wire wire) { return wire == Wire::WebSocket ? 1.3 : 0.9; }

double perEventUs(const Cost& cost, const StreamShape& shape) { return cost.cpuS / static_cast<double>(shape.events) * 1e6; }

void report(Wire wire, const char* reader, const Cost& cost, const StreamShape& shape)
{
    std::printf("%-10s %-12s %10.0f events/s %8.3f us CPU per event", toString(wire).data(), reader,
                static_cast<double>(shape.events) / cost.wallS, perEventUs(cost, shape));
}

void run(Wire wire, const StreamShape& shape)
{
    StreamServer server(wire, shape);
    std::printf("%-10s %zu events of %.0f B with framing, %zu keys\n", toString(wire).data(), shape.events,
                static_cast<double>(server.streamBytes()) / static_cast<double>(shape.events), shape.keys);
    std::optional<Cost> bare;
    std::optional<Cost> whole;
    for (int round = 0; round < kRounds; ++round) {
        const Cost cost = bareRead(server, wire);
        if (!bare || cost.cpuS < bare->cpuS)
            bare = cost;
        const EngineRead read = engineRead(server, wire, shape);
        if (read.applied != shape.events || read.items != shape.keys) {
            std::printf("%-10s wrong: %llu events applied, %zu items\n", toString(wire).data(),
                        static_cast<unsigned long long>(read.applied), read.items);
            std::exit(1);
        }
        if (!whole || read.cost.cpuS < whole->cpuS)
            whole = read.cost;
    }
    report(wire, "bare recv", *bare, shape);
    std::printf("\n");
    report(wire, "watchglass", *whole, shape);
    std::printf("   goal %.1f %s\n", goalUs(wire), perEventUs(*whole, shape) <= goalUs(wire) ? "met" : "missed");
    std::fflush(stdout);
}

} // namespace
} // namespace wg::bench

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    wg::bench::StreamShape shape;
    if (argc > 1)
        shape.events = std::strtoull(argv[1], nullptr, 10);
    if (argc > 2)
        shape.keys = std::strtoull(argv[2], nullptr, 10);
    for (const wg::bench::Wire wire : wg::bench::kWires)
        wg::bench::run(wire, shape);
    return 0;
}
