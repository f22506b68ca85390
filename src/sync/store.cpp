// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store.h"

#include "base/large_pages.h"
#include "sync/block_arena.h"
#include "sync/key_index.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wg::sync
{

namespace
{

constexpr std::uint32_t kFoldAtPatches = 16;
constexpr std::uint32_t kFoldAtBaseTimes = 4;
constexpr std::uint32_t kFoldFloorBytes = 1024; ///< below it only the number of patches counts

/// A pending merge patch; its bytes follow it in the same block.
struct PatchNode {
    PatchNode* before;      ///< the patch that came before it
    std::uint32_t capacity; ///< of the whole block
    std::uint32_t size;
    [[nodiscard]] char* data() { return reinterpret_cast<char*>(this + 1); }
    [[nodiscard]] const char* data() const { return reinterpret_cast<const char*>(this + 1); }
};

/// One item. A patch to it touches nothing else but new memory: a short key stands in the item itself.
/// block holds the key's bytes where it is longer, then the base object.
struct Item {
    static constexpr std::uint32_t kShortKey = 40; ///< the text form of a UUID fits

    char* block = nullptr;
    PatchNode* newest = nullptr;
    std::uint64_t number = 0; ///< version, if a 64-bit number; else see State::otherVersions
    std::int64_t changedNs = 0;
    std::uint32_t keySize = 0;
    std::uint32_t baseSize = 0;
    std::uint32_t capacity = 0;
    std::uint32_t patchBytes = 0;
    std::uint32_t changes : 24 = 0;
    std::uint32_t patchCount : 5 = 0;
    std::uint32_t fromSnapshot : 1 = 0;
    std::uint32_t hasOtherVersion : 1 = 0;
    std::uint32_t isTaken : 1 = 0; ///< 0: this place is free
    std::uint32_t hash = 0;
    char shortKey[kShortKey] = {};

    [[nodiscard]] std::uint32_t keyBytesInBlock() const { return keySize > kShortKey ? keySize : 0; }
    [[nodiscard]] std::string_view key() const { return {keySize > kShortKey ? block : shortKey, keySize}; }
    [[nodiscard]] std::string_view base() const { return {block + keyBytesInBlock(), baseSize}; }
};
static_assert(sizeof(Item) == 96);
constexpr std::uint32_t kMaxChanges = (1u << 24) - 1;

void fill(std::vector<PatchView>& views, const Item& item)
{
    views.resize(item.patchCount);
    std::size_t at = views.size();
    for (const PatchNode* node = item.newest; node; node = node->before)
        views[--at] = {Op::Patch, {node->data(), node->size}};
}

} // namespace

struct Store::State {
    explicit State(FoldPatches foldPatches)
        : fold(foldPatches)
    {
    }

    FoldPatches fold;
    BlockArena arena;
    KeyIndex index;
    std::vector<Item, LargePageAllocator<Item>> items;
    std::vector<std::uint32_t> freePlaces;
    std::vector<Version> otherVersions; ///< by item, only as long as the last item that needed one
    std::size_t count = 0;
    std::vector<PatchView> views; ///< scratch
    std::string folded;           ///< scratch
    std::uint32_t expected = 0;   ///< hash of the key that expect() named
    mutable bool hasFailedFold = false;

    [[nodiscard]] std::uint32_t locate(std::string_view key, std::uint32_t hash) const
    {
        return index.find(hash, [&](std::uint32_t at) { return items[at].key() == key; });
    }
    [[nodiscard]] std::uint32_t locate(std::string_view key) const
    {
        return locate(key, static_cast<std::uint32_t>(hashKey(key)));
    }
    void setVersion(std::uint32_t at, const Version& version);
    [[nodiscard]] Version versionOf(std::uint32_t at) const;
    void dropPatches(Item& item);
    void setBase(Item& item, std::string_view key, std::string_view object);
    void touch(std::uint32_t at, const Version& version, Instant now);
    [[nodiscard]] bool foldNow(Item& item, std::string_view extra);
    std::uint32_t add(std::string_view key, std::uint32_t hash, std::string_view object);
    void view(std::uint32_t at, ItemView& out) const;
};

void Store::State::setVersion(std::uint32_t at, const Version& version)
{
    Item& item = items[at];
    item.hasOtherVersion = version.isNumber() ? 0 : 1;
    item.number = version.number();
    if (version.isNumber())
        return;
    if (otherVersions.size() <= at)
        otherVersions.resize(items.size());
    otherVersions[at] = version;
}

Version Store::State::versionOf(std::uint32_t at) const
{
    return items[at].hasOtherVersion ? otherVersions[at] : Version(items[at].number);
}

void Store::State::dropPatches(Item& item)
{
    for (PatchNode* node = item.newest; node;) {
        PatchNode* before = node->before;
        arena.give(reinterpret_cast<char*>(node), node->capacity);
        node = before;
    }
    item.newest = nullptr;
    item.patchBytes = 0;
    item.patchCount = 0;
}

/// object must not lie in this item's block; key may.
void Store::State::setBase(Item& item, std::string_view key, std::string_view object)
{
    const std::size_t keyBytes = key.size() > Item::kShortKey ? key.size() : 0;
    if (!item.block || keyBytes + object.size() > item.capacity) {
        std::uint32_t capacity = 0;
        char* block = arena.take(keyBytes + object.size(), capacity);
        if (keyBytes > 0)
            std::memcpy(block, key.data(), keyBytes);
        if (item.block)
            arena.give(item.block, item.capacity);
        item.block = block;
        item.capacity = capacity;
    }
    if (!object.empty())
        std::memcpy(item.block + keyBytes, object.data(), object.size());
    item.baseSize = static_cast<std::uint32_t>(object.size());
}

void Store::State::touch(std::uint32_t at, const Version& version, Instant now)
{
    setVersion(at, version);
    Item& item = items[at];
    item.changedNs = now.ns;
    item.fromSnapshot = 0;
    if (item.changes < kMaxChanges)
        ++item.changes;
}

bool Store::State::foldNow(Item& item, std::string_view extra)
{
    fill(views, item);
    if (!extra.empty())
        views.push_back({Op::JsonPatch, extra});
    if (!fold(item.base(), views, folded))
        return false;
    dropPatches(item);
    setBase(item, item.key(), folded);
    return true;
}

std::uint32_t Store::State::add(std::string_view key, std::uint32_t hash, std::string_view object)
{
    std::uint32_t at = 0;
    if (freePlaces.empty()) {
        at = static_cast<std::uint32_t>(items.size());
        items.emplace_back();
    } else {
        at = freePlaces.back();
        freePlaces.pop_back();
    }
    Item& item = items[at];
    item.hash = hash;
    item.isTaken = 1;
    item.keySize = static_cast<std::uint32_t>(key.size());
    if (!key.empty() && key.size() <= Item::kShortKey)
        std::memcpy(item.shortKey, key.data(), key.size());
    setBase(item, key, object);
    index.insert(hash, at, [this](std::uint32_t held) { return items[held].hash; });
    ++count;
    return at;
}

void Store::State::view(std::uint32_t at, ItemView& out) const
{
    const Item& item = items[at];
    out.key = item.key();
    out.version = versionOf(at);
    out.changedAt = {item.changedNs};
    out.changes = item.changes;
    out.fromSnapshot = item.fromSnapshot != 0;
}

Store::Store(FoldPatches fold)
    : m(std::make_unique<State>(fold))
{
}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

void Store::useFold(FoldPatches fold)
{
    m->fold = fold;
}

void Store::expect(std::string_view key) const noexcept
{
    m->expected = static_cast<std::uint32_t>(hashKey(key));
    m->index.fetch(m->expected);
}

void Store::fetchExpected() const noexcept
{
    const std::uint32_t at = m->index.find(m->expected, [](std::uint32_t) { return true; });
    if (at == KeyIndex::kNone)
        return;
    const auto* item = reinterpret_cast<const char*>(&m->items[at]);
    fetchLine(item);
    fetchLine(item + sizeof(Item) - 1);
}

bool Store::put(std::string_view key, const Version& version, std::string_view object, Instant now, bool fromSnapshot)
{
    const auto hash = static_cast<std::uint32_t>(hashKey(key));
    std::uint32_t at = m->locate(key, hash);
    const bool isNew = at == KeyIndex::kNone;
    if (isNew) {
        at = m->add(key, hash, object);
    } else {
        Item& item = m->items[at];
        if (item.newest)
            m->dropPatches(item);
        m->setBase(item, item.key(), object);
    }
    m->touch(at, version, now);
    if (fromSnapshot) {
        m->items[at].fromSnapshot = 1;
        m->items[at].changes = 0;
    }
    return isNew;
}

bool Store::patch(std::string_view key, const Version& version, Op op, std::string_view bytes, Instant now)
{
    const std::uint32_t at = m->locate(key);
    if (at == KeyIndex::kNone || !m->fold || bytes.empty())
        return false;
    Item& item = m->items[at];
    if (op == Op::JsonPatch) {
        if (!m->foldNow(item, bytes))
            return false;
        m->touch(at, version, now);
        return true;
    }
    std::uint32_t capacity = 0;
    char* block = m->arena.take(sizeof(PatchNode) + bytes.size(), capacity);
    auto* node = new (block) PatchNode{item.newest, capacity, static_cast<std::uint32_t>(bytes.size())};
    std::memcpy(node->data(), bytes.data(), bytes.size());
    item.newest = node;
    ++item.patchCount;
    item.patchBytes += node->size;
    const std::uint32_t bound = std::max(kFoldFloorBytes, kFoldAtBaseTimes * item.baseSize);
    if ((item.patchCount >= kFoldAtPatches || item.patchBytes > bound) && !m->foldNow(item, {})) {
        item.newest = node->before;
        --item.patchCount;
        item.patchBytes -= node->size;
        m->arena.give(block, capacity);
        m->hasFailedFold = true;
        return false;
    }
    m->touch(at, version, now);
    return true;
}

bool Store::erase(std::string_view key)
{
    const std::uint32_t at = m->locate(key);
    if (at == KeyIndex::kNone)
        return false;
    Item& item = m->items[at];
    m->index.erase(item.hash, at, [this](std::uint32_t held) { return m->items[held].hash; });
    m->dropPatches(item);
    m->arena.give(item.block, item.capacity);
    item = {};
    m->freePlaces.push_back(at);
    --m->count;
    return true;
}

void Store::clear()
{
    *this = Store(m->fold);
}

std::size_t Store::size() const noexcept
{
    return m->count;
}

std::size_t Store::bytes() const noexcept
{
    return m->arena.usedBytes() + m->items.capacity() * sizeof(Item) + m->index.bytes() +
           m->otherVersions.capacity() * sizeof(Version);
}

bool Store::contains(std::string_view key) const
{
    return m->locate(key) != KeyIndex::kNone;
}

bool Store::find(std::string_view key, ItemView& out) const
{
    const std::uint32_t at = m->locate(key);
    if (at == KeyIndex::kNone)
        return false;
    m->view(at, out);
    return true;
}

bool Store::object(std::string_view key, std::string& out) const
{
    const std::uint32_t at = m->locate(key);
    if (at == KeyIndex::kNone)
        return false;
    const Item& item = m->items[at];
    if (!item.newest) {
        out.assign(item.base());
        return true;
    }
    std::vector<PatchView> views;
    fill(views, item);
    if (m->fold(item.base(), views, out))
        return true;
    m->hasFailedFold = true;
    return false;
}

void Store::forEach(const std::function<void(const ItemView&)>& visit) const
{
    ItemView out;
    for (std::uint32_t at = 0; at < m->items.size(); ++at) {
        if (!m->items[at].isTaken)
            continue;
        m->view(at, out);
        visit(out);
    }
}

std::vector<std::string> Store::keysMissingIn(const Store& other) const
{
    std::vector<std::string> missing;
    for (const Item& item : m->items)
        if (item.isTaken && other.m->locate(item.key(), item.hash) == KeyIndex::kNone)
            missing.emplace_back(item.key());
    return missing;
}

bool Store::hasFailedFold() const noexcept
{
    return m->hasFailedFold;
}

} // namespace wg::sync
