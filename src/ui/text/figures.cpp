// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/figures.h"

#include "base/decimal.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <cmath>

namespace wg::ui {

namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

QString grouped(QString digits)
{
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, u',');
    return digits;
}

QString twoDigits(std::int64_t value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

std::int64_t msOfDay(double wallMs)
{
    const auto ms = static_cast<std::int64_t>(std::floor(wallMs)) % kMsPerDay;
    return ms < 0 ? ms + kMsPerDay : ms;
}

bool isClock(double wallMs)
{
    return std::isfinite(wallMs) && wallMs > 0 && wallMs < 1e16;
}

/// Characters that would change how their neighbours are read, or that cannot be seen.
bool mustEscape(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/// The largest count of bytes up to limit that does not end inside a UTF-8 sequence.
std::size_t wholeSequences(std::string_view utf8, std::size_t limit)
{
    if (utf8.size() <= limit)
        return utf8.size();
    std::size_t end = limit;
    while (end > 0 && limit - end < 4 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80)
        --end;
    return end;
}

} // namespace

QString countText(std::uint64_t count)
{
    return grouped(QString::number(count));
}

QString versionText(std::string_view version)
{
    if (version.empty())
        return kMissing.toString();
    if (isDecimal(version) && version.size() <= 40)
        return grouped(QString::fromLatin1(version.data(), static_cast<qsizetype>(version.size())));
    return visible(version, 64);
}

QString sizeText(std::uint64_t bytes)
{
    if (bytes < 1000)
        return QStringLiteral("%1 B").arg(bytes);
    static constexpr std::array<const char*, 4> kUnits = {"kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    return QString::number(value, 'f', 1) + u' ' + QLatin1String(kUnits[unit]);
}

QString ageText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return kMissing.toString();
    const auto s = static_cast<std::int64_t>(std::min(seconds, 1e12));
    if (s < 60)
        return QStringLiteral("%1 s").arg(s);
    if (s < 3600)
        return QStringLiteral("%1 m %2 s").arg(s / 60).arg(twoDigits(s % 60));
    if (s < 86'400)
        return QStringLiteral("%1 h %2 m").arg(s / 3600).arg(twoDigits(s / 60 % 60));
    return QStringLiteral("%1 d %2 h").arg(s / 86'400).arg(twoDigits(s / 3600 % 24));
}

QString durationText(double ms)
{
    if (!std::isfinite(ms) || ms < 0)
        return kMissing.toString();
    if (ms > 0 && ms < 0.95)
        return QString::number(ms, 'f', 1) + QStringLiteral(" ms");
    if (ms < 999.5)
        return QStringLiteral("%1 ms").arg(std::lround(ms));
    if (ms < 9950)
        return QString::number(ms / 1000, 'f', 1) + QStringLiteral(" s");
    return ageText(ms / 1000 + (ms < 60'000 ? 0.5 : 0));
}

QString rateText(double perSecond)
{
    if (!std::isfinite(perSecond) || perSecond < 0)
        return kMissing.toString();
    if (perSecond < 9999.95) {
        const QString text = QString::number(perSecond, 'f', 1);
        return grouped(text.chopped(2)) + text.last(2) + QStringLiteral("/s");
    }
    return countText(static_cast<std::uint64_t>(std::llround(perSecond))) + QStringLiteral("/s");
}

QString latencyText(double ms)
{
    if (!std::isfinite(ms) || ms < 0)
        return kMissing.toString();
    if (ms < 0.95)
        return QString::number(ms, 'f', 1);
    return countText(static_cast<std::uint64_t>(std::llround(std::min(ms, 1e15))));
}

QString clockMinutePart(double wallMs)
{
    if (!isClock(wallMs))
        return {};
    const std::int64_t ms = msOfDay(wallMs);
    return twoDigits(ms / 3'600'000) + u':' + twoDigits(ms / 60'000 % 60) + u':';
}

QString clockSecondPart(double wallMs)
{
    if (!isClock(wallMs))
        return kMissing.toString();
    const std::int64_t ms = msOfDay(wallMs);
    return twoDigits(ms / 1000 % 60) + u'.' + QStringLiteral("%1").arg(ms % 1000, 3, 10, QLatin1Char('0'));
}

QString clockText(double wallMs)
{
    return clockMinutePart(wallMs) + clockSecondPart(wallMs);
}

QString clockSecondsText(double wallMs)
{
    return isClock(wallMs) ? clockMinutePart(wallMs) + clockSecondPart(wallMs).first(2) : kMissing.toString();
}

QString visible(QStringView text, qsizetype limit)
{
    const bool isCut = text.size() > limit;
    if (isCut) {
        text = text.first(limit);
        if (!text.isEmpty() && text.back().isHighSurrogate())
            text.chop(1);
    }
    QString out;
    out.reserve(text.size() + 1);
    for (const QChar c : text) {
        if (mustEscape(c.unicode()))
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    if (isCut)
        out += u'\u2026';
    return out;
}

QString visible(std::string_view utf8, qsizetype limit)
{
    const std::size_t bytes = wholeSequences(utf8, static_cast<std::size_t>(limit) * 4 + 4);
    return visible(QStringView(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(bytes))), limit);
}

} // namespace wg::ui
