// SPDX-License-Identifier: GPL-3.0-or-later
// KeyIndex: from the hash of a key to the number of its item. Open addressing with linear probing.
// Shape:  slots of 8 bytes (item number + 1 and 32 bits of hash), so most wrong keys are refused without touching
//         their item; erasing shifts back, there are no tombstones and no slow decay.
// Limits: below 2^32 - 1 items; at most 5/8 full. Thread: owned by one store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wg::sync {

/// Asks the processor to bring a cache line near; a hint, whatever at is.
inline void fetchLine([[maybe_unused]] const void* at) noexcept
{
#if defined(__GNUC__)
    __builtin_prefetch(at);
#endif
}

/// 64-bit hash of a key; differs from run to run, so a peer cannot choose keys that collide.
[[nodiscard]] std::uint64_t hashKey(std::string_view key) noexcept;

class KeyIndex {
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// The item whose hash is hash and for which isKey(item) holds, or kNone.
    template <typename IsKey>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, IsKey&& isKey) const
    {
        if (m_slots.empty())
            return kNone;
        for (std::size_t at = hash & m_mask;; at = (at + 1) & m_mask) {
            const Slot slot = m_slots[at];
            if (slot.itemPlusOne == 0)
                return kNone;
            if (slot.hash == hash && isKey(slot.itemPlusOne - 1))
                return slot.itemPlusOne - 1;
        }
    }
    /// Brings the place where hash begins its search near.
    void fetch(std::uint32_t hash) const noexcept
    {
        if (!m_slots.empty())
            fetchLine(&m_slots[hash & m_mask]);
    }
    void insert(std::uint32_t hash, std::uint32_t item); ///< the key must not be there yet
    void erase(std::uint32_t hash, std::uint32_t item);  ///< must be there
    void clear();
    [[nodiscard]] std::size_t bytes() const noexcept { return m_slots.size() * sizeof(Slot); }

private:
    struct Slot { std::uint32_t itemPlusOne = 0; std::uint32_t hash = 0; };
    void place(Slot slot);
    void grow();

    std::vector<Slot> m_slots;
    std::size_t m_mask = 0;
    std::size_t m_count = 0;
};

} // namespace wg::sync
