// SPDX-License-Identifier: GPL-3.0-or-later
// Whole numbers of any size as decimal text: versions must never go through a float (2^53).
#pragma once

#include <compare>
#include <string_view>

namespace wg {

/// True for one or more digits.
[[nodiscard]] constexpr bool isDecimal(std::string_view text) noexcept
{
    if (text.empty())
        return false;
    for (const char c : text)
        if (c < '0' || c > '9')
            return false;
    return true;
}

/// Compares two decimal texts by value; leading zeros do not matter. Both must satisfy isDecimal.
[[nodiscard]] constexpr std::strong_ordering compareDecimal(std::string_view a, std::string_view b) noexcept
{
    while (a.size() > 1 && a.front() == '0')
        a.remove_prefix(1);
    while (b.size() > 1 && b.front() == '0')
        b.remove_prefix(1);
    if (a.size() != b.size())
        return a.size() <=> b.size();
    const int order = a.compare(b);
    return order < 0 ? std::strong_ordering::less : order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

} // namespace wg
