// SPDX-License-Identifier: GPL-3.0-or-later
// Digits to numbers, eight at a time where there are so many. Nothing is allocated, nothing is rounded.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wg::dialect {

inline constexpr std::size_t kMostDigits = 19; ///< of any number below 2^64 by their count alone

/// The value of eight digits that stand in memory order; false if one of the bytes is none.
inline bool readEightDigits(const char* at, std::uint64_t& out) noexcept
{
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    const std::uint64_t above = bytes + 0x4646464646464646ull; // carries into the high bits above '9'
    const std::uint64_t below = bytes - 0x3030303030303030ull; // and below '0'
    if (((above | below) & 0x8080808080808080ull) != 0)
        return false;
    bytes = below;
    bytes = bytes * 10 + (bytes >> 8); // pairs, in every other byte
    constexpr std::uint64_t kPairs = 0x000000FF000000FFull;
    out = ((bytes & kPairs) * (100 + (1'000'000ull << 32)) + ((bytes >> 16) & kPairs) * (1 + (10'000ull << 32))) >> 32;
    return true;
}

/// text is all digits, at least one, at most kMostDigits; else false.
inline bool readDigits(std::string_view text, std::uint64_t& out) noexcept
{
    if (text.empty() || text.size() > kMostDigits)
        return false;
    const char* at = text.data();
    const char* const end = at + text.size();
    out = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (std::uint64_t eight = 0; end - at >= 8; at += 8) {
            if (!readEightDigits(at, eight))
                return false;
            out = out * 100'000'000 + eight;
        }
    }
    for (; at < end; ++at) {
        const auto digit = static_cast<unsigned char>(*at - '0');
        if (digit > 9)
            return false;
        out = out * 10 + digit;
    }
    return true;
}

} // namespace wg::dialect
