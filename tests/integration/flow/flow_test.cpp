// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way of an event, real sockets included: what it allocates, and who waits when the server is faster.
#include "events/event_log.h"
#include "support/engine_reader.h"
#include "support/live_engine.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <new>
#include <string>
#include <thread>

namespace {

thread_local std::uint64_t allocations = 0;

void* counted(std::size_t bytes)
{
    ++allocations;
    if (void* memory = std::malloc(bytes > 0 ? bytes : 1))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace wg::bench {
namespace {

using namespace std::chrono_literals;

std::uint64_t allocationsOfThisThread() { return allocations; }

double residentMb()
{
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    return pages * 4096 / 1e6;
}

class Flow : public testing::TestWithParam<Wire> {};

TEST_P(Flow, NothingIsAllocatedPerEventFromTheSocketToTheLog)
{
    const StreamShape shape{200'000, 20'000};
    StreamServer server(GetParam(), shape);
    const EngineRead read = engineRead(server, GetParam(), shape, allocationsOfThisThread);
    EXPECT_EQ(read.applied, shape.events);
    EXPECT_EQ(read.items, shape.keys);
    // What is left is made per read of the socket, per publication and per block of the log.
    EXPECT_LT(read.allocations, shape.events / 50) << "a fiftieth of an allocation per event";
}

TEST_P(Flow, AServerThatIsFasterWaitsAndMemoryStaysFlat)
{
#ifdef WG_SANITIZED
    GTEST_SKIP() << "a sanitizer keeps freed memory, so what is resident tells nothing";
#endif
    const StreamShape shape{600'000, 2'000};
    StreamServer server(GetParam(), shape);
    engine::EngineOptions options;
    options.eventBudgetBytes = events::EventLog::kLeastBudgetBytes;
    LiveEngine live(server, GetParam(), options);
    const auto& log = live.engine().log();

    // Nobody reads: the server gets stuck after what the kernel holds.
    server.release();
    std::size_t sent = 0;
    do {
        sent = server.sent();
        std::this_thread::sleep_for(300ms);
    } while (server.sent() != sent);
    EXPECT_LT(sent, server.streamBytes() / 4);

    live.runUntil([&] { return log.end() >= shape.events / 4; }, "a quarter of the events");
    const double atAQuarter = residentMb();
    live.runUntil([&] { return log.end() >= shape.events; }, "the last event");
    EXPECT_LT(residentMb() - atAQuarter, 24) << "MB more after three times as many events";
    EXPECT_LE(log.usedBytes(), options.eventBudgetBytes);
    EXPECT_EQ(live.engine().report(1)->counters.applied, shape.events);
}

INSTANTIATE_TEST_SUITE_P(All, Flow, testing::ValuesIn(kWires),
                         [](const auto& wire) { return std::string(toString(wire.param)); });

} // namespace
} // namespace wg::bench
