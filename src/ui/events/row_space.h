// SPDX-License-Identifier: GPL-3.0-or-later
// RowSpace: which rows a table shows and in what order, as an index from 0 (oldest) on. Either every row of the log or
// the matches of a filtered view. Rows at or beyond `end` are not seen, which is how a paused table stands still.
// Limits: exact for any number of rows: indexes are 64-bit integers, never pixels.
// Thread: any; an answer is true at the moment it is given, rows may be evicted right after.
#pragma once

#include "events/filtered_view.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace wg::ui {

class RowSpace {
public:
    explicit RowSpace(const events::EventLog& log) : m_log(log) {}

    /// Null: every row.
    void setView(std::shared_ptr<events::FilteredView> view) { m_view = std::move(view); }
    [[nodiscard]] bool isEverything() const { return !m_view; }

    [[nodiscard]] std::uint64_t count(events::Sequence end) const { return indexOf(std::min(end, m_log.end())); }
    [[nodiscard]] std::uint64_t indexOf(events::Sequence sequence) const
    {
        if (m_view)
            return m_view->indexOf(sequence);
        const events::Sequence first = m_log.first();
        return sequence > first ? std::min(sequence, m_log.end()) - first : 0;
    }
    [[nodiscard]] std::vector<events::Sequence> window(std::uint64_t first, std::size_t count, events::Sequence end) const
    {
        std::vector<events::Sequence> rows;
        if (m_view) {
            rows = m_view->window(static_cast<std::size_t>(first), count);
        } else {
            const events::Sequence begin = m_log.first() + first;
            for (std::size_t i = 0; i < count; ++i)
                rows.push_back(begin + i);
        }
        const events::Sequence stop = std::min(end, m_log.end());
        while (!rows.empty() && rows.back() >= stop)
            rows.pop_back();
        return rows;
    }

private:
    const events::EventLog& m_log;
    std::shared_ptr<events::FilteredView> m_view;
};

} // namespace wg::ui
