// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation of the replica. As a test: WATCHGLASS_SIM_RUNS seeds (20,000 unless set), every invariant of SYNC B4.
// By hand: test_sim --seed S replays one seed and prints what happened; --runs N and --from S choose others.
#include "world.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace wg::sim
{
namespace
{

std::uint64_t g_runs = 20'000;
std::uint64_t g_from = 1;

TEST(Simulation, everySeedKeepsTheInvariantsAndConverges)
{
    const auto begin = std::chrono::steady_clock::now();
    std::uint64_t inputs = 0;
    int failures = 0;
    for (std::uint64_t seed = g_from; seed < g_from + g_runs && failures < 5; ++seed) {
        const Outcome outcome = World(Plan::from(seed), false).run();
        inputs += outcome.inputs;
        if (outcome.isGood())
            continue;
        ++failures;
        ADD_FAILURE() << outcome.violation << "\n  " << Plan::from(seed).summary()
                      << "\n  replay: build/tests/test_sim --seed " << seed;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%llu seeds, %llu inputs, %.1f s\n", static_cast<unsigned long long>(g_runs),
                static_cast<unsigned long long>(inputs), took.count());
}

int replay(std::uint64_t seed)
{
    const Outcome outcome = World(Plan::from(seed), true).run();
    std::fputs(outcome.trace.c_str(), stdout);
    std::printf("%s\n", outcome.isGood() ? "every invariant held" : outcome.violation.c_str());
    return outcome.isGood() ? 0 : 1;
}

} // namespace
} // namespace wg::sim

int main(int argc, char** argv)
{
    ::testing::InitGoogleTest(&argc, argv);
    if (const char* runs = std::getenv("WATCHGLASS_SIM_RUNS"))
        wg::sim::g_runs = std::strtoull(runs, nullptr, 10);
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
        if (std::strcmp(argv[i], "--seed") == 0)
            return wg::sim::replay(value);
        if (std::strcmp(argv[i], "--runs") == 0)
            wg::sim::g_runs = value;
        if (std::strcmp(argv[i], "--from") == 0)
            wg::sim::g_from = value;
    }
    return RUN_ALL_TESTS();
}
