// SPDX-License-Identifier: GPL-3.0-or-later
// ColorBook: which chart colour a connection has, from its first sight to the end of the process, whatever its rank.
// Rules:  the hash of its name picks one of eight; a taken one moves to the next free; with all taken they are shared.
#pragma once

#include <array>
#include <map>
#include <string>

namespace wg::ui {

class ColorBook {
public:
    /// Index of the chart series, 0 to 7.
    [[nodiscard]] int seriesOf(const std::string& name);

private:
    static constexpr std::size_t kColors = 8;
    std::map<std::string, int, std::less<>> m_given;
    std::array<unsigned, kColors> m_uses{};
};

} // namespace wg::ui
