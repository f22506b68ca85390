// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is allocated per event while the replica is live: puts, patches, deletes with a new put, bookmarks, drops.
#include "sync/replica.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <string>
#include <vector>

namespace
{
bool isCounting = false;
std::size_t allocations = 0;

void* counted(std::size_t size)
{
    if (isCounting)
        ++allocations;
    if (void* memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
} // namespace

void* operator new(std::size_t size)
{
    return counted(size);
}
void* operator new[](std::size_t size)
{
    return counted(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace wg::sync
{
namespace
{

constexpr std::size_t kKeys = 5'000;
constexpr std::uint64_t kEvents = 100'000;

/// Keeps the base: what is counted here is the store's own work, not that of a JSON library.
bool keepBase(std::string_view base, const std::vector<PatchView>&, std::string& out)
{
    out.assign(base);
    return true;
}

struct Live {
    explicit Live(Order order)
        : replica(configFor(order))
    {
        Step step;
        replica.start({}, step);
        Store items(keepBase);
        const std::string object(200, 'o');
        for (std::size_t key = 0; key < kKeys; ++key)
            items.put(keys.emplace_back("order-" + std::to_string(key)), Version(1), object, {}, true);
        replica.snapshotDone(1, {"epoch-1", Version(1)}, std::move(items), {}, step);
        replica.opened(1, {}, {}, step);
        out.effects.reserve(16);
    }
    static ReplicaConfig configFor(Order order)
    {
        ReplicaConfig config;
        config.order = order;
        config.replay = true;
        config.fold = keepBase;
        return config;
    }
    Verdict send(Op op, std::uint64_t at, std::string_view payload)
    {
        EventView event;
        event.op = op;
        event.epoch = "epoch-1";
        event.key = keys[(at * 7919) % kKeys];
        event.payload = payload;
        event.version = Version(at);
        event.hasPrev = true;
        event.prev = Version(at - 1);
        return replica.event(1, event, Instant{static_cast<std::int64_t>(at)}, out);
    }
    Replica replica;
    Step out;
    std::vector<std::string> keys;
};

std::uint64_t run(Live& live, std::uint64_t from, std::uint64_t count)
{
    static const std::string kObject(230, 'n'), kPatch(40, 'p');
    for (std::uint64_t at = from; at < from + count; ++at) {
        switch (at % 16) {
        case 0:
            live.send(Op::Put, at, kObject);
            live.send(Op::Bookmark, at, {});
            break;
        case 1: live.send(Op::None, at, {}); break;
        case 2:
        case 3:
        case 4: live.send(Op::Put, at, std::string_view(kObject).substr(0, 150 + at % 80)); break;
        case 5:
            live.send(Op::Put, at, kObject);
            live.send(Op::Put, at, kObject); // a duplicate
            live.send(Op::Put, at - 3, kObject);
            break;
        default: live.send(Op::Patch, at, kPatch); break;
        }
    }
    return from + count;
}

class Allocations : public ::testing::TestWithParam<Order>
{
};

TEST_P(Allocations, noneForAnEventInStateLive)
{
    Live live(GetParam());
    std::uint64_t next = run(live, 2, kEvents * 2); // warm: blocks of every size are there
    isCounting = true;
    allocations = 0;
    next = run(live, next, kEvents);
    isCounting = false;
    EXPECT_EQ(live.replica.state(), ReplicaState::Live);
    EXPECT_EQ(live.replica.cursor().version, Version(next - 1));
    EXPECT_LE(allocations, 3u) << "for " << kEvents << " events"; // the arena may still take a chunk of 1 MiB
}

INSTANTIATE_TEST_SUITE_P(Every, Allocations,
                         ::testing::Values(Order::Dense, Order::Range, Order::Chain, Order::Sparse));

TEST(Allocations, theCounterCounts)
{
    isCounting = true;
    allocations = 0;
    std::vector<int> some(100);
    isCounting = false;
    EXPECT_EQ(allocations, 1u);
}

} // namespace
} // namespace wg::sync
