// SPDX-License-Identifier: GPL-3.0-or-later
// Block: one arena of the event log. Texts grow from its front, column segments from its back; full when they meet.
// Shape:  a Segment holds kRows rows as fixed-width columns (60 B a row). Texts of a row: payload, then the version as
//         text where 64 bits do not hold it, then the key only if its bytes are not part of the payload. Types are
//         written once and shared by reference (equal reference = equal type; the reverse need not hold).
// Limits: kBlockBytes, or as much as one larger row needs. Every byte of it counts against the budget.
// Thread: one writer; rows below rowCount() never change, so any thread reads them without a lock.
#pragma once

#include "events/event_log.h"

#include <atomic>
#include <cstring>
#include <memory>

namespace wg::events {

inline constexpr std::size_t kBlockBytes = 4 * limits::kMiB;

/// Columns of kRows rows. 1008 keeps every column on a cache line of its own set (no column is a multiple of 4 KiB).
struct Segment {
    static constexpr std::uint32_t kRows = 1008;
    std::int64_t receivedNs[kRows];
    double serverMs[kRows];
    std::uint64_t version[kRows]; ///< or offset << 32 | length of its text, where kVersionIsText is set
    std::int64_t delta[kRows];
    std::uint32_t payloadAt[kRows];
    std::uint32_t payloadBytes[kRows];
    std::uint32_t keyAt[kRows];
    std::uint32_t keyBytes[kRows];
    std::uint32_t watch[kRows];
    std::uint32_t type[kRows]; ///< offset of a length (4 B) and the text
    RowKind kind[kRows];
    RowVerdict verdict[kRows];
    std::uint8_t markerKind[kRows];
    std::uint8_t flags[kRows];

    static constexpr std::uint8_t kVersionIsText = 1;
};
static_assert(sizeof(Segment) == std::size_t(60) * Segment::kRows && sizeof(Segment) % 64 == 0);

/// Counts what blocks take, in the list or kept alive by a view, and hands one spare block's memory on to the next.
class BlockMemory;

class Block {
public:
    Block(std::shared_ptr<BlockMemory> memory, Sequence first, std::size_t capacity);
    ~Block();
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    [[nodiscard]] Sequence first() const noexcept { return m_first; }
    [[nodiscard]] std::uint32_t rowCount() const noexcept { return m_rows.load(std::memory_order_acquire); }
    [[nodiscard]] std::size_t capacity() const noexcept { return m_capacity; }
    [[nodiscard]] const char* bytes() const noexcept { return m_bytes; }
    [[nodiscard]] const Segment& segment(std::uint32_t index) const noexcept
    {
        return *reinterpret_cast<const Segment*>(m_bytes + m_capacity - (index + 1) * sizeof(Segment));
    }

    // --- writer
    [[nodiscard]] bool hasRoomFor(std::size_t textBytes) const noexcept
    {
        const std::size_t columns = m_nextRow == Segment::kRows ? sizeof(Segment) : 0;
        return m_tail + textBytes + columns <= m_columnsAt;
    }
    /// Writes the next row, unseen by readers. Room for the texts must have been asked for.
    void write(const NewRow& row, std::uint32_t typeAt) noexcept;
    /// Lets readers see the row written last, with this verdict and delta.
    void show(RowVerdict verdict, std::int64_t delta) noexcept
    {
        m_segment->verdict[m_nextRow - 1] = verdict;
        m_segment->delta[m_nextRow - 1] = delta;
        m_rows.store(m_rows.load(std::memory_order_relaxed) + 1, std::memory_order_release);
    }
    /// Forgets the row written last, which no reader has seen.
    void takeBack() noexcept
    {
        --m_nextRow;
        m_tail = m_tailBefore;
    }
    /// Writes a type's length and text; returns where.
    std::uint32_t addType(std::string_view type) noexcept;

private:
    std::uint32_t addText(std::string_view text) noexcept
    {
        const auto at = static_cast<std::uint32_t>(m_tail);
        if (!text.empty())
            std::memcpy(m_bytes + m_tail, text.data(), text.size());
        m_tail += text.size();
        return at;
    }

    const std::shared_ptr<BlockMemory> m_memory;
    const Sequence m_first;
    const std::size_t m_capacity;
    char* const m_bytes;
    std::atomic<std::uint32_t> m_rows{0};
    // the writer's own
    std::size_t m_tail = 0;                    ///< end of the texts
    std::size_t m_tailBefore = 0;              ///< the same before the row written last
    std::size_t m_columnsAt;                   ///< start of the newest segment
    std::uint32_t m_nextRow = Segment::kRows;  ///< in the newest segment
    Segment* m_segment = nullptr;
};

} // namespace wg::events
