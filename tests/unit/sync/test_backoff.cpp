// SPDX-License-Identifier: GPL-3.0-or-later
// Back-off: every vector of backoff.json, and what the pacer adds to the arithmetic.
#include "sync/backoff.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <limits>
#include <string>

namespace wg::sync
{
namespace
{

using simdjson::dom::element;

Jitter jitterFrom(std::string_view mode)
{
    if (mode == "equal")
        return Jitter::Equal;
    if (mode == "floor_full")
        return Jitter::FloorFull;
    return mode == "decorrelated" ? Jitter::Decorrelated : Jitter::Full;
}

double number(const element& from, const char* name, double fallback)
{
    double value = 0;
    return from[name].get(value) == simdjson::SUCCESS ? value : fallback;
}

void checkDelay(const element& one)
{
    BackoffPolicy policy;
    policy.jitter = jitterFrom(std::string_view(one["mode"]));
    policy.baseMs = double(one["base_ms"]);
    policy.capMs = double(one["cap_ms"]);
    policy.maxRetryAfterMs = number(one, "max_retry_after_ms", policy.maxRetryAfterMs);
    std::optional<double> floor;
    if (double asked = 0; one["retry_after_ms"].get(asked) == simdjson::SUCCESS)
        floor = asked;
    const auto attempt = static_cast<unsigned>(int64_t(one["attempt"]));
    const double delay = backoffDelayMs(policy, attempt, double(one["u"]), floor, number(one, "prev_ms", 0));
    const element expect = one["expect"];
    EXPECT_GE(delay, double(expect["min_ms"]) - 1e-6);
    EXPECT_LE(delay, double(expect["max_ms"]) + 1e-6);
    if (double exact = 0; expect["exact_ms"].get(exact) == simdjson::SUCCESS) {
        EXPECT_NEAR(delay, exact, 1);
    }
}

/// The pacer alone, as the replica calls it (replica_stream.cpp and replica_snapshot.cpp).
double delayAfter(RetryPacer& pacer, const element& step, double u, double last)
{
    const std::string_view event = step["event"];
    const Duration open = fromMs(number(step, "open_ms", 0));
    if (event == "gone_410")
        return pacer.resync(u);
    if (event == "wall_clock_jump")
        return last; // the pacer knows no wall clock
    if (event == "clean_end_with_progress")
        pacer.reset();
    if (event == "open_then_lost" && pacer.isHealth(open))
        pacer.reset();
    return pacer.failed(u);
}

void checkSequence(const element& one)
{
    const element config = one["config"];
    BackoffPolicy policy;
    policy.baseMs = double(config["base_ms"]);
    policy.capMs = double(config["cap_ms"]);
    policy.resetAfterMs = double(config["reset_after_ms"]);
    RetryPacer pacer(policy);
    double last = 0;
    int index = 0;
    for (const element step : simdjson::dom::array(one["steps"])) {
        last = delayAfter(pacer, step, double(config["u"]), last);
        EXPECT_DOUBLE_EQ(last, double(step["delay_max_ms"])) << "step " << index;
        ++index;
    }
}

TEST(Backoff, everyVector)
{
    simdjson::dom::parser parser;
    const element root = parser.load(WG_TEST_DATA "/backoff.json");
    std::size_t count = 0;
    for (const element one : simdjson::dom::array(root["cases"])) {
        SCOPED_TRACE(std::string(std::string_view(one["id"])) + " " + std::string(std::string_view(one["name"])));
        const std::string_view kind = one["kind"];
        ASSERT_TRUE(kind == "delay" || kind == "sequence");
        if (kind == "delay")
            checkDelay(one);
        else
            checkSequence(one);
        ++count;
    }
    EXPECT_EQ(count, std::size_t(int64_t(root["count"])));
}

TEST(Backoff, aFloorThatIsNoNumberOrNegativeIsNoFloor)
{
    const BackoffPolicy policy;
    EXPECT_DOUBLE_EQ(backoffDelayMs(policy, 0, 0.5, std::numeric_limits<double>::quiet_NaN()), 250);
    EXPECT_DOUBLE_EQ(backoffDelayMs(policy, 0, 0.5, -5.0), 250);
    EXPECT_DOUBLE_EQ(backoffDelayMs(policy, 0, 0.5, std::numeric_limits<double>::infinity()), 3'600'250);
}

TEST(Backoff, theDelayIsNeverBelowWhatTheServerAskedNorAboveItPlusTheCap)
{
    const BackoffPolicy policy;
    for (unsigned attempt = 0; attempt < 80; ++attempt)
        for (const double u : {0.0, 0.25, 0.999999})
            for (const double floor : {0.0, 1.0, 5000.0, 3.6e6, 1e12}) {
                const double asked = std::min(floor, policy.maxRetryAfterMs);
                const double delay = backoffDelayMs(policy, attempt, u, floor);
                EXPECT_GE(delay, asked);
                EXPECT_LE(delay, asked + policy.capMs);
            }
}

TEST(RetryPacer, theFirstResyncIsAtOnceAndKeepsAFloor)
{
    RetryPacer pacer{BackoffPolicy{}};
    EXPECT_DOUBLE_EQ(pacer.resync(1.0), 0);
    EXPECT_DOUBLE_EQ(pacer.resync(1.0), 500);
    EXPECT_DOUBLE_EQ(pacer.resync(1.0), 1000);
    pacer.reset();
    EXPECT_TRUE(pacer.isFresh());
    EXPECT_GE(pacer.resync(0.0, 4000.0), 4000);
}

TEST(RetryPacer, anEndInOrderDoesNotRaiseTheCount)
{
    RetryPacer pacer{BackoffPolicy{}};
    EXPECT_DOUBLE_EQ(pacer.ended(1.0), 500);
    EXPECT_DOUBLE_EQ(pacer.ended(1.0), 500);
    EXPECT_EQ(pacer.attempt(), 0u);
    EXPECT_DOUBLE_EQ(pacer.failed(1.0), 500);
    EXPECT_DOUBLE_EQ(pacer.ended(1.0), 1000);
    EXPECT_EQ(pacer.attempt(), 1u);
}

} // namespace
} // namespace wg::sync
