// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/decimal.h"
#include "base/prng.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "sync/version.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace wg {
namespace {

using sync::Cursor;
using sync::Version;

TEST(Decimal, ComparesByValueAtAnySize)
{
    EXPECT_TRUE(compareDecimal("007", "7") == 0);
    EXPECT_TRUE(compareDecimal("9007199254740993", "9007199254740992") > 0);
    EXPECT_TRUE(compareDecimal("99999999999999999999", "100000000000000000000") < 0);
    EXPECT_FALSE(isDecimal(""));
    EXPECT_FALSE(isDecimal("-1"));
    EXPECT_FALSE(isDecimal("1.0"));
}

TEST(Version, NumbersOpaqueWordsAndNothing)
{
    EXPECT_TRUE(Version().isAbsent());
    EXPECT_TRUE(Version::fromText("").isAbsent());
    EXPECT_TRUE(Version::fromText("42").isNumber());
    EXPECT_FALSE(Version::fromText("x9").isComparable());
    EXPECT_TRUE(Version::fromText("18446744073709551616").isComparable());
    EXPECT_EQ(Version::fromText("00042"), Version(42));
    EXPECT_EQ(Version::opaque("42").toString(), "42");
    EXPECT_FALSE(Version::opaque("42") == Version(42));
}

TEST(Version, OpaqueWordsDoNotOrder)
{
    EXPECT_TRUE((Version::fromText("a") <=> Version::fromText("b")) == std::partial_ordering::unordered);
    EXPECT_TRUE((Version::fromText("a") <=> Version::fromText("a")) == std::partial_ordering::equivalent);
    EXPECT_TRUE((Version(1) <=> Version::fromText("a")) == std::partial_ordering::unordered);
}

TEST(Version, SuccessorsCarryOverEveryBorder)
{
    EXPECT_TRUE(Version(8).follows(Version(7)));
    EXPECT_FALSE(Version(7).follows(Version(7)));
    EXPECT_TRUE(Version::fromText("9007199254740993").follows(Version::fromText("9007199254740992")));
    EXPECT_TRUE(Version::fromText("18446744073709551616").follows(Version::fromText("18446744073709551615")));
    EXPECT_TRUE(Version::fromText("100000000000000000000").follows(Version::fromText("99999999999999999999")));
    EXPECT_LT(Version::fromText("18446744073709551615"), Version::fromText("18446744073709551616"));
}

TEST(Cursor, TextHasTheEpochOnlyWhereThereIsOne)
{
    EXPECT_EQ((Cursor{"e7f3", Version(48213)}.toString()), "e7f3:48213");
    EXPECT_EQ((Cursor{"", Version::fromText("abc")}.toString()), "abc");
}

TEST(Secret, CannotBeCopiedAndIsWiped)
{
    static_assert(!std::is_copy_constructible_v<Secret>);
    static_assert(!std::is_copy_assignable_v<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string>);
    Secret a("hunter2");
    Secret b = std::move(a);
    EXPECT_TRUE(a.isEmpty()); // NOLINT: a moved-from secret is empty by contract
    EXPECT_EQ(b.reveal(), "hunter2");
    EXPECT_EQ(b.clone().reveal(), "hunter2");
    b.wipe();
    EXPECT_TRUE(b.isEmpty());
}

TEST(Prng, TheSameSeedGivesTheSameNumbers)
{
    Prng a(7), b(7), c(8);
    const auto first = a.next();
    EXPECT_EQ(first, b.next());
    EXPECT_NE(first, c.next());
    for (int i = 0; i < 1000; ++i) {
        const double u = a.unit();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
    }
}

TEST(Time, UnitsConvert)
{
    EXPECT_EQ(fromMs(1.5).count(), 1'500'000);
    EXPECT_DOUBLE_EQ(toSeconds(fromSeconds(2.25)), 2.25);
    EXPECT_LT(Instant{1}, Instant{1} + fromMs(1));
}

TEST(Error, SentenceJoinsWhatAndNext)
{
    EXPECT_EQ((Error{ErrorCode::Timeout, "It took 10 s.", "Trying again."}.sentence()), "It took 10 s. Trying again.");
    EXPECT_EQ((Error{ErrorCode::Timeout, "It took 10 s.", ""}.sentence()), "It took 10 s.");
    EXPECT_EQ(toString(ErrorCode::Gone), "version_expired");
}

} // namespace
} // namespace wg
