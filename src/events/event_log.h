// SPDX-License-Identifier: GPL-3.0-or-later
// EventLog: the bounded list of everything that was received, in order of receipt, markers included.
// Shape:  payload bytes in 4 MiB arena blocks with fixed-width columns beside them; a row is an index (Sequence).
// Limits: a byte budget (at least kLeastBudgetBytes), kept before a block is added; whole blocks go, oldest first, and
//         every evicted row is counted: evicted + cleared + (end - first) = end. 60 B of columns a row beside its texts.
// Thread: one writer (the engine's thread); any thread reads, without stopping the writer, through a View. A short mutex
//         is taken where a block is added or evicted (about every 15,000 rows) and where a reader takes the block list.
// Cost:   append copies the payload once and allocates nothing but blocks.
#pragma once

#include "base/limits.h"
#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wg::events {

using Sequence = std::uint64_t; ///< counts from 0 for the life of the log, never reused

enum class RowKind : std::uint8_t { Event, Bookmark, Snapshot, Marker };
/// What became of the event; the same order as sync::Verdict, without Buffered.
enum class RowVerdict : std::uint8_t { Applied, Bookmark, Stale, Duplicate, Ignored, Undecodable };

/// One row on its way in. Views are copied by append().
struct NewRow {
    RowKind kind = RowKind::Event;
    RowVerdict verdict = RowVerdict::Applied;
    std::uint8_t markerKind = 0;   ///< sync::MarkerKind for a Marker row
    std::uint32_t watch = 0;
    std::int64_t receivedNs = 0;   ///< wall clock, Unix nanoseconds
    double serverMs = 0;           ///< 0 = unknown
    std::string_view type;
    std::string_view key;
    std::uint64_t version = 0;     ///< 0 = none or not a number of 64 bits: see versionText
    std::string_view versionText;  ///< only where version cannot hold it
    std::int64_t delta = 0;        ///< version minus the version before it on this watch; 0 = not computed
    std::string_view payload;      ///< the message as received, at most limits::kEventBytes (or the text of a marker)
};

/// One row on its way out; owns its texts (asked for visible rows only).
struct Row {
    Sequence sequence = 0;
    RowKind kind = RowKind::Event;
    RowVerdict verdict = RowVerdict::Applied;
    std::uint8_t markerKind = 0;
    std::uint32_t watch = 0;
    std::int64_t receivedNs = 0;
    double serverMs = 0;
    double latencyMs = -1; ///< -1 = unknown
    std::string type, key, version;
    std::int64_t delta = 0;
    std::size_t sizeBytes = 0;
    std::string payload;
};

class EventLog {
public:
    /// Longer types, keys and versions are cut in their columns; the payload has them whole.
    static constexpr std::size_t kMostNameBytes = 4 * limits::kKiB;
    /// The largest event and the block that is being filled always fit.
    static constexpr std::size_t kLeastBudgetBytes = limits::kEventBytes + 8 * limits::kMiB;

    explicit EventLog(std::size_t budgetBytes = limits::kEventLogBytes);
    ~EventLog();
    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;

    // --- writer
    Sequence append(const NewRow& row);
    /// The same in two steps: prepare() writes the row where no reader sees it yet, commit() gives it its verdict and delta
    /// and shows it, withdraw() takes it back. Between them nothing else is appended. This way a row is written while what
    /// decides on it is still on its way from memory.
    void prepare(const NewRow& row);
    Sequence commit(RowVerdict verdict, std::int64_t delta);
    void withdraw();
    void setBudget(std::size_t bytes);
    void clear(); ///< really frees; sequences go on counting; what went is in cleared(), not in evicted()

    // --- any thread
    [[nodiscard]] Sequence first() const noexcept;
    [[nodiscard]] Sequence end() const noexcept;
    [[nodiscard]] std::uint64_t evicted() const noexcept;
    [[nodiscard]] std::uint64_t cleared() const noexcept;
    [[nodiscard]] std::size_t usedBytes() const noexcept;   ///< whole blocks, columns and slack included
    [[nodiscard]] std::size_t pinnedBytes() const noexcept; ///< beyond usedBytes: kept by views, and one spare block
    [[nodiscard]] std::size_t budgetBytes() const noexcept;
    /// Copies one row; payload is cut to payloadLimit bytes (sizeBytes keeps the whole size). False if evicted or not yet there.
    [[nodiscard]] bool read(Sequence sequence, Row& out, std::size_t payloadLimit = SIZE_MAX) const;

    /// A steady view for scans: the blocks that were there when it was made, whatever is evicted later.
    class View;
    [[nodiscard]] std::shared_ptr<const View> view() const;

private:
    struct State;
    std::unique_ptr<State> m;
};

} // namespace wg::events
