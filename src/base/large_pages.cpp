// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/large_pages.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace wg {

void* takeLargePages(std::size_t bytes)
{
    if (bytes < kLargePageBytes)
        return ::operator new(bytes);
    void* memory = ::operator new(bytes, std::align_val_t(kLargePageBytes));
#if defined(__linux__)
    // Whole pages only: what follows the last one may belong to somebody else. A refusal does not matter.
    ::madvise(memory, bytes / kLargePageBytes * kLargePageBytes, MADV_HUGEPAGE);
#endif
    return memory;
}

void giveLargePages(void* memory, std::size_t bytes) noexcept
{
    if (bytes < kLargePageBytes)
        ::operator delete(memory);
    else
        ::operator delete(memory, std::align_val_t(kLargePageBytes));
}

} // namespace wg
