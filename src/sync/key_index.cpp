// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/key_index.h"

#include <cstring>
#include <random>

namespace wg::sync
{

namespace
{

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

template <typename Word>
std::uint64_t load(const char* from)
{
    Word word = 0;
    std::memcpy(&word, from, sizeof word);
    return word;
}

} // namespace

std::uint64_t hashKey(std::string_view key) noexcept
{
    const std::uint64_t secret = processSecret();
    const char* at = key.data();
    std::size_t left = key.size();
    std::uint64_t state = secret ^ left;
    for (; left > 16; at += 16, left -= 16)
        state = mix(load<std::uint64_t>(at) ^ 0x9E3779B97F4A7C15ull ^ state, load<std::uint64_t>(at + 8) ^ secret);
    // The last 16 bytes as two words that overlap where there are fewer: no byte is left out, none is read behind the
    // key.
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    if (left >= 8) {
        head = load<std::uint64_t>(at);
        tail = load<std::uint64_t>(at + left - 8);
    } else if (left >= 4) {
        head = load<std::uint32_t>(at);
        tail = load<std::uint32_t>(at + left - 4);
    } else if (left > 0) {
        head = static_cast<unsigned char>(at[0]);
        tail = static_cast<std::uint64_t>(static_cast<unsigned char>(at[left / 2])) << 8 |
               static_cast<unsigned char>(at[left - 1]);
    }
    return mix(mix(head ^ 0xD1B54A32D192ED03ull ^ state, tail ^ secret), secret ^ 0x8CB92BA72F3D8DD7ull);
}

} // namespace wg::sync
