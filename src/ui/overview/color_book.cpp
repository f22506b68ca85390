// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/color_book.h"

#include <algorithm>
#include <cstdint>

namespace wg::ui {

int ColorBook::seriesOf(const std::string& name)
{
    if (const auto found = m_given.find(name); found != m_given.end())
        return found->second;
    std::uint32_t hash = 2166136261u; // FNV-1a: the same colour in every run
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const unsigned least = *std::min_element(m_uses.begin(), m_uses.end());
    std::size_t at = hash % kColors;
    while (m_uses[at] > least)
        at = (at + 1) % kColors;
    ++m_uses[at];
    m_given.emplace(name, static_cast<int>(at));
    return static_cast<int>(at);
}

} // namespace wg::ui
