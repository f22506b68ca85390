// SPDX-License-Identifier: GPL-3.0-or-later
// Writing JSON text: the little that requests and reports need. Source: RFC 8259 7.
#pragma once

#include <string>
#include <string_view>

namespace wg::dialect {

/// text in quotes with what must be escaped escaped; bytes that are not valid UTF-8 become U+FFFD.
[[nodiscard]] std::string jsonString(std::string_view text);
void appendJsonString(std::string& out, std::string_view text);

} // namespace wg::dialect
