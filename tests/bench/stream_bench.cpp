// SPDX-License-Identifier: GPL-3.0-or-later
// The main benchmark: 1,000,000 events of about 220 B over loopback TCP, beside a bare recv() reader on the same stream.
// Usage: bench_stream [EVENTS [KEYS]]
#include "support/bare_reader.h"
#include "support/engine_reader.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

namespace wg::bench {
namespace {

void report(Wire wire, const char* reader, const Cost& cost, std::size_t events)
{
    const auto count = static_cast<double>(events);
    std::printf("%-10s %-12s %10.0f events/s %8.3f us CPU per event\n", toString(wire).data(), reader, count / cost.wallS,
                cost.cpuS / count * 1e6);
    std::fflush(stdout);
}

void run(Wire wire, const StreamShape& shape)
{
    StreamServer server(wire, shape);
    std::printf("%-10s %zu events of %.0f B with framing, %zu keys\n", toString(wire).data(), shape.events,
                static_cast<double>(server.streamBytes()) / static_cast<double>(shape.events), shape.keys);
    report(wire, "bare recv", bareRead(server, wire), shape.events);
    const EngineRead read = engineRead(server, wire, shape);
    report(wire, "watchglass", read.cost, shape.events);
    if (read.applied != shape.events || read.items != shape.keys) {
        std::printf("%-10s wrong: %llu events applied, %zu items\n", toString(wire).data(),
                    static_cast<unsigned long long>(read.applied), read.items);
        std::exit(1);
    }
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
