// SPDX-License-Identifier: GPL-3.0-or-later
// DecodeFault: why a decoder stopped for good. One short closed list for all stream decoders.
#pragma once

#include <cstdint>

namespace wg::codec
{

enum class DecodeFault : std::uint8_t {
    None,
    LineTooLong,  ///< a line above the limit
    EventTooLarge ///< an event or message above the limit
};

} // namespace wg::codec
