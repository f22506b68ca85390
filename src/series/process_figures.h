// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessFigures: what this program itself takes. Sans-IO: the texts are read elsewhere.
// Source: proc(5), /proc/self/stat: fields utime (14), stime (15) and rss (24).
#pragma once

#include <optional>
#include <string_view>

namespace wg::series {

struct ProcessFigures {
    double cpuSeconds = 0; ///< user and system, since the start
    double memoryMb = 0;   ///< resident, in 10^6 B
    double files = 0;      ///< open descriptors; counted by the reader of /proc/self/fd

    /// Nothing if the text is not of that form. ticksPerS: sysconf(_SC_CLK_TCK); pageBytes: sysconf(_SC_PAGESIZE).
    [[nodiscard]] static std::optional<ProcessFigures> parse(std::string_view stat, double files, long ticksPerS,
                                                             long pageBytes);
};

} // namespace wg::series
