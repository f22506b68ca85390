// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/key_index.h"

#include <cstring>
#include <random>

namespace wg::sync {

namespace {

constexpr std::size_t kFirstSlots = 16;

/// The one place below io that asks the system for randomness: only the order of probing depends on it, nothing seen.
std::uint64_t processSecret()
{
    static const std::uint64_t secret = [] {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32 | device()) | 1;
    }();
    return secret;
}

__extension__ using Wide = unsigned __int128; // GCC and Clang on every platform that we build for

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* from, std::size_t count)
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, count);
    return word;
}

} // namespace

std::uint64_t hashKey(std::string_view key) noexcept
{
    const std::uint64_t secret = processSecret();
    std::uint64_t state = secret ^ key.size();
    const char* at = key.data();
    std::size_t left = key.size();
    for (; left >= 8; at += 8, left -= 8)
        state = mix(state ^ load(at, 8), (secret ^ 0x9E3779B97F4A7C15ull) | 1);
    if (left > 0)
        state = mix(state ^ load(at, left), (secret ^ 0xD1B54A32D192ED03ull) | 1);
    return mix(state ^ 0x8CB92BA72F3D8DD7ull, secret);
}

void KeyIndex::insert(std::uint32_t hash, std::uint32_t item)
{
    if ((m_count + 1) * 8 > m_slots.size() * 5)
        grow();
    place({item + 1, hash});
    ++m_count;
}

void KeyIndex::place(Slot slot)
{
    std::size_t at = slot.hash & m_mask;
    while (m_slots[at].itemPlusOne != 0)
        at = (at + 1) & m_mask;
    m_slots[at] = slot;
}

void KeyIndex::erase(std::uint32_t hash, std::uint32_t item)
{
    std::size_t hole = hash & m_mask;
    while (m_slots[hole].itemPlusOne != item + 1)
        hole = (hole + 1) & m_mask;
    for (std::size_t at = (hole + 1) & m_mask; m_slots[at].itemPlusOne != 0; at = (at + 1) & m_mask) {
        const std::size_t home = m_slots[at].hash & m_mask;
        if (((at - home) & m_mask) >= ((at - hole) & m_mask)) { // it may stand at the hole
            m_slots[hole] = m_slots[at];
            hole = at;
        }
    }
    m_slots[hole] = {};
    --m_count;
}

void KeyIndex::grow()
{
    std::vector<Slot> old(m_slots.empty() ? kFirstSlots : m_slots.size() * 2);
    old.swap(m_slots);
    m_mask = m_slots.size() - 1;
    for (const Slot slot : old)
        if (slot.itemPlusOne != 0)
            place(slot);
}

void KeyIndex::clear()
{
    m_slots.clear();
    m_mask = 0;
    m_count = 0;
}

} // namespace wg::sync
