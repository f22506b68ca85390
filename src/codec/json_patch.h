// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 6902 patches on JSON text: all operations of a patch apply, or none does.
// Rules:  what no operation reaches keeps its bytes. `test` compares values: numbers by value, of any size and never as
//         floats (1.0 equals 1), strings by their characters, objects whatever the order. A member that the RFC gives a
//         meaning to may stand only once in an operation; others are ignored.
// Limits: the result is at most as large as kEventBytes or the target, and kJsonDepth deep; work is bounded by
//         kJsonPatchWorkBytes, so that no patch can copy itself into a bomb.
// Errors: false; why (if asked for) says which operation could not be done.
// Source: RFC 6902, RFC 6901.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wg::codec
{

/// Bytes read, copied or moved by one patch before it is given up.
inline constexpr std::size_t kJsonPatchWorkBytes = std::size_t{1} << 28;

/// Replaces `out`, which must not be the target's storage.
[[nodiscard]] bool applyJsonPatch(std::string_view target, std::string_view patch, std::string& out,
                                  std::string* why = nullptr);

/// Two texts of the same value, as `test` compares them. Both must be JSON.
[[nodiscard]] bool sameJsonValue(std::string_view a, std::string_view b);

} // namespace wg::codec
