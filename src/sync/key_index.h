// SPDX-License-Identifier: GPL-3.0-or-later
// KeyIndex: from the hash of a key to the number of its item. Open addressing with linear probing.
// Shape:  slots of 4 bytes: the item's number + 1 in the low bits, as many bits of its hash as are left above them, so
//         most wrong keys are refused without touching their item and the index of 200,000 keys is 2 MiB. Erasing
//         shifts back: there are no tombstones and no slow decay.
// Limits: item numbers below 5/8 of 2^32, and no number above those in use (free places are used again); at most 5/8
//         full. Thread: owned by one store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace wg::sync
{

/// Asks the processor to bring a cache line near; a hint, whatever at is.
inline void fetchLine([[maybe_unused]] const void* at) noexcept
{
#if defined(__GNUC__)
    __builtin_prefetch(at);
#endif
}

/// 64-bit hash of a key; differs from run to run, so a peer cannot choose keys that collide.
[[nodiscard]] std::uint64_t hashKey(std::string_view key) noexcept;

class KeyIndex
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    /// The item whose hash is hash and for which isKey(item) holds, or kNone.
    template <typename IsKey>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, IsKey&& isKey) const
    {
        if (m_slots.empty())
            return kNone;
        const std::uint32_t tag = tagOf(hash);
        for (std::size_t at = hash & m_mask;; at = (at + 1) & m_mask) {
            const std::uint32_t slot = m_slots[at];
            if (slot == 0)
                return kNone;
            if ((slot & ~m_mask) == tag && isKey((slot & m_mask) - 1))
                return (slot & m_mask) - 1;
        }
    }
    /// Brings the place where hash begins its search near.
    void fetch(std::uint32_t hash) const noexcept
    {
        if (!m_slots.empty())
            fetchLine(&m_slots[hash & m_mask]);
    }
    /// The key must not be there yet. hashOf(item) gives the hash of any item that is.
    template <typename HashOf>
    void insert(std::uint32_t hash, std::uint32_t item, HashOf&& hashOf)
    {
        if ((m_count + 1) * 8 > m_slots.size() * 5)
            grow(hashOf);
        place(hash, item);
        ++m_count;
    }
    /// The key must be there.
    template <typename HashOf>
    void erase(std::uint32_t hash, std::uint32_t item, HashOf&& hashOf)
    {
        std::size_t hole = hash & m_mask;
        while ((m_slots[hole] & m_mask) != item + 1)
            hole = (hole + 1) & m_mask;
        for (std::size_t at = (hole + 1) & m_mask; m_slots[at] != 0; at = (at + 1) & m_mask) {
            const std::size_t home = hashOf((m_slots[at] & m_mask) - 1) & m_mask;
            if (((at - home) & m_mask) >= ((at - hole) & m_mask)) { // it may stand at the hole
                m_slots[hole] = m_slots[at];
                hole = at;
            }
        }
        m_slots[hole] = 0;
        --m_count;
    }
    [[nodiscard]] std::size_t bytes() const noexcept { return m_slots.size() * sizeof(std::uint32_t); }

private:
    static constexpr std::size_t kFirstSlots = 16;

    /// The bits of a slot that an item number never needs: at most 5/8 of the slots are taken, so it fits below them.
    [[nodiscard]] std::uint32_t tagOf(std::uint32_t hash) const noexcept { return hash & ~m_mask; }
    void place(std::uint32_t hash, std::uint32_t item)
    {
        std::size_t at = hash & m_mask;
        while (m_slots[at] != 0)
            at = (at + 1) & m_mask;
        m_slots[at] = tagOf(hash) | (item + 1);
    }
    template <typename HashOf>
    void grow(HashOf&& hashOf)
    {
        const std::vector<std::uint32_t> old =
            std::exchange(m_slots, std::vector<std::uint32_t>(m_slots.empty() ? kFirstSlots : m_slots.size() * 2));
        const std::uint32_t oldMask = std::exchange(m_mask, static_cast<std::uint32_t>(m_slots.size() - 1));
        for (const std::uint32_t slot : old)
            if (slot != 0)
                place(hashOf((slot & oldMask) - 1), (slot & oldMask) - 1);
    }

    std::vector<std::uint32_t> m_slots;
    std::uint32_t m_mask = 0;
    std::size_t m_count = 0;
};

} // namespace wg::sync
