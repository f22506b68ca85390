// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/filtered_view.h"

#include <algorithm>

namespace wg::events {

/// One call of advance: what may still be looked at, and what was found.
struct FilteredView::Slice {
    const FilteredView& owner;
    std::size_t rowsLeft;
    const std::function<bool()>& isOver;
    std::vector<Sequence> found{};

    /// False: the slice is over, row not looked at.
    bool look(const RowView& row)
    {
        if (rowsLeft == 0)
            return false;
        if (--rowsLeft % 1024 == 0 &&
            (owner.m_isCancelled.load(std::memory_order_relaxed) || (isOver && isOver())))
            rowsLeft = 0;
        if (owner.m_columns.passes(row) && (!owner.m_predicate || owner.m_predicate(row)))
            found.push_back(row.sequence());
        return rowsLeft > 0;
    }
};

FilteredView::FilteredView(const EventLog& log, ColumnFilter columns, Predicate predicate)
    : m_log(log), m_columns(std::move(columns)), m_predicate(std::move(predicate)), m_oldestScanned(log.end()),
      m_newestScanned(m_oldestScanned)
{
}

ScanProgress FilteredView::advance(std::size_t maxRows, const std::function<bool()>& isOver)
{
    dropEvicted();
    Sequence newest = 0;
    Sequence oldest = 0;
    std::size_t room = 0;
    {
        const std::scoped_lock lock(m_mutex);
        newest = m_newestScanned;
        oldest = m_oldestScanned;
        room = m_isTruncated ? 0 : kMostMatches - std::min(kMostMatches, m_matches.size());
    }
    const auto view = m_log.view();
    Slice slice{*this, m_isCancelled.load(std::memory_order_relaxed) ? 0 : maxRows, isOver};

    const Sequence from = std::max(newest, view->first());
    if (slice.rowsLeft > 0 && from < view->end()) {
        const Sequence past = view->oldestFirst(from, view->end(), [&](const RowView& row) { return slice.look(row); });
        const std::scoped_lock lock(m_mutex);
        m_missed += from - newest;
        if (m_oldestScanned == m_newestScanned)
            m_oldestScanned = from;
        m_newestScanned = past;
        m_matches.insert(m_matches.end(), slice.found.begin(), slice.found.end());
        slice.found.clear();
    }
    oldest = std::max(oldest, view->first());
    if (slice.rowsLeft > 0 && room > 0 && oldest > view->first()) {
        const Sequence lowest =
            view->newestFirst(view->first(), oldest, [&](const RowView& row) { return slice.look(row); });
        const std::scoped_lock lock(m_mutex);
        m_oldestScanned = lowest;
        m_matches.insert(m_matches.begin(), slice.found.rbegin(), slice.found.rend());
    }
    dropEvicted();
    return progress();
}

void FilteredView::dropEvicted()
{
    const Sequence first = m_log.first();
    const std::scoped_lock lock(m_mutex);
    while (!m_matches.empty() && m_matches.front() < first)
        m_matches.pop_front();
    while (m_matches.size() > kMostMatches) {
        m_matches.pop_front();
        m_isTruncated = true;
    }
    m_isTruncated = m_isTruncated || m_matches.size() == kMostMatches;
}

ScanProgress FilteredView::progressLocked() const
{
    ScanProgress progress;
    const Sequence first = m_log.first();
    const Sequence end = std::max(m_log.end(), first);
    const Sequence low = std::clamp(m_oldestScanned, first, end);
    const Sequence high = std::clamp(m_newestScanned, first, end);
    progress.total = end - first;
    progress.scanned = high - low;
    progress.missed = m_missed;
    progress.isComplete = high == end && (low == first || m_isTruncated);
    return progress;
}

ScanProgress FilteredView::progress() const
{
    const std::scoped_lock lock(m_mutex);
    return progressLocked();
}

std::size_t FilteredView::count() const
{
    const std::scoped_lock lock(m_mutex);
    return m_matches.size();
}

bool FilteredView::isTruncated() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isTruncated;
}

std::optional<Sequence> FilteredView::at(std::size_t index) const
{
    const std::scoped_lock lock(m_mutex);
    if (index >= m_matches.size())
        return {};
    return m_matches[index];
}

std::vector<Sequence> FilteredView::window(std::size_t first, std::size_t count) const
{
    const std::scoped_lock lock(m_mutex);
    const std::size_t begin = std::min(first, m_matches.size());
    const std::size_t end = begin + std::min(count, m_matches.size() - begin);
    return {m_matches.begin() + static_cast<std::ptrdiff_t>(begin), m_matches.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::size_t FilteredView::indexOf(Sequence sequence) const
{
    const std::scoped_lock lock(m_mutex);
    return static_cast<std::size_t>(std::lower_bound(m_matches.begin(), m_matches.end(), sequence) - m_matches.begin());
}

} // namespace wg::events
