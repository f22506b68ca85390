// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "ui/text/figures.h"

#include <gtest/gtest.h>

#include <limits>

using namespace wg::ui;

namespace {
constexpr double kAt = 1'773'844'309'287.0; ///< 2026-03-18 14:31:49.287 UTC
const QString kDash = QStringLiteral("\u2013");
}

TEST(Figures, CountsAreGroupedByThousands)
{
    EXPECT_EQ(countText(0), "0");
    EXPECT_EQ(countText(999), "999");
    EXPECT_EQ(countText(1000), "1,000");
    EXPECT_EQ(countText(1'648'220), "1,648,220");
    EXPECT_EQ(countText(UINT64_MAX), "18,446,744,073,709,551,615");
}

TEST(Figures, IntegerVersionsAreGroupedAndOpaqueOnesAreNot)
{
    EXPECT_EQ(versionText("6120412"), "6,120,412");
    EXPECT_EQ(versionText("123456789012345678901234567890"), "123,456,789,012,345,678,901,234,567,890");
    EXPECT_EQ(versionText("W/\"a8f3\""), "W/\"a8f3\"");
    EXPECT_EQ(versionText(""), kDash);
}

TEST(Figures, SizesAreDecimalWithOneDigit)
{
    EXPECT_EQ(sizeText(684), "684 B");
    EXPECT_EQ(sizeText(999), "999 B");
    EXPECT_EQ(sizeText(6200), "6.2 kB");
    EXPECT_EQ(sizeText(999'950), "1.0 MB");
    EXPECT_EQ(sizeText(11'500'000), "11.5 MB");
    EXPECT_EQ(sizeText(1'100'000'000), "1.1 GB");
}

TEST(Figures, DurationsChangeUnitWithLength)
{
    EXPECT_EQ(durationText(0.1), "0.1 ms");
    EXPECT_EQ(durationText(2), "2 ms");
    EXPECT_EQ(durationText(412.3), "412 ms");
    EXPECT_EQ(durationText(2400), "2.4 s");
    EXPECT_EQ(durationText(44'000), "44 s");
    EXPECT_EQ(durationText(66'000), "1 m 06 s");
    EXPECT_EQ(durationText(747'000), "12 m 27 s");
    EXPECT_EQ(durationText(5'400'000), "1 h 30 m");
    EXPECT_EQ(durationText(-1), kDash);
    EXPECT_EQ(durationText(std::numeric_limits<double>::quiet_NaN()), kDash);
}

TEST(Figures, AgesAreWholeSeconds)
{
    EXPECT_EQ(ageText(0.9), "0 s");
    EXPECT_EQ(ageText(8), "8 s");
    EXPECT_EQ(ageText(1880), "31 m 20 s");
    EXPECT_EQ(ageText(2 * 86'400 + 4 * 3600), "2 d 04 h");
    EXPECT_EQ(ageText(-1), kDash);
}

TEST(Figures, RatesKeepOneDigitUntilTenThousand)
{
    EXPECT_EQ(rateText(0), "0.0/s");
    EXPECT_EQ(rateText(968.1), "968.1/s");
    EXPECT_EQ(rateText(1842), "1,842.0/s");
    EXPECT_EQ(rateText(12'345.4), "12,345/s");
    EXPECT_EQ(rateText(std::numeric_limits<double>::infinity()), kDash);
}

TEST(Figures, LatenciesBelowOneMillisecondKeepADigit)
{
    EXPECT_EQ(latencyText(0.42), "0.4");
    EXPECT_EQ(latencyText(36.4), "36");
    EXPECT_EQ(latencyText(1912), "1,912");
    EXPECT_EQ(latencyText(-1), kDash);
}

TEST(Figures, ClocksAreUtcWhateverTheZone)
{
    qputenv("TZ", "Asia/Tokyo");
    EXPECT_EQ(clockText(kAt), "14:31:49.287");
    EXPECT_EQ(clockSecondsText(kAt), "14:31:49");
    EXPECT_EQ(clockMinutePart(kAt), "14:31:");
    EXPECT_EQ(clockSecondPart(kAt), "49.287");
    EXPECT_EQ(clockText(0), kDash);
    qunsetenv("TZ");
}

TEST(Figures, OutsideTextCannotTurnTheReadingOrderOrHide)
{
    EXPECT_EQ(visible(std::string_view("a\xE2\x80\xAE" "b")), "a\\u202eb");
    EXPECT_EQ(visible(std::string_view("a\nb\x01")), "a\\u000ab\\u0001");
    EXPECT_EQ(visible(std::string_view("zero\xE2\x80\x8Bwidth")), "zero\\u200bwidth");
    EXPECT_EQ(visible(std::string_view("<b>bold</b>")), "<b>bold</b>");
}

TEST(Figures, BytesThatAreNotUtf8AreShownAsReplaced)
{
    EXPECT_EQ(visible(std::string_view("a\xFF\xFE" "b")), QStringLiteral("a\uFFFD\uFFFDb"));
}

TEST(Figures, LongTextIsCutWithAnEllipsisAndNeverInsideACharacter)
{
    const std::string million(1'000'000, 'x');
    EXPECT_EQ(visible(million, 10), QString(10, u'x') + u'\u2026');
    std::string emoji;
    for (int i = 0; i < 100; ++i)
        emoji += "\xF0\x9F\x94\xA5";
    const QString cut = visible(emoji, 7);
    EXPECT_FALSE(cut.contains(u'\uFFFD'));
    EXPECT_FALSE(cut.chopped(1).back().isHighSurrogate());
    EXPECT_EQ(visible(std::string_view("short"), 5), "short");
}
