// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/event_log.h"

#include "events/block.h"
#include "events/block_memory.h"
#include "events/type_cache.h"
#include "events/view.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <deque>
#include <mutex>

namespace wg::events {

struct EventLog::State {
    explicit State(std::size_t bytes) : budget(std::max(bytes, kLeastBudgetBytes)) {}

    Block& blockFor(std::size_t textBytes)
    {
        if (open && open->hasRoomFor(textBytes))
            return *open;
        // A row of more than half a block gets its own: otherwise it would leave most of two blocks empty.
        const std::size_t need = textBytes + sizeof(Segment);
        const std::size_t capacity = need > kBlockBytes / 2 ? (need + 4095) / 4096 * 4096 : kBlockBytes;
        evictDownTo(budget.load(std::memory_order_relaxed) - std::min(capacity, budget.load(std::memory_order_relaxed)));
        auto block = std::make_shared<Block>(memory, end.load(std::memory_order_relaxed), capacity);
        open = block.get();
        types.clear();
        used.fetch_add(capacity, std::memory_order_relaxed);
        const std::scoped_lock lock(mutex);
        blocks.push_back(std::move(block));
        return *open;
    }

    void evictDownTo(std::size_t bytes)
    {
        while (used.load(std::memory_order_relaxed) > bytes && !blocks.empty())
            evicted.fetch_add(dropOldest(), std::memory_order_relaxed);
    }

    /// Returns the number of rows that went with it.
    std::uint64_t dropOldest()
    {
        std::shared_ptr<Block> oldest; // let go after the lock
        {
            const std::scoped_lock lock(mutex);
            oldest = std::move(blocks.front());
            blocks.pop_front();
            first.store(oldest->first() + oldest->rowCount(), std::memory_order_release);
        }
        if (oldest.get() == open)
            open = nullptr;
        used.fetch_sub(oldest->capacity(), std::memory_order_relaxed);
        return oldest->rowCount();
    }

    std::shared_ptr<const Block> blockOf(Sequence sequence) const
    {
        const std::scoped_lock lock(mutex);
        const auto after = std::partition_point(blocks.begin(), blocks.end(), [sequence](const auto& block) {
            return block->first() <= sequence;
        });
        return after == blocks.begin() ? nullptr : *std::prev(after);
    }

    const std::shared_ptr<BlockMemory> memory = std::make_shared<BlockMemory>();
    std::atomic<std::size_t> budget;
    std::atomic<std::size_t> used{0};
    std::atomic<Sequence> first{0};
    std::atomic<Sequence> end{0};
    std::atomic<std::uint64_t> evicted{0};
    std::atomic<std::uint64_t> cleared{0};
    mutable std::mutex mutex; ///< guards blocks; the writer reads it without
    std::deque<std::shared_ptr<Block>> blocks;
    // the writer's own
    Block* open = nullptr; ///< the newest block, or null
    TypeCache types;       ///< of the newest block
    bool isPrepared = false; ///< a row is written that is not shown yet
};

EventLog::EventLog(std::size_t budgetBytes) : m(std::make_unique<State>(budgetBytes)) {}
EventLog::~EventLog() = default;

void EventLog::prepare(const NewRow& given)
{
    assert(given.payload.size() <= limits::kEventBytes);
    assert(!m->isPrepared);
    NewRow row = given;
    row.type = row.type.substr(0, kMostNameBytes);
    row.key = row.key.substr(0, kMostNameBytes);
    row.versionText = row.versionText.substr(0, kMostNameBytes);
    const std::size_t textBytes = row.payload.size() + row.key.size() + row.versionText.size() +
                                  row.type.size() + sizeof(std::uint32_t);
    Block& block = m->blockFor(textBytes);
    std::uint32_t typeAt = 0;
    if (!m->types.find(block.bytes(), row.type, typeAt)) {
        typeAt = block.addType(row.type);
        m->types.remember(row.type, typeAt);
    }
    block.write(row, typeAt);
    m->isPrepared = true;
}

Sequence EventLog::commit(RowVerdict verdict, std::int64_t delta)
{
    assert(m->isPrepared);
    m->isPrepared = false;
    m->open->show(verdict, delta);
    const Sequence sequence = m->end.load(std::memory_order_relaxed);
    m->end.store(sequence + 1, std::memory_order_release);
    return sequence;
}

void EventLog::withdraw()
{
    assert(m->isPrepared);
    m->isPrepared = false;
    m->open->takeBack();
}

Sequence EventLog::append(const NewRow& row)
{
    prepare(row);
    return commit(row.verdict, row.delta);
}

void EventLog::setBudget(std::size_t bytes)
{
    assert(!m->isPrepared);
    m->budget.store(std::max(bytes, kLeastBudgetBytes), std::memory_order_relaxed);
    m->evictDownTo(budgetBytes());
    m->memory->dropSpare();
}

void EventLog::clear()
{
    assert(!m->isPrepared);
    while (!m->blocks.empty())
        m->cleared.fetch_add(m->dropOldest(), std::memory_order_relaxed);
    m->memory->dropSpare();
}

Sequence EventLog::first() const noexcept { return m->first.load(std::memory_order_acquire); }
Sequence EventLog::end() const noexcept { return m->end.load(std::memory_order_acquire); }
std::uint64_t EventLog::evicted() const noexcept { return m->evicted.load(std::memory_order_relaxed); }
std::uint64_t EventLog::cleared() const noexcept { return m->cleared.load(std::memory_order_relaxed); }
std::size_t EventLog::usedBytes() const noexcept { return m->used.load(std::memory_order_relaxed); }
std::size_t EventLog::budgetBytes() const noexcept { return m->budget.load(std::memory_order_relaxed); }

std::size_t EventLog::pinnedBytes() const noexcept
{
    const std::size_t held = m->memory->held();
    return held - std::min(held, usedBytes());
}

bool EventLog::read(Sequence sequence, Row& out, std::size_t payloadLimit) const
{
    const std::shared_ptr<const Block> block = m->blockOf(sequence);
    if (!block || sequence - block->first() >= block->rowCount())
        return false;
    const auto index = static_cast<std::uint32_t>(sequence - block->first());
    const RowView row(block->segment(index / Segment::kRows), block->bytes(), index % Segment::kRows, sequence);
    out.sequence = sequence;
    out.kind = row.kind();
    out.verdict = row.verdict();
    out.markerKind = row.markerKind();
    out.watch = row.watch();
    out.receivedNs = row.receivedNs();
    out.serverMs = row.serverMs();
    out.latencyMs = row.latencyMs();
    out.type = row.type();
    out.key = row.key();
    out.version = row.versionIsText() ? std::string(row.versionText())
                  : row.version() != 0 ? std::to_string(row.version())
                                       : std::string();
    out.delta = row.delta();
    out.sizeBytes = row.sizeBytes();
    out.payload = row.payload().substr(0, payloadLimit);
    return true;
}

std::shared_ptr<const EventLog::View> EventLog::view() const
{
    std::vector<View::Span> spans;
    Sequence viewEnd = 0;
    {
        const std::scoped_lock lock(m->mutex);
        viewEnd = end();
        spans.reserve(m->blocks.size());
        for (const auto& block : m->blocks) {
            const Sequence rows = viewEnd - std::min(viewEnd, block->first());
            if (rows > 0)
                spans.push_back({block, static_cast<std::uint32_t>(std::min<Sequence>(rows, block->rowCount()))});
        }
    }
    return std::make_shared<const View>(std::move(spans), viewEnd);
}

} // namespace wg::events
