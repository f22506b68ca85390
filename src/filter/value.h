// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that compare by value whatever their form: integers exactly, never through a float.
// Literal: a value as written in a filter.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace wg::filter {

struct Number {
    enum class Form : std::uint8_t { Signed, Unsigned, Real };
    Form form = Form::Signed;
    std::int64_t i = 0;  ///< Signed
    std::uint64_t u = 0; ///< Unsigned: only values above the signed range
    double d = 0;        ///< Real

    static Number of(std::int64_t v) { return {Form::Signed, v, 0, 0}; }
    static Number of(std::uint64_t v)
    {
        return v <= INT64_MAX ? of(static_cast<std::int64_t>(v)) : Number{Form::Unsigned, 0, v, 0};
    }
    static Number of(double v) { return {Form::Real, 0, 0, v}; }

    /// unordered only where a NaN takes part.
    friend std::partial_ordering operator<=>(const Number& a, const Number& b) noexcept;
    friend bool operator==(const Number& a, const Number& b) noexcept
    {
        return (a <=> b) == std::partial_ordering::equivalent;
    }
    /// Reads the whole text as a JSON number; false if it is none (or too big to be a finite double).
    static bool parse(std::string_view text, Number& out);
};

using Literal = std::variant<std::nullptr_t, bool, Number, std::string>;

/// As it would be written in a filter.
[[nodiscard]] std::string toText(const Literal& literal);
[[nodiscard]] std::string inQuotes(std::string_view text);

} // namespace wg::filter
