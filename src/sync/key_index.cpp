// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/key_index.h"

#include <cstring>
#include <random>

namespace wg::sync {

namespace {

/// The one place below io that asks the system for randomness: only the order of probing depends on it, nothing seen.
std::uint64_t processSecret()
{
    static const std::uint64_t secret = [] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32 | device()) | 1;
    }();
    return secret;
}

__extension__ using Wide = unsigned __int128; // GCC and Clang on every platform that we build for

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* from, std::size_t count)
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, count);
    return word;
}

} // namespace

std::uint64_t hashKey(std::string_view key) noexcept
{
    const std::uint64_t secret = processSecret();
    std::uint64_t state = secret ^ key.size();
    const char* at = key.data();
    std::size_t left = key.size();
    for (; left >= 8; at += 8, left -= 8)
        state = mix(state ^ load(at, 8), (secret ^ 0x9E3779B97F4A7C15ull) | 1);
    if (left > 0)
        state = mix(state ^ load(at, left), (secret ^ 0xD1B54A32D192ED03ull) | 1);
    return mix(state ^ 0x8CB92BA72F3D8DD7ull, secret);
}

} // namespace wg::sync
