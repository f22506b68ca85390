// SPDX-License-Identifier: GPL-3.0-or-later
// Writing JSON text onto the end of a string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wg::gateway {

/// The text between quotes, without them.
void appendEscaped(std::string& out, std::string_view text);
/// Quoted and escaped.
void appendText(std::string& out, std::string_view text);
void appendNumber(std::string& out, std::uint64_t number);
/// A version: a number, or a decimal string above 2^53.
void appendVersion(std::string& out, std::uint64_t version);
/// Microseconds as milliseconds with three decimals.
void appendMs(std::string& out, std::int64_t microseconds);
/// A real with this many decimals (0..4).
[[nodiscard]] std::string fixed(double value, int decimals);

} // namespace wg::gateway
