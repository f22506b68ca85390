// SPDX-License-Identifier: GPL-3.0-or-later
// BlockArena: byte blocks for the store. Freed blocks are kept by size and given out again, so a store whose items
// change but do not grow stops asking the system for memory.
// Units:  sizes in bytes; classes 32, 48, 64, 96, 128, ... up to 64 KiB; larger blocks come from the system alone.
// Limits: chunks double from 4 KiB to 4 MiB, the largest in large pages. Thread: owned by one store.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wg::sync
{

class BlockArena
{
public:
    BlockArena() = default;
    BlockArena(const BlockArena&) = delete;
    BlockArena& operator=(const BlockArena&) = delete;
    ~BlockArena() { clear(); }

    /// A block of at least want bytes, aligned for pointers; capacity is what it can hold.
    [[nodiscard]] char* take(std::size_t want, std::uint32_t& capacity);
    void give(char* block, std::uint32_t capacity);
    void clear();
    [[nodiscard]] std::size_t usedBytes() const noexcept { return m_used; } ///< capacity of the blocks given out

private:
    static constexpr std::size_t kSmallest = 32;
    static constexpr std::size_t kLargest = 64 * 1024;
    static constexpr std::size_t kClasses = 23; ///< two per power of two from 32 to 64 KiB

    struct Free {
        Free* next;
    };
    [[nodiscard]] char* carve(std::size_t size);

    std::array<Free*, kClasses> m_free{};
    struct Chunk {
        char* bytes;
        std::size_t size;
    };
    std::vector<Chunk> m_chunks;
    std::vector<char*> m_large;
    char* m_cursor = nullptr;
    std::size_t m_left = 0;
    std::size_t m_nextChunk = 4 * 1024;
    std::size_t m_used = 0;
};

} // namespace wg::sync
