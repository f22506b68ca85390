// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/block_memory.h"

#include "events/block.h"

#include <new>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#define WG_HAS_MMAP 1
#endif

namespace wg::events {
namespace {

constexpr std::align_val_t kAlignment{4096};

char* fromSystem(std::size_t bytes)
{
#ifdef WG_HAS_MMAP
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    // Large pages and one call instead of a fault a page. No matter if either is refused.
#ifdef MADV_HUGEPAGE
    ::madvise(memory, bytes, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
    ::madvise(memory, bytes, MADV_POPULATE_WRITE);
#endif
    return static_cast<char*>(memory);
#else
    return static_cast<char*>(::operator new(bytes, kAlignment));
#endif
}

void toSystem(char* memory, [[maybe_unused]] std::size_t bytes) noexcept
{
#ifdef WG_HAS_MMAP
    ::munmap(memory, bytes);
#else
    ::operator delete(memory, kAlignment);
#endif
}

} // namespace

BlockMemory::~BlockMemory() { dropSpare(); }

char* BlockMemory::take(std::size_t bytes)
{
    if (bytes == kBlockBytes) {
        const std::scoped_lock lock(m_mutex);
        if (m_spare)
            return std::exchange(m_spare, nullptr);
    }
    m_held.fetch_add(bytes, std::memory_order_relaxed);
    return fromSystem(bytes);
}

void BlockMemory::giveBack(char* memory, std::size_t bytes) noexcept
{
    if (bytes == kBlockBytes) {
        const std::scoped_lock lock(m_mutex);
        if (!m_spare) {
            m_spare = memory;
            return;
        }
    }
    m_held.fetch_sub(bytes, std::memory_order_relaxed);
    toSystem(memory, bytes);
}

void BlockMemory::dropSpare() noexcept
{
    const std::scoped_lock lock(m_mutex);
    if (char* spare = std::exchange(m_spare, nullptr)) {
        m_held.fetch_sub(kBlockBytes, std::memory_order_relaxed);
        toSystem(spare, kBlockBytes);
    }
}

} // namespace wg::events
