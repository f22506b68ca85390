// SPDX-License-Identifier: GPL-3.0-or-later
// EventLog::View: the rows that were there when it was made, whatever comes or is evicted later.
// Shape:  spans of blocks; RowView reads one row's columns in place. Walks go newest first or oldest first.
// Limits: a view keeps evicted blocks alive (EventLog::pinnedBytes counts them): make one per slice, do not store it.
// Thread: immutable; any number of threads.
#pragma once

#include "events/block.h"
#include "events/event_log.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace wg::events {

/// One row in place. Valid as long as the View that it came from. Texts are not terminated and not padded.
class RowView {
public:
    RowView(const Segment& segment, const char* bytes, std::uint32_t index, Sequence sequence) noexcept
        : m_segment(&segment), m_bytes(bytes), m_sequence(sequence), m_index(index)
    {
    }

    [[nodiscard]] Sequence sequence() const noexcept { return m_sequence; }
    [[nodiscard]] RowKind kind() const noexcept { return m_segment->kind[m_index]; }
    [[nodiscard]] RowVerdict verdict() const noexcept { return m_segment->verdict[m_index]; }
    [[nodiscard]] std::uint8_t markerKind() const noexcept { return m_segment->markerKind[m_index]; }
    [[nodiscard]] std::uint32_t watch() const noexcept { return m_segment->watch[m_index]; }
    [[nodiscard]] std::int64_t receivedNs() const noexcept { return m_segment->receivedNs[m_index]; }
    [[nodiscard]] double serverMs() const noexcept { return m_segment->serverMs[m_index]; }
    [[nodiscard]] std::int64_t delta() const noexcept { return m_segment->delta[m_index]; }
    [[nodiscard]] std::size_t sizeBytes() const noexcept { return m_segment->payloadBytes[m_index]; }
    [[nodiscard]] bool versionIsText() const noexcept
    {
        return (m_segment->flags[m_index] & Segment::kVersionIsText) != 0;
    }
    /// 0 = none, or held as text.
    [[nodiscard]] std::uint64_t version() const noexcept { return versionIsText() ? 0 : m_segment->version[m_index]; }
    /// Empty unless versionIsText().
    [[nodiscard]] std::string_view versionText() const noexcept
    {
        if (!versionIsText())
            return {};
        const std::uint64_t ref = m_segment->version[m_index];
        return {m_bytes + (ref >> 32), static_cast<std::uint32_t>(ref)};
    }
    /// Milliseconds from the server's time to ours, at least 0 (clocks differ); -1 = unknown.
    [[nodiscard]] double latencyMs() const noexcept
    {
        const double server = serverMs();
        return server == 0 ? -1 : std::max(0.0, static_cast<double>(receivedNs()) / 1e6 - server);
    }
    [[nodiscard]] std::string_view payload() const noexcept
    {
        return {m_bytes + m_segment->payloadAt[m_index], m_segment->payloadBytes[m_index]};
    }
    [[nodiscard]] std::string_view key() const noexcept
    {
        return {m_bytes + m_segment->keyAt[m_index], m_segment->keyBytes[m_index]};
    }
    /// The key's bytes are part of the payload's: who has searched the payload has searched the key.
    [[nodiscard]] bool keyIsInPayload() const noexcept
    {
        return m_segment->keyAt[m_index] - m_segment->payloadAt[m_index] < m_segment->payloadBytes[m_index];
    }
    [[nodiscard]] std::string_view type() const noexcept
    {
        const char* at = m_bytes + m_segment->type[m_index];
        std::uint32_t length = 0;
        std::memcpy(&length, at, sizeof length);
        return {at + sizeof length, length};
    }

private:
    const Segment* m_segment;
    const char* m_bytes;
    Sequence m_sequence;
    std::uint32_t m_index;
};

class EventLog::View {
public:
    struct Span {
        std::shared_ptr<const Block> block;
        std::uint32_t rows = 0;
        [[nodiscard]] Sequence first() const noexcept { return block->first(); }
        [[nodiscard]] Sequence end() const noexcept { return block->first() + rows; }
        [[nodiscard]] RowView row(std::uint32_t index) const noexcept
        {
            return {block->segment(index / Segment::kRows), block->bytes(), index % Segment::kRows,
                    block->first() + index};
        }
    };
    View(std::vector<Span> spans, Sequence end) noexcept : m_spans(std::move(spans)), m_end(end) {}

    [[nodiscard]] Sequence first() const noexcept { return m_spans.empty() ? m_end : m_spans.front().first(); }
    [[nodiscard]] Sequence end() const noexcept { return m_end; }
    [[nodiscard]] std::optional<RowView> row(Sequence sequence) const noexcept
    {
        const std::size_t at = spanAt(sequence);
        if (at == m_spans.size() || sequence < m_spans[at].first())
            return {};
        return m_spans[at].row(static_cast<std::uint32_t>(sequence - m_spans[at].first()));
    }

    /// Visits [from, to) from the newest down, while visit(const RowView&) says true. Returns the lowest sequence visited,
    /// or to if there was none.
    template <typename Visit>
    Sequence newestFirst(Sequence from, Sequence to, Visit&& visit) const
    {
        Sequence lowest = to;
        for (std::size_t s = m_spans.size(); s-- > 0;) {
            const Span& span = m_spans[s];
            if (span.first() >= to)
                continue;
            if (span.end() <= from)
                break;
            const auto stop = static_cast<std::uint32_t>(std::max(from, span.first()) - span.first());
            auto at = static_cast<std::uint32_t>(std::min(to, span.end()) - span.first());
            while (at > stop) {
                const std::uint32_t number = (at - 1) / Segment::kRows;
                const Segment& segment = span.block->segment(number);
                const std::uint32_t begin = number * Segment::kRows;
                for (const std::uint32_t floor = std::max(stop, begin); at > floor;) {
                    --at;
                    lowest = span.first() + at;
                    if (!visit(RowView(segment, span.block->bytes(), at - begin, lowest)))
                        return lowest;
                }
            }
        }
        return lowest;
    }

    /// Visits [from, to) upward, while visit says true. Returns one past the highest sequence visited, or from.
    template <typename Visit>
    Sequence oldestFirst(Sequence from, Sequence to, Visit&& visit) const
    {
        Sequence past = from;
        for (std::size_t s = spanAt(from); s < m_spans.size(); ++s) {
            const Span& span = m_spans[s];
            if (span.first() >= to)
                break;
            const auto stop = static_cast<std::uint32_t>(std::min(to, span.end()) - span.first());
            auto at = static_cast<std::uint32_t>(std::max(from, span.first()) - span.first());
            while (at < stop) {
                const std::uint32_t number = at / Segment::kRows;
                const Segment& segment = span.block->segment(number);
                const std::uint32_t begin = number * Segment::kRows;
                for (const std::uint32_t ceiling = std::min(stop, begin + Segment::kRows); at < ceiling; ++at) {
                    past = span.first() + at + 1;
                    if (!visit(RowView(segment, span.block->bytes(), at - begin, past - 1)))
                        return past;
                }
            }
        }
        return past;
    }

private:
    /// The first span that ends after sequence; m_spans.size() if none does.
    [[nodiscard]] std::size_t spanAt(Sequence sequence) const noexcept
    {
        return static_cast<std::size_t>(
            std::partition_point(m_spans.begin(), m_spans.end(),
                                 [sequence](const Span& span) { return span.end() <= sequence; }) -
            m_spans.begin());
    }

    std::vector<Span> m_spans;
    Sequence m_end;
};

} // namespace wg::events
