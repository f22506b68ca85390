// SPDX-License-Identifier: GPL-3.0-or-later
// Store: the local copy of one resource, item by key.
// Shape:  per key a base object (raw JSON bytes) plus pending merge patches, folded on read or when there are many
//         (16 of them, or four times the base's bytes). JSON patches are folded at once: they can fail.
// Limits: bytes() counts what is held; a snapshot under construction is bounded by the caller (limits::kSnapshotBytes);
//         one object is below 2 GiB, keys are any bytes.
// Errors: a pending patch that turns out to be no JSON is found when it is folded: patch() or object() then says false
//         and hasFailedFold() stays true until clear() or assignment.
// Thread: owned by one engine thread. A store that was moved from may only be assigned to or destroyed.
// Cost:   put and patch on a known key allocate nothing once the arena is warm; an object is overwritten in place.
#pragma once

#include "base/time.h"
#include "sync/event.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wg::sync
{

/// Applies patches in order to a base object; false if one cannot be applied. Supplied by the engine (codec knows
/// JSON).
struct PatchView {
    Op op = Op::Patch; ///< Patch or JsonPatch
    std::string_view bytes;
};
using FoldPatches = bool (*)(std::string_view base, const std::vector<PatchView>& patches, std::string& out);

struct ItemView {
    std::string_view key;
    Version version;
    Instant changedAt;
    std::uint32_t changes = 0; ///< events applied to this key since it came into this store
    bool fromSnapshot = false; ///< unchanged since the last snapshot
};

class Store
{
public:
    explicit Store(FoldPatches fold = nullptr);
    ~Store();
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Sets how patches are applied from now on.
    void useFold(FoldPatches fold);
    /// Whole new object. Returns true if the key is new.
    bool put(std::string_view key, const Version& version, std::string_view object, Instant now,
             bool fromSnapshot = false);
    /// False if the key is unknown (patch without base) or the patch cannot be applied; nothing changes then.
    bool patch(std::string_view key, const Version& version, Op op, std::string_view bytes, Instant now);
    /// False if the key was unknown (normal for a delete).
    bool erase(std::string_view key);
    void clear();
    /// Hints that the next change is one of this key: what it will touch is fetched while other work is done. An index
    /// and an item of a large store are out of every cache, and waiting for them costs more than all the rest of an
    /// event. First expect(), and some 100 ns later fetchExpected(); neither changes anything.
    void expect(std::string_view key) const noexcept;
    void fetchExpected() const noexcept;

    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;
    [[nodiscard]] bool contains(std::string_view key) const;
    [[nodiscard]] bool find(std::string_view key, ItemView& out) const;
    /// The folded object as JSON text; false if the key is unknown.
    [[nodiscard]] bool object(std::string_view key, std::string& out) const;
    /// Every item, in no particular order.
    void forEach(const std::function<void(const ItemView&)>& visit) const;
    /// Keys of this store that other lacks (what a snapshot took away).
    [[nodiscard]] std::vector<std::string> keysMissingIn(const Store& other) const;
    /// True once a pending patch could not be applied: what is held is no longer what the source sent.
    [[nodiscard]] bool hasFailedFold() const noexcept;

private:
    struct State;
    std::unique_ptr<State> m;
};

} // namespace wg::sync
