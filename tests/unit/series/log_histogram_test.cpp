// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/histogram_ring.h"
#include "series/log_histogram.h"

#include "base/prng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace wg::series {
namespace {

TEST(LogHistogram, EveryValueLiesInItsBinAndBinsAreContiguous)
{
    for (std::size_t bin = 0; bin + 1 < bins::kCount; ++bin) {
        ASSERT_LT(bins::lowest(bin), bins::lowest(bin + 1));
        ASSERT_EQ(bins::indexOf(bins::lowest(bin)), bin);
        ASSERT_EQ(bins::indexOf(bins::lowest(bin + 1) - 1), bin);
    }
    EXPECT_EQ(bins::indexOf(UINT64_MAX), bins::kCount - 1);
}

TEST(LogHistogram, TheMiddleOfABinIsWithinTheStatedErrorOfEveryValueInIt)
{
    static_assert(bins::kRelativeError <= 0.01);
    Prng random(1);
    for (int i = 0; i < 200'000; ++i) {
        const std::uint64_t value = random.next() >> (28 + random.below(30));
        const auto exact = static_cast<double>(value);
        ASSERT_LE(std::abs(bins::middle(bins::indexOf(value)) - exact), exact * bins::kRelativeError) << value;
    }
}

TEST(LogHistogram, QuantilesAreWithinOnePercentOfTheSortedSamples)
{
    Prng random(2);
    auto histogram = std::make_unique<LogHistogram>();
    std::vector<std::uint64_t> values;
    for (int i = 0; i < 50'000; ++i) {
        const auto value = static_cast<std::uint64_t>(std::exp(random.unit() * 16));
        values.push_back(value);
        histogram->record(value);
    }
    std::sort(values.begin(), values.end());
    for (const double q : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
        const auto rank = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(q * 50'000)));
        const auto exact = static_cast<double>(values[rank - 1]);
        EXPECT_NEAR(histogram->quantile(q), exact, exact * 0.01) << q;
    }
    EXPECT_EQ(histogram->max(), values.back());
}

TEST(LogHistogram, MergingIsTheSameAsRecordingBoth)
{
    Prng random(3);
    auto a = std::make_unique<LogHistogram>();
    auto b = std::make_unique<SecondHistogram>();
    auto both = std::make_unique<LogHistogram>();
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t value = random.below(100'000);
        both->record(value);
        if (i % 2 == 0)
            a->record(value);
        else
            b->record(value);
    }
    a->merge(*b);
    EXPECT_EQ(a->total(), both->total());
    EXPECT_EQ(a->max(), both->max());
    for (std::size_t bin = 0; bin < bins::kCount; ++bin)
        ASSERT_EQ(a->at(bin), both->at(bin));
}

TEST(LogHistogram, OfNothingHasNoQuantileAndClearingMakesItSo)
{
    auto histogram = std::make_unique<LogHistogram>();
    EXPECT_TRUE(std::isnan(histogram->quantile(0.5)));
    histogram->record(70);
    EXPECT_EQ(histogram->quantile(0.5), 70);
    histogram->clear();
    EXPECT_TRUE(histogram->isEmpty());
    EXPECT_TRUE(std::isnan(histogram->quantile(0.5)));
    EXPECT_EQ(histogram->at(70), 0u);
}

TEST(HistogramRing, GivesBackExactlyWhatWentInAtEveryLevel)
{
    HistogramRing ring;
    Prng random(4);
    auto all = std::make_unique<LogHistogram>();
    auto second = std::make_unique<SecondHistogram>();
    for (Second s = 1000; s < 1300; ++s) {
        second->clear();
        for (int i = 0; i < 50; ++i) {
            const std::uint64_t value = random.below(1'000'000);
            second->record(value);
            all->record(value);
        }
        ring.push(s, *second);
    }
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
        auto read = std::make_unique<LogHistogram>();
        ring.mergeInto(*read, level, 1000, 1300);
        EXPECT_EQ(read->total(), all->total());
        EXPECT_EQ(read->max(), all->max());
        for (std::size_t bin = 0; bin < bins::kCount; ++bin)
            ASSERT_EQ(read->at(bin), all->at(bin));
    }
}

TEST(HistogramRing, SecondsWithoutSamplesAreGaps)
{
    HistogramRing ring;
    SecondHistogram second;
    second.record(2000);
    ring.push(100, second);
    ring.push(102, second);
    const Grid grid = Grid::over(104, 4, 600);
    ASSERT_EQ(grid.count, 4u);
    std::vector<float> p50;
    ring.quantiles(grid, {0.5}, 1000, {&p50});
    EXPECT_NEAR(p50[0], 2.0, 0.02);
    EXPECT_TRUE(std::isnan(p50[1]));
    EXPECT_NEAR(p50[2], 2.0, 0.02);
    EXPECT_TRUE(std::isnan(p50[3]));
}

TEST(HistogramRing, ForgetsWhatIsOlderThanItsLevelsAndKeepsItsBound)
{
    HistogramRing ring;
    Prng random(5);
    auto second = std::make_unique<SecondHistogram>();
    for (Second s = 0; s < 9000; ++s) {
        second->clear();
        for (int i = 0; i < 40; ++i)
            second->record(random.next() >> (30 + random.below(20)));
        ring.push(s, *second);
        ASSERT_LE(ring.bytes(), kLevels.size() * HistogramRing::kMostBytes);
    }
    LogHistogram early;
    ring.mergeInto(early, 0, 0, 5000);
    EXPECT_TRUE(early.isEmpty());
    ring.mergeInto(early, 1, 0, 5000);
    EXPECT_EQ(early.total(), 200'000u);
}

} // namespace
} // namespace wg::series
