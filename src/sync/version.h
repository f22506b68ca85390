// SPDX-License-Identifier: GPL-3.0-or-later
// Version: a point in one resource's history. A whole number of any size, or an opaque word, or nothing yet.
// Numbers that fit 64 bits are held as such, so the common case neither allocates nor compares text.
// Source: PROTOCOL 1 of this project (numbers on the wire may be decimal strings), SYNC rules "never as floats".
#pragma once

#include "base/decimal.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace wg::sync
{

class Version
{
public:
    Version() = default;
    explicit Version(std::uint64_t number)
        : m_number(number)
        , m_kind(Kind::Number)
    {
    }

    /// Reads digits as a number (any size), anything else as an opaque word; empty text gives the absent version.
    static Version fromText(std::string_view text)
    {
        Version v;
        v.assign(text);
        return v;
    }
    /// Always an opaque word, for orders that allow equality only.
    static Version opaque(std::string_view text)
    {
        Version v;
        v.m_kind = text.empty() ? Kind::Absent : Kind::Text;
        v.m_text = text;
        return v;
    }
    /// As fromText, reusing this object's storage (no allocation for numbers up to 2^64-1).
    void assign(std::string_view text)
    {
        m_text.clear();
        m_number = 0;
        if (text.empty()) {
            m_kind = Kind::Absent;
            return;
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), m_number);
        if (error == std::errc() && end == text.data() + text.size()) {
            m_kind = Kind::Number;
            return;
        }
        m_number = 0;
        m_text = text;
        m_kind = isDecimal(text) ? Kind::BigNumber : Kind::Text;
    }
    void assign(std::uint64_t number) noexcept
    {
        m_text.clear();
        m_number = number;
        m_kind = Kind::Number;
    }
    void clear() { assign(std::string_view()); }

    [[nodiscard]] bool isAbsent() const noexcept { return m_kind == Kind::Absent; }
    [[nodiscard]] bool isNumber() const noexcept { return m_kind == Kind::Number; }
    [[nodiscard]] bool isComparable() const noexcept { return m_kind == Kind::Number || m_kind == Kind::BigNumber; }
    /// The value if isNumber(), else 0.
    [[nodiscard]] std::uint64_t number() const noexcept { return m_number; }
    [[nodiscard]] std::string toString() const { return m_kind == Kind::Number ? std::to_string(m_number) : m_text; }

    friend bool operator==(const Version& a, const Version& b) noexcept
    {
        if (a.m_kind != b.m_kind)
            return false;
        if (a.m_kind == Kind::Number)
            return a.m_number == b.m_number;
        if (a.m_kind == Kind::BigNumber)
            return compareDecimal(a.m_text, b.m_text) == std::strong_ordering::equal;
        return a.m_text == b.m_text;
    }
    /// unordered unless both are numbers.
    friend std::partial_ordering operator<=>(const Version& a, const Version& b) noexcept
    {
        if (a.m_kind == Kind::Number && b.m_kind == Kind::Number)
            return a.m_number <=> b.m_number;
        if (!a.isComparable() || !b.isComparable())
            return a == b ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
        return compareDecimal(a.toString(), b.toString());
    }
    /// True if this is exactly other + 1 (both numbers).
    [[nodiscard]] bool follows(const Version& other) const
    {
        if (m_kind == Kind::Number && other.m_kind == Kind::Number)
            return other.m_number != UINT64_MAX && m_number == other.m_number + 1;
        return isComparable() && other.isComparable() && *this == other.successor();
    }
    /// This number + 1; the absent or opaque version gives itself.
    [[nodiscard]] Version successor() const
    {
        if (m_kind == Kind::Number && m_number != UINT64_MAX)
            return Version(m_number + 1);
        if (!isComparable())
            return *this;
        std::string digits = toString();
        std::size_t i = digits.size();
        while (i > 0 && digits[i - 1] == '9')
            digits[--i] = '0';
        if (i == 0)
            digits.insert(digits.begin(), '1');
        else
            ++digits[i - 1];
        return fromText(digits);
    }

private:
    enum class Kind : std::uint8_t { Absent, Number, BigNumber, Text };
    std::uint64_t m_number = 0;
    std::string m_text;
    Kind m_kind = Kind::Absent;
};

/// EPOCH:VERSION, what a client stores and resumes from. The epoch may be empty where a source has none.
struct Cursor {
    std::string epoch;
    Version version;

    [[nodiscard]] std::string toString() const
    {
        return epoch.empty() ? version.toString() : epoch + ":" + version.toString();
    }
    friend bool operator==(const Cursor&, const Cursor&) = default;
};

} // namespace wg::sync
