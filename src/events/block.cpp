// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/block.h"

#include "events/block_memory.h"

#include <functional>
#include <new>

namespace wg::events {
namespace {

/// True if part is made of bytes of whole (the same bytes, not equal ones).
bool isWithin(std::string_view part, std::string_view whole) noexcept
{
    const std::less_equal<const char*> notAfter;
    return !part.empty() && notAfter(whole.data(), part.data()) &&
           notAfter(part.data() + part.size(), whole.data() + whole.size());
}

} // namespace

Block::Block(std::shared_ptr<BlockMemory> memory, Sequence first, std::size_t capacity)
    : m_memory(std::move(memory)), m_first(first), m_capacity(capacity), m_bytes(m_memory->take(capacity)),
      m_columnsAt(capacity)
{
}

Block::~Block() { m_memory->giveBack(m_bytes, m_capacity); }

std::uint32_t Block::addType(std::string_view type) noexcept
{
    const auto length = static_cast<std::uint32_t>(type.size());
    const std::uint32_t at = addText({reinterpret_cast<const char*>(&length), sizeof length});
    addText(type);
    return at;
}

void Block::write(const NewRow& row, std::uint32_t typeAt) noexcept
{
    if (m_nextRow == Segment::kRows) {
        m_columnsAt -= sizeof(Segment);
        m_segment = new (m_bytes + m_columnsAt) Segment;
        m_nextRow = 0;
    }
    Segment& s = *m_segment;
    const std::uint32_t i = m_nextRow++;
    m_tailBefore = m_tail;
    const std::uint32_t payloadAt = addText(row.payload);
    s.receivedNs[i] = row.receivedNs;
    s.serverMs[i] = row.serverMs;
    s.payloadAt[i] = payloadAt;
    s.payloadBytes[i] = static_cast<std::uint32_t>(row.payload.size());
    s.watch[i] = row.watch;
    s.type[i] = typeAt;
    s.kind[i] = row.kind;
    s.markerKind[i] = row.markerKind;
    if (row.versionText.empty()) {
        s.version[i] = row.version;
        s.flags[i] = 0;
    } else {
        s.version[i] = std::uint64_t(addText(row.versionText)) << 32 | row.versionText.size();
        s.flags[i] = Segment::kVersionIsText;
    }
    s.keyAt[i] = isWithin(row.key, row.payload)
                     ? payloadAt + static_cast<std::uint32_t>(row.key.data() - row.payload.data())
                     : addText(row.key);
    s.keyBytes[i] = static_cast<std::uint32_t>(row.key.size());
}

} // namespace wg::events
