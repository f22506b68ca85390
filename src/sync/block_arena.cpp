// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/block_arena.h"

#include "base/large_pages.h"

#include <algorithm>
#include <bit>

namespace wg::sync
{

namespace
{

constexpr std::size_t kChunkBytes = 4 * 1024 * 1024;
constexpr unsigned kFirstBit = 5; ///< the smallest class is 1 << 5 bytes

struct SizeClass {
    std::size_t index;
    std::size_t bytes;
};

/// The smallest class that holds want: 2^n or 2^n * 1.5.
SizeClass classFor(std::size_t want)
{
    const std::size_t size = std::max<std::size_t>(want, std::size_t{1} << kFirstBit);
    const unsigned top = static_cast<unsigned>(std::bit_width(size - 1)); // size <= 2^top
    const std::size_t three = (std::size_t{1} << top) / 4 * 3;
    if (top > kFirstBit && size <= three)
        return {(top - kFirstBit) * 2 - 1, three};
    return {(top - kFirstBit) * 2, std::size_t{1} << top};
}

} // namespace

char* BlockArena::take(std::size_t want, std::uint32_t& capacity)
{
    if (want > kLargest) {
        capacity = static_cast<std::uint32_t>(want + want / 4);
        char* block = new char[capacity];
        m_large.push_back(block);
        m_used += capacity;
        return block;
    }
    const SizeClass fit = classFor(want);
    capacity = static_cast<std::uint32_t>(fit.bytes);
    m_used += fit.bytes;
    if (Free* head = m_free[fit.index]) {
        m_free[fit.index] = head->next;
        return reinterpret_cast<char*>(head);
    }
    return carve(fit.bytes);
}

void BlockArena::give(char* block, std::uint32_t capacity)
{
    m_used -= capacity;
    if (capacity > kLargest) {
        const auto at = std::find(m_large.begin(), m_large.end(), block);
        *at = m_large.back();
        m_large.pop_back();
        delete[] block;
        return;
    }
    const SizeClass fit = classFor(capacity);
    auto* head = reinterpret_cast<Free*>(block);
    head->next = m_free[fit.index];
    m_free[fit.index] = head;
}

char* BlockArena::carve(std::size_t size)
{
    if (m_left < size) {
        const std::size_t bytes = std::max(m_nextChunk, size);
        m_cursor = static_cast<char*>(takeLargePages(bytes));
        m_chunks.push_back({m_cursor, bytes});
        m_left = bytes;
        m_nextChunk = std::min(m_nextChunk * 2, kChunkBytes);
    }
    char* block = m_cursor;
    m_cursor += size;
    m_left -= size;
    return block;
}

void BlockArena::clear()
{
    for (char* block : m_large)
        delete[] block;
    m_large.clear();
    for (const Chunk& chunk : m_chunks)
        giveLargePages(chunk.bytes, chunk.size);
    m_chunks.clear();
    m_free.fill(nullptr);
    m_cursor = nullptr;
    m_left = 0;
    m_nextChunk = 4 * 1024;
    m_used = 0;
}

} // namespace wg::sync
