// SPDX-License-Identifier: GPL-3.0-or-later
// TypeCache: where the types of the open block were written, so that each is written about once per block.
// Shape:  64 sets of two; a type that was pushed out is written again. Bounded whatever names a source makes up.
// Thread: the log's writer.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wg::events {

class TypeCache {
public:
    void clear() noexcept { m_entries.fill({}); }

    /// bytes: the block's. True if the type is there, at its place.
    [[nodiscard]] bool find(const char* bytes, std::string_view type, std::uint32_t& at) noexcept
    {
        m_set = setOf(type);
        for (const Entry& entry : {m_entries[m_set], m_entries[m_set + 1]}) {
            if (!entry.isTaken || entry.size != type.size())
                continue;
            if (type.empty() || std::memcmp(bytes + entry.at + sizeof(std::uint32_t), type.data(), type.size()) == 0) {
                at = entry.at;
                return true;
            }
        }
        return false;
    }
    /// After a find() of the same type that said no.
    void remember(std::string_view type, std::uint32_t at) noexcept
    {
        m_entries[m_set + 1] = m_entries[m_set];
        m_entries[m_set] = {at, static_cast<std::uint32_t>(type.size()), true};
    }

private:
    struct Entry {
        std::uint32_t at = 0;
        std::uint32_t size = 0;
        bool isTaken = false;
    };
    static std::size_t setOf(std::string_view type) noexcept
    {
        // First and last eight bytes and the length tell the names of one source apart.
        std::uint64_t head = 0;
        std::uint64_t tail = 0;
        const std::size_t n = type.size() < 8 ? type.size() : 8;
        if (n > 0) {
            std::memcpy(&head, type.data(), n);
            std::memcpy(&tail, type.data() + type.size() - n, n);
        }
        const std::uint64_t mixed = (head ^ (tail << 7 | tail >> 57) ^ type.size()) * 0x9E3779B97F4A7C15ull;
        return (mixed >> 58) * 2;
    }

    std::array<Entry, 128> m_entries{};
    std::size_t m_set = 0;
};

} // namespace wg::events
