// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/pyramid.h"

#include "base/prng.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace wg::series {
namespace {

TEST(Grid, HasAtMostTheAskedPointsAndEndsAtTheNewestSecond)
{
    for (const double range : {1.0, 60.0, 300.0, 900.0, 3600.0, 3601.0, 7200.0, 43'200.0, 86'400.0, 604'800.0, 1e9}) {
        for (const std::size_t points : {2u, 100u, 600u}) {
            for (Second end = 1'000'000; end < 1'000'070; end += 7) {
                const Grid grid = Grid::over(end, range, points);
                const Level level = kLevels[grid.level];
                ASSERT_LE(grid.count, points);
                ASSERT_EQ(grid.step % level.step, 0);
                ASSERT_EQ(grid.begin % grid.step, 0);
                ASSERT_LE(grid.begin, end - static_cast<Second>(std::min(range, 604'800.0)));
                ASSERT_GE(grid.begin + static_cast<Second>(grid.count) * grid.step, end);
                ASSERT_LT(grid.begin + static_cast<Second>(grid.count - 1) * grid.step, end);
                const auto looks = static_cast<Second>(grid.count) * grid.step / level.step;
                ASSERT_LE(looks, std::max<Second>(10 * static_cast<Second>(points), 2 * 10'080)) << "O(points)";
            }
        }
    }
}

TEST(Pyramid, KeepsMinMaxLastSumAndCountOfEachBucket)
{
    Pyramid pyramid;
    const double values[] = {5, 1, 9, 4};
    for (int i = 0; i < 4; ++i)
        pyramid.push(100 + i, Bucket::of(values[i]));
    const Bucket all = pyramid.over(100, 104);
    EXPECT_EQ(all.min, 1);
    EXPECT_EQ(all.max, 9);
    EXPECT_EQ(all.last, 4);
    EXPECT_EQ(all.sum, 19);
    EXPECT_EQ(all.count, 4u);
}

TEST(Pyramid, ASecondThatWasNotPushedIsAGap)
{
    Pyramid pyramid;
    pyramid.push(100, Bucket::of(1));
    pyramid.push(103, Bucket::of(2));
    std::vector<Bucket> out;
    pyramid.read(Grid::over(104, 4, 600), out);
    ASSERT_EQ(out.size(), 4u);
    EXPECT_EQ(out[0].last, 1);
    EXPECT_EQ(out[1].count, 0u);
    EXPECT_TRUE(std::isnan(out[1].last));
    EXPECT_EQ(out[2].count, 0u);
    EXPECT_EQ(out[3].last, 2);
}

/// Against a plain map of seconds, with pauses of every length.
TEST(Pyramid, EveryLevelAgreesWithAPlainListOfSeconds)
{
    Pyramid pyramid;
    std::map<Second, double> plain;
    Prng random(7);
    Second second = -5000;
    for (int i = 0; i < 30'000; ++i) {
        second += random.chance(0.001) ? static_cast<Second>(random.below(5000)) : 1 + static_cast<Second>(random.below(2));
        const auto value = static_cast<double>(random.below(1000));
        plain[second] = value;
        pyramid.push(second, Bucket::of(value));
    }
    const Second end = second + 1;
    std::vector<Bucket> out;
    for (const double range : {60.0, 900.0, 3600.0, 20'000.0, 43'000.0}) {
        const Grid grid = Grid::over(end, range, 600);
        pyramid.read(grid, out);
        for (std::size_t i = 0; i < grid.count; ++i) {
            Bucket expected;
            const Second from = grid.begin + static_cast<Second>(i) * grid.step;
            if (from < end - kLevels[grid.level].span())
                continue;
            for (auto at = plain.lower_bound(from); at != plain.end() && at->first < from + grid.step; ++at)
                expected.merge(Bucket::of(at->second));
            ASSERT_EQ(out[i].count, expected.count) << range << " " << i;
            ASSERT_EQ(out[i].sum, expected.sum);
            if (expected.count > 0) {
                ASSERT_EQ(out[i].min, expected.min);
                ASSERT_EQ(out[i].max, expected.max);
                ASSERT_EQ(out[i].last, expected.last);
            }
        }
    }
}

TEST(Pyramid, OverUsesTheFinestLevelThatReachesBack)
{
    Pyramid pyramid;
    for (Second s = 0; s < 10'000; ++s)
        pyramid.push(s, Bucket::of(1));
    EXPECT_EQ(pyramid.over(9'001, 9'993).sum, 992); // exact by seconds
    EXPECT_EQ(pyramid.over(20, 10'000).sum, 9980);  // by tens
}

} // namespace
} // namespace wg::series
