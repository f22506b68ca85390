// SPDX-License-Identifier: GPL-3.0-or-later
// Feeding the same bytes in many ways. Every chunk is a copy of its own, followed by padding that would change the
// result if a decoder looked at it.
#pragma once

#include "codec/padded_buffer.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::test
{

using Chunks = std::vector<std::string>;

inline std::string withHostilePadding(std::string_view bytes)
{
    std::string padded(bytes);
    while (padded.size() < bytes.size() + codec::kPadding)
        padded += "\n\n\xFF\"\r";
    return padded;
}

inline void feedChunk(std::string_view bytes, const std::function<void(std::string_view)>& feed)
{
    const std::string padded = withHostilePadding(bytes);
    feed(std::string_view(padded).substr(0, bytes.size()));
}

inline std::string joined(const Chunks& chunks)
{
    std::string all;
    for (const std::string& chunk : chunks)
        all += chunk;
    return all;
}

inline Chunks byteByByte(std::string_view bytes)
{
    Chunks chunks;
    for (const char c : bytes)
        chunks.emplace_back(1, c);
    return chunks;
}

inline Chunks cutAt(std::string_view bytes, std::size_t at)
{
    return {std::string(bytes.substr(0, at)), std::string(bytes.substr(at))};
}

/// As given, joined, byte by byte, and cut in two at every position (every `stride`th of long input).
inline void forEveryChunking(const Chunks& given, const std::function<void(const Chunks&, const std::string& how)>& run)
{
    const std::string all = joined(given);
    run(given, "as given");
    run({all}, "joined");
    run(byteByByte(all), "byte by byte");
    const std::size_t stride = all.size() > 4000 ? all.size() / 400 : 1;
    for (std::size_t at = 1; at < all.size(); at += stride)
        run(cutAt(all, at), "cut at " + std::to_string(at));
}

} // namespace wg::test
