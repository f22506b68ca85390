// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/publication.h"

#include <array>

namespace wg::engine {

std::string_view toString(ViewState state) noexcept
{
    static constexpr std::array<std::string_view, 11> kNames{"connecting", "snapshot", "live",   "gap",    "resync", "stale",
                                                             "retrying",   "failed",   "auth", "paused", "closed"};
    return kNames[static_cast<std::size_t>(state)];
}

} // namespace wg::engine
