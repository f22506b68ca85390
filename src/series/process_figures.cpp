// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/process_figures.h"

#include <charconv>
#include <cstdint>

namespace wg::series {

std::optional<ProcessFigures> ProcessFigures::parse(std::string_view stat, double files, long ticksPerS, long pageBytes)
{
    constexpr int kUserTime = 14;
    constexpr int kSystemTime = 15;
    constexpr int kResident = 24;
    // The name (field 2) may hold spaces and brackets: what counts comes after the last bracket.
    const std::size_t name = stat.rfind(')');
    if (name == std::string_view::npos || ticksPerS <= 0 || pageBytes <= 0)
        return {};
    std::string_view rest = stat.substr(name + 1);
    std::uint64_t ticks = 0;
    for (int field = 3; field <= kResident; ++field) {
        const std::size_t begin = rest.find_first_not_of(" \n");
        if (begin == std::string_view::npos)
            return {};
        rest.remove_prefix(begin);
        const std::string_view word = rest.substr(0, rest.find_first_of(" \n"));
        rest.remove_prefix(word.size());
        if (field != kUserTime && field != kSystemTime && field != kResident)
            continue;
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc() || end != word.data() + word.size())
            return {};
        if (field == kResident)
            return ProcessFigures{static_cast<double>(ticks) / static_cast<double>(ticksPerS),
                                  static_cast<double>(number) * static_cast<double>(pageBytes) / 1e6, files};
        ticks += number;
    }
    return {};
}

} // namespace wg::series
