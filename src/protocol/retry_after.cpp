// SPDX-License-Identifier: GPL-3.0-or-later
// Retry-After and the three date forms of HTTP (RFC 9110 5.6.7 and 10.2.3).
#include "protocol/decision.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>

namespace wg::protocol
{

namespace
{

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> kLongDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

struct DateParts {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

/// Reads one date from the left; every step fails for good once one has failed.
class DateReader
{
public:
    explicit DateReader(std::string_view text)
        : m_text(text)
    {
    }

    bool isAtEnd() const { return m_isGood && m_text.empty(); }
    bool isGood() const { return m_isGood; }

    void literal(std::string_view expected)
    {
        if (m_text.substr(0, expected.size()) == expected)
            m_text.remove_prefix(expected.size());
        else
            m_isGood = false;
    }
    int number(std::size_t digits)
    {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (i >= m_text.size() || m_text[i] < '0' || m_text[i] > '9') {
                m_isGood = false;
                return 0;
            }
            value = value * 10 + (m_text[i] - '0');
        }
        m_text.remove_prefix(digits);
        return value;
    }
    /// Two digits, or a space and one (asctime).
    int spacedNumber()
    {
        if (m_text.empty() || m_text.front() != ' ')
            return number(2);
        m_text.remove_prefix(1);
        return number(1);
    }
    template <std::size_t N>
    unsigned word(const std::array<std::string_view, N>& words)
    {
        for (std::size_t i = 0; i < N; ++i)
            if (m_text.substr(0, words[i].size()) == words[i]) {
                m_text.remove_prefix(words[i].size());
                return static_cast<unsigned>(i) + 1;
            }
        m_isGood = false;
        return 0;
    }
    void time(DateParts& parts)
    {
        parts.hour = number(2);
        literal(":");
        parts.minute = number(2);
        literal(":");
        parts.second = number(2);
    }

private:
    std::string_view m_text;
    bool m_isGood = true;
};

std::optional<double> toUnixSeconds(const DateParts& parts)
{
    using namespace std::chrono;
    const year_month_day date{year(parts.year), month(parts.month), day(parts.day)};
    // A leap second is written as 60.
    if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > 60)
        return {};
    const double days = static_cast<double>(sys_days(date).time_since_epoch().count());
    return days * 86400 + parts.hour * 3600 + parts.minute * 60 + parts.second;
}

/// The same moment of the calendar, 50 years on (29 February becomes 1 March).
double fiftyYearsAfter(double unixSeconds, int& yearNow)
{
    using namespace std::chrono;
    const double dayNumber = std::floor(unixSeconds / 86400);
    const year_month_day today{sys_days(days(static_cast<int>(dayNumber)))};
    yearNow = static_cast<int>(today.year());
    const auto later = sys_days(today + years(50)).time_since_epoch().count();
    return static_cast<double>(later) * 86400 + (unixSeconds - dayNumber * 86400);
}

/// Sat, 21 Nov 2026 19:31:00 GMT
std::optional<double> parseFixedDate(std::string_view text)
{
    DateReader reader(text);
    DateParts parts;
    reader.word(kDays);
    reader.literal(", ");
    parts.day = static_cast<unsigned>(reader.number(2));
    reader.literal(" ");
    parts.month = reader.word(kMonths);
    reader.literal(" ");
    parts.year = reader.number(4);
    reader.literal(" ");
    reader.time(parts);
    reader.literal(" GMT");
    return reader.isAtEnd() ? toUnixSeconds(parts) : std::nullopt;
}

/// Saturday, 21-Nov-26 19:31:00 GMT: the latest year with these digits that is at most 50 years ahead.
std::optional<double> parseOldDate(std::string_view text, double nowS)
{
    DateReader reader(text);
    DateParts parts;
    reader.word(kLongDays);
    reader.literal(", ");
    parts.day = static_cast<unsigned>(reader.number(2));
    reader.literal("-");
    parts.month = reader.word(kMonths);
    reader.literal("-");
    const int digits = reader.number(2);
    reader.literal(" ");
    reader.time(parts);
    reader.literal(" GMT");
    if (!reader.isAtEnd())
        return {};
    int thisYear = 0;
    const double horizon = fiftyYearsAfter(nowS, thisYear);
    for (int century = thisYear / 100 + 1; century >= thisYear / 100 - 1; --century) {
        parts.year = century * 100 + digits;
        const auto at = toUnixSeconds(parts);
        if (at && *at <= horizon)
            return at;
    }
    return {};
}

/// Sat Nov 21 19:31:00 2026
std::optional<double> parseAscTime(std::string_view text)
{
    DateReader reader(text);
    DateParts parts;
    reader.word(kDays);
    reader.literal(" ");
    parts.month = reader.word(kMonths);
    reader.literal(" ");
    parts.day = static_cast<unsigned>(reader.spacedNumber());
    reader.literal(" ");
    reader.time(parts);
    reader.literal(" ");
    parts.year = reader.number(4);
    return reader.isAtEnd() ? toUnixSeconds(parts) : std::nullopt;
}

std::optional<double> parseHttpDate(std::string_view text, double nowS)
{
    if (const auto at = parseFixedDate(text))
        return at;
    if (const auto at = parseOldDate(text, nowS))
        return at;
    return parseAscTime(text);
}

} // namespace

std::optional<double> parseRetryAfter(std::string_view value, double nowS, std::string_view dateHeader)
{
    value = codec::trimmed(value);
    if (value.empty())
        return {};
    if (std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        double seconds = 0;
        for (const char c : value)
            seconds = seconds * 10 + (c - '0');
        return std::min(seconds, std::numeric_limits<double>::max());
    }
    const auto until = parseHttpDate(value, nowS);
    if (!until)
        return {};
    const double from = parseHttpDate(codec::trimmed(dateHeader), nowS).value_or(nowS);
    return std::max(0.0, *until - from);
}

} // namespace wg::protocol
