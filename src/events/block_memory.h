// SPDX-License-Identifier: GPL-3.0-or-later
// BlockMemory: where the memory of blocks comes from and goes to: straight from and to the system, so that what is let
// go is really gone. One spare of the usual size is kept, which spares a running log the page faults of a fresh one.
// Thread: any.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>

namespace wg::events {

class BlockMemory {
public:
    BlockMemory() = default;
    ~BlockMemory();
    BlockMemory(const BlockMemory&) = delete;
    BlockMemory& operator=(const BlockMemory&) = delete;

    /// Page-aligned. Ends the program if the system has none left, as operator new would.
    [[nodiscard]] char* take(std::size_t bytes);
    void giveBack(char* memory, std::size_t bytes) noexcept;
    void dropSpare() noexcept;
    /// Bytes held from the system now, the spare included.
    [[nodiscard]] std::size_t held() const noexcept { return m_held.load(std::memory_order_relaxed); }

private:
    std::mutex m_mutex;
    char* m_spare = nullptr;
    std::atomic<std::size_t> m_held{0};
};

} // namespace wg::events
