// SPDX-License-Identifier: GPL-3.0-or-later
// LargePages: memory for big tables that are read at random, in large pages where the system has them: every such read
// would else wait for the address first and for the bytes then.
// Limits: from kLargePageBytes on; what is smaller comes from operator new. Ends the program if there is no memory.
// Thread: any.
#pragma once

#include <cstddef>
#include <limits>
#include <new>

namespace wg {

inline constexpr std::size_t kLargePageBytes = std::size_t(2) << 20;

[[nodiscard]] void* takeLargePages(std::size_t bytes);
void giveLargePages(void* memory, std::size_t bytes) noexcept;

/// For std::vector and its like.
template <typename T>
struct LargePageAllocator {
    using value_type = T;
    LargePageAllocator() = default;
    template <typename Other>
    LargePageAllocator(const LargePageAllocator<Other>&) noexcept // NOLINT: conversions are part of an allocator
    {
    }
    [[nodiscard]] T* allocate(std::size_t count)
    {
        if (count > std::numeric_limits<std::size_t>::max() / sizeof(T))
            throw std::bad_array_new_length();
        return static_cast<T*>(takeLargePages(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t count) noexcept { giveLargePages(memory, count * sizeof(T)); }
    friend bool operator==(LargePageAllocator, LargePageAllocator) noexcept { return true; }
};

} // namespace wg
