// SPDX-License-Identifier: GPL-3.0-or-later
// The replica and its store alone: one event in state live, over many keys in random order, cache misses included.
#include "base/prng.h"
#include "sync/replica.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace wg::bench
{
namespace
{

using namespace wg::sync;

constexpr std::size_t kOrderOfKeys = 1 << 20;
constexpr std::size_t kKeySize = 10;

/// Keeps the base: the cost of JSON is measured with the codec.
bool keepBase(std::string_view base, const std::vector<PatchView>&, std::string& out)
{
    out.assign(base);
    return true;
}

struct Live {
    explicit Live(std::size_t keyCount)
    {
        ReplicaConfig config;
        config.order = Order::Chain;
        config.replay = true;
        config.fold = keepBase;
        replica = std::make_unique<Replica>(config);
        replica->start({}, step);
        Store items(keepBase);
        Prng prng(1);
        for (std::size_t key = 0; key < keyCount; ++key)
            items.put(keys.emplace_back("ord-" + std::to_string(100'000 + key)), Version(1),
                      std::string(180 + prng.below(60), 'o'), {}, true);
        for (std::size_t i = 0; i < kOrderOfKeys; ++i)
            order += keys[prng.below(keyCount)]; // in a row, as they would come out of the decoder
        replica->snapshotDone(1, {"e7f3", Version(1)}, std::move(items), {}, step);
        replica->opened(1, {}, {}, step);
        step.clear();
        send(Op::Put, "{}");
    }
    [[nodiscard]] std::string_view keyAt(std::uint64_t index) const
    {
        return std::string_view(order).substr((index % kOrderOfKeys) * kKeySize, kKeySize);
    }
    void send(Op op, std::string_view payload)
    {
        EventView event;
        event.op = op;
        event.epoch = "e7f3";
        event.key = keyAt(at);
        event.payload = payload;
        event.hasPrev = true;
        event.prev = Version(at);
        event.version = Version(++at);
        benchmark::DoNotOptimize(replica->event(1, event, Instant{static_cast<std::int64_t>(at)}, step));
    }
    std::unique_ptr<Replica> replica;
    Step step;
    std::vector<std::string> keys;
    std::string order;
    std::uint64_t at = 1;
};

/// isExpected: as the engine does it, the item is asked for while other work (here: the event before) is done.
void measure(benchmark::State& state, Op op, const std::string& payload, bool isExpected)
{
    Live live(static_cast<std::size_t>(state.range(0)));
    for (int i = 0; i < 400'000; ++i) // warm: the arena has blocks of every size
        live.send(op, payload);
    for (auto _ : state) {
        if (isExpected) {
            live.replica->store().fetchExpected();
            live.replica->store().expect(live.keyAt(live.at + 1));
        }
        live.send(op, payload);
    }
    if (live.replica->state() != ReplicaState::Live)
        state.SkipWithError("not live any more");
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void put(benchmark::State& state)
{
    measure(state, Op::Put, std::string(200, 'n'), state.range(1) != 0);
}
void patch(benchmark::State& state)
{
    measure(state, Op::Patch, R"({"status":"shipped","qty":3})", state.range(1) != 0);
}
void bookmark(benchmark::State& state)
{
    measure(state, Op::Bookmark, {}, false);
}
BENCHMARK(put)->Args({1000, 0})->Args({200'000, 0})->Args({200'000, 1});
BENCHMARK(patch)->Args({1000, 0})->Args({200'000, 0})->Args({200'000, 1});
BENCHMARK(bookmark)->Args({1000, 0});

/// A resync of so many items: building the new store, finding what vanished, replacing.
void snapshot(benchmark::State& state)
{
    Live live(static_cast<std::size_t>(state.range(0)));
    const std::string object(200, 's');
    for (auto _ : state) {
        Store items(keepBase);
        for (const std::string& key : live.keys)
            items.put(key, Version(1), object, {}, true);
        benchmark::DoNotOptimize(live.replica->store().keysMissingIn(items));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * state.range(0)));
}
BENCHMARK(snapshot)->Arg(200'000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace wg::bench

BENCHMARK_MAIN();
