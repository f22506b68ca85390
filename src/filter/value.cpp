// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/value.h"

#include <charconv>
#include <cmath>

namespace wg::filter {
namespace {

constexpr double kTwo63 = 9223372036854775808.0;
constexpr double kTwo64 = 18446744073709551616.0;

/// An integer against a real without rounding either.
std::partial_ordering compareWithReal(const Number& a, double d)
{
    if (std::isnan(d))
        return std::partial_ordering::unordered;
    if (a.form == Number::Form::Signed) {
        if (d >= kTwo63)
            return std::partial_ordering::less;
        if (d < -kTwo63)
            return std::partial_ordering::greater;
        const double whole = std::trunc(d);
        const auto t = static_cast<std::int64_t>(whole);
        if (a.i != t)
            return a.i <=> t;
        return 0.0 <=> (d - whole);
    }
    if (d >= kTwo64)
        return std::partial_ordering::less;
    if (d < kTwo63)
        return std::partial_ordering::greater;
    return a.u <=> static_cast<std::uint64_t>(d); // reals of this size are whole
}

} // namespace

std::partial_ordering operator<=>(const Number& a, const Number& b) noexcept
{
    using Form = Number::Form;
    if (a.form == Form::Real && b.form == Form::Real)
        return a.d <=> b.d;
    if (b.form == Form::Real)
        return compareWithReal(a, b.d);
    if (a.form == Form::Real)
        return 0 <=> compareWithReal(b, a.d);
    if (a.form == b.form)
        return a.form == Form::Signed ? a.i <=> b.i : a.u <=> b.u;
    return a.form == Form::Signed ? std::partial_ordering::less : std::partial_ordering::greater;
}

bool Number::parse(std::string_view text, Number& out)
{
    const char* first = text.data();
    const char* last = first + text.size();
    std::int64_t i = 0;
    if (const auto r = std::from_chars(first, last, i); r.ec == std::errc() && r.ptr == last)
        return out = of(i), true;
    std::uint64_t u = 0;
    if (const auto r = std::from_chars(first, last, u); r.ec == std::errc() && r.ptr == last)
        return out = of(u), true;
    double d = 0;
    if (const auto r = std::from_chars(first, last, d); r.ec == std::errc() && r.ptr == last && std::isfinite(d))
        return out = of(d), true;
    return false;
}

std::string inQuotes(std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20)
                (out += "\\u00") += {kHex[static_cast<unsigned char>(c) >> 4], kHex[c & 15]};
            else
                out += c;
        }
    }
    return out += '"';
}

std::string toText(const Literal& literal)
{
    if (std::holds_alternative<std::nullptr_t>(literal))
        return "null";
    if (const bool* b = std::get_if<bool>(&literal))
        return *b ? "true" : "false";
    if (const std::string* s = std::get_if<std::string>(&literal))
        return inQuotes(*s);
    const Number& n = std::get<Number>(literal);
    if (n.form == Number::Form::Signed)
        return std::to_string(n.i);
    if (n.form == Number::Form::Unsigned)
        return std::to_string(n.u);
    char buffer[32];
    const auto r = std::to_chars(buffer, buffer + sizeof buffer, n.d);
    return {buffer, r.ptr};
}

} // namespace wg::filter
