// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting fuzz input into chunks, and telling libFuzzer that a rule was broken.
#pragma once

#include "codec/padded_buffer.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wg::fuzz
{

inline void require(bool isKept, const char* rule)
{
    if (isKept)
        return;
    std::fprintf(stderr, "broken rule: %s\n", rule);
    std::abort();
}

inline std::string_view asText(const std::uint8_t* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

/// Takes one byte off the front, 0 if there is none.
inline unsigned takeByte(std::string_view& text)
{
    if (text.empty())
        return 0;
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return byte;
}

/// Feeds a copy whose padding would change the result if it were looked at; one byte further is out of bounds.
template <typename Feed>
void feedCopy(std::string_view chunk, const Feed& feed)
{
    const auto copy = std::make_unique<char[]>(chunk.size() + codec::kPadding);
    if (!chunk.empty())
        std::memcpy(copy.get(), chunk.data(), chunk.size());
    for (std::size_t i = 0; i < codec::kPadding; ++i)
        copy[chunk.size() + i] = "\n\xFF\"\r{"[i % 5];
    feed(std::string_view(copy.get(), chunk.size()));
}

/// In chunks whose sizes follow from the seed; seed 0 is all at once.
template <typename Feed>
void feedInPieces(std::string_view all, unsigned seed, const Feed& feed)
{
    if (seed == 0)
        return feedCopy(all, feed);
    unsigned state = seed;
    while (!all.empty()) {
        state = state * 1103515245u + 12345u;
        const std::size_t size = std::min<std::size_t>(all.size(), state >> 16 & (seed % 2 ? 3 : 31));
        feedCopy(all.substr(0, size), feed);
        all.remove_prefix(size);
    }
}

} // namespace wg::fuzz
