// SPDX-License-Identifier: GPL-3.0-or-later
// One writer and several readers at once. Run it with WG_SANITIZE=thread: the sanitizer is the judge of the hand-off.
#include "events/filtered_view.h"
#include "events/text_search.h"
#include "events/view.h"
#include "rows.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace wg::events {
namespace {

TEST(EventLogThreads, ReadersSeeWholeRowsWhileTheWriterEvicts)
{
    EventLog log(EventLog::kLeastBudgetBytes);
    std::atomic<bool> isDone{false};
    std::atomic<std::uint64_t> rowsChecked{0};
    std::atomic<std::uint64_t> wrong{0};
    std::thread reader([&] {
        Row row;
        do {
            const Sequence end = log.end();
            for (Sequence at = end > 40 ? end - 40 : 0; at < end; ++at) {
                if (!log.read(at, row))
                    continue;
                wrong += row.payload != rows::payloadOf(at) || row.version != std::to_string(at + 1);
                ++rowsChecked;
            }
        } while (!isDone);
    });
    std::thread walker([&] {
        do {
            const auto view = log.view();
            view->newestFirst(view->first(), view->end(), [&](const RowView& row) {
                wrong += row.version() != row.sequence() + 1 || row.payload().back() != '}';
                return true;
            });
        } while (!isDone);
    });
    FilteredView stale(log, {}, [](const RowView& row) { return row.verdict() == RowVerdict::Stale; });
    std::thread scanner([&] {
        const TextSearch text("order-31");
        do {
            stale.advance(20'000);
            (void)search(log, text, log.end(), Direction::Older, 1000);
        } while (!isDone);
    });
    for (std::uint64_t n = 0; n < 250'000; ++n) {
        rows::append(log, n);
        if (n == 150'000)
            log.clear();
        if (n % 20'000 == 0)
            (void)stale.window(0, 40);
    }
    isDone = true;
    reader.join();
    walker.join();
    scanner.join();
    EXPECT_EQ(wrong, 0u);
    EXPECT_GT(rowsChecked, 0u);
    EXPECT_EQ(log.evicted() + log.cleared(), log.first());
}

} // namespace
} // namespace wg::events
