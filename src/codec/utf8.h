// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8: validation and the replacement that a browser makes.
// Source: RFC 3629; WHATWG Encoding 4.1 (one U+FFFD for each maximal part that cannot be continued).
#pragma once

#include "codec/padded_buffer.h"

#include <string_view>

namespace wg::codec
{

/// Any text; reads nothing past its end.
[[nodiscard]] bool isValidUtf8(std::string_view text) noexcept;
/// The same for text with kPadding readable bytes after its end: plain ASCII takes a few nanoseconds.
[[nodiscard]] bool isValidUtf8Padded(std::string_view text) noexcept;
/// Appends text with each invalid part replaced by U+FFFD.
void appendRepairedUtf8(std::string_view text, PaddedBuffer& out);

} // namespace wg::codec
