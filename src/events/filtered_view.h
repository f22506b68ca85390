// SPDX-License-Identifier: GPL-3.0-or-later
// FilteredView: the sequences of the rows that match a filter, found in slices, newest first, kept up as rows come.
// Shape:  advance() first takes in rows that came since the last call, then goes on downward from where it stood.
//         What is scanned is one span [oldestScanned, newestScanned); matches are its matching sequences in order.
// Limits: 8 B a match, at most kMostMatches: then no older rows are looked at and isTruncated() says so.
//         Matches of evicted rows are dropped. A slice holds evicted blocks alive for as long as it runs.
// Thread: advance() by one thread at a time; everything else from any thread, at any time.
#pragma once

#include "events/column_filter.h"
#include "events/event_log.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace wg::events {

using Predicate = std::function<bool(const RowView&)>;

struct ScanProgress {
    std::uint64_t scanned = 0; ///< of the rows that are in the log now
    std::uint64_t total = 0;
    std::uint64_t missed = 0;  ///< evicted before this view came to look at them
    bool isComplete = false;   ///< nothing left to look at, for now
};

class FilteredView {
public:
    static constexpr std::size_t kMostMatches = 8'000'000;

    /// predicate may be empty: the columns decide alone. It is called on the thread that calls advance().
    FilteredView(const EventLog& log, ColumnFilter columns, Predicate predicate = {});

    /// Looks at up to maxRows rows; isOver is asked about every thousand rows and ends the slice when true.
    ScanProgress advance(std::size_t maxRows, const std::function<bool()>& isOver = {});
    /// Ends a running slice soon and makes every later one empty.
    void cancel() noexcept { m_isCancelled.store(true, std::memory_order_relaxed); }

    [[nodiscard]] ScanProgress progress() const;
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] bool isTruncated() const;
    /// Index 0 is the oldest match found so far. Nothing if there is none of that number.
    [[nodiscard]] std::optional<Sequence> at(std::size_t index) const;
    /// Copies up to count sequences from index first on.
    [[nodiscard]] std::vector<Sequence> window(std::size_t first, std::size_t count) const;
    /// The number of matches before sequence, which is its index if it matches.
    [[nodiscard]] std::size_t indexOf(Sequence sequence) const;

private:
    struct Slice;
    ScanProgress progressLocked() const;
    void dropEvicted();

    const EventLog& m_log;
    const ColumnFilter m_columns;
    const Predicate m_predicate;
    std::atomic<bool> m_isCancelled{false};

    mutable std::mutex m_mutex; ///< guards what follows
    std::deque<Sequence> m_matches;
    Sequence m_oldestScanned;
    Sequence m_newestScanned; ///< one past
    std::uint64_t m_missed = 0;
    bool m_isTruncated = false;
};

} // namespace wg::events
