// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/filter_predicate.h"
#include "events/text_search.h"
#include "support/event_stream.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

namespace wg::bench {
namespace {

/// Events in one piece of memory, as a read buffer holds them.
struct Lines {
    std::string bytes;
    std::vector<std::pair<std::size_t, std::size_t>> spans;
    explicit Lines(std::size_t count)
    {
        for (std::size_t n = 0; n < count; ++n) {
            const std::size_t begin = bytes.size();
            appendEvent(bytes, Wire::Ndjson, {}, n);
            spans.emplace_back(begin, bytes.size() - begin);
        }
    }
    [[nodiscard]] events::NewRow row(std::size_t n) const
    {
        events::NewRow row;
        row.payload = std::string_view(bytes).substr(spans[n % spans.size()].first, spans[n % spans.size()].second);
        row.key = row.payload.substr(row.payload.find("ord-"), 10);
        row.type = row.payload.substr(10, 13);
        row.version = n + 1;
        row.delta = 1;
        row.watch = 1;
        row.receivedNs = static_cast<std::int64_t>(n) * 1000;
        row.serverMs = 1;
        return row;
    }
};

const Lines& lines()
{
    static const Lines all(2000);
    return all;
}

void append(benchmark::State& state)
{
    std::vector<events::NewRow> rows;
    for (std::size_t n = 0; n < lines().spans.size(); ++n)
        rows.push_back(lines().row(n));
    events::EventLog log(static_cast<std::size_t>(state.range(0)) * limits::kMiB);
    std::size_t n = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(log.append(rows[n]));
        n = n + 1 == rows.size() ? 0 : n + 1;
    }
    state.counters["evicted"] = static_cast<double>(log.evicted());
}
BENCHMARK(append)->Arg(64)->Arg(512)->Iterations(1'000'000);

const events::EventLog& filledLog()
{
    static const auto log = [] {
        auto made = std::make_unique<events::EventLog>();
        for (std::size_t n = 0; n < 1'000'000; ++n)
            made->append(lines().row(n));
        return made;
    }();
    return *log;
}

void report(benchmark::State& state)
{
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(filledLog().end() - filledLog().first()));
}

void walkOneColumn(benchmark::State& state)
{
    const auto view = filledLog().view();
    for (auto _ : state) {
        std::uint64_t found = 0;
        view->newestFirst(view->first(), view->end(), [&](const events::RowView& row) {
            found += row.version() % 2;
            return true;
        });
        benchmark::DoNotOptimize(found);
    }
    report(state);
}
BENCHMARK(walkOneColumn)->Unit(benchmark::kMillisecond);

void filterColumns(benchmark::State& state)
{
    events::ColumnFilter columns;
    columns.kinds = events::ColumnFilter::bit(events::RowKind::Marker);
    for (auto _ : state) {
        events::FilteredView view(filledLog(), columns);
        while (!view.advance(1'000'000).isComplete) {
        }
        benchmark::DoNotOptimize(view.count());
    }
    report(state);
}
BENCHMARK(filterColumns)->Unit(benchmark::kMillisecond);

void filterExpression(benchmark::State& state, const char* text)
{
    const auto compiled = filter::Filter::compile(text, filter::Scope::Display);
    for (auto _ : state) {
        events::FilteredView view(filledLog(), {}, events::filterPredicate(compiled.value(), {}));
        while (!view.advance(1'000'000).isComplete) {
        }
        benchmark::DoNotOptimize(view.count());
    }
    report(state);
}
BENCHMARK_CAPTURE(filterExpression, type, R"(type == "order_created")")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(filterExpression, payload, R"(changes.status == "held")")->Unit(benchmark::kMillisecond);

void searchText(benchmark::State& state)
{
    const events::TextSearch text("no such words");
    for (auto _ : state)
        benchmark::DoNotOptimize(
            events::search(filledLog(), text, filledLog().end(), events::Direction::Older, SIZE_MAX).outcome);
    report(state);
}
BENCHMARK(searchText)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wg::bench

BENCHMARK_MAIN();
