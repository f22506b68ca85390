// SPDX-License-Identifier: GPL-3.0-or-later
// Mutants: known bugs, switched on one at a time in a build of the replica that is made for this. The simulation must
// find each of them, and must find nothing where none is on. By hand: test_mutants --gtest_filter=*NAME says by which
// seed.
#include "sync/mutant.h"
#include "world.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>

namespace wg::sim
{
namespace
{

constexpr std::uint64_t kSeeds = 4000;

struct Kill {
    std::uint64_t seed = 0;
    std::string violation;
};

/// The first seed in which an invariant breaks; seed 0 = none.
Kill hunt(sync::Mutant mutant, std::uint64_t seeds)
{
    sync::activeMutant() = mutant;
    Kill kill;
    for (std::uint64_t seed = 1; seed <= seeds && kill.seed == 0; ++seed) {
        const Outcome outcome = World(Plan::from(seed), false).run();
        if (!outcome.isGood())
            kill = {seed, outcome.violation};
    }
    sync::activeMutant() = sync::Mutant::None;
    return kill;
}

class Mutants : public ::testing::TestWithParam<std::pair<sync::Mutant, std::string_view>>
{
};

TEST_P(Mutants, isCaughtByTheSimulation)
{
    const auto& [mutant, name] = GetParam();
    const Kill kill = hunt(mutant, kSeeds);
    if (mutant == sync::Mutant::None) {
        EXPECT_EQ(kill.seed, 0u) << kill.violation;
        return;
    }
    EXPECT_NE(kill.seed, 0u) << name << " survived " << kSeeds << " seeds";
    std::printf("%-28s seed %-5llu %s\n", std::string(name).c_str(), static_cast<unsigned long long>(kill.seed),
                kill.violation.c_str());
}

INSTANTIATE_TEST_SUITE_P(Every, Mutants, ::testing::ValuesIn(sync::kMutants),
                         [](const auto& one) { return std::string(one.param.second); });

} // namespace
} // namespace wg::sim
