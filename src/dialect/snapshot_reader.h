// SPDX-License-Identifier: GPL-3.0-or-later
// SnapshotReader: reads a watch.v1 snapshot as it arrives, item by item, into a store of its own.
// Shape:  feed() any number of chunks, then finish(). Only one item's text is held at a time; the document round the
//         items (epoch, version) is read at the end. Nothing counts until finish() says so.
// Limits: limits::kSnapshotBytes in all, limits::kEventBytes an item, 1 MiB round the items.
// Errors: a document cut short, wrong in shape or in JSON gives an Error with the reason; the store is then worthless.
// Thread: one. Source: PROTOCOL 2 of this project.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "dialect/json_reader.h"
#include "sync/store.h"
#include "sync/version.h"

namespace wg::dialect {

struct Snapshot {
    sync::Cursor at;
    std::string resource;
    sync::Store items;
};

class SnapshotReader {
public:
    explicit SnapshotReader(sync::FoldPatches fold, std::size_t maxBytes = limits::kSnapshotBytes);
    /// False once the document is refused; error() says why.
    bool feed(std::string_view bytes, Instant now);
    [[nodiscard]] Result<Snapshot> finish();
    [[nodiscard]] const Error& error() const noexcept { return m_error; }
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }

private:
    enum class Place : std::uint8_t { Outside, BeforeItem, InItem, AfterItem };
    bool fail(ErrorCode code, std::string why);
    bool outside(char c);
    [[nodiscard]] bool opensItems() const;
    bool itemDone(Instant now);
    std::size_t runInItem(std::string_view bytes);

    sync::Store m_items;
    JsonReader m_reader;
    std::string m_envelope; ///< the document with its items left out
    std::string m_item;     ///< the item being gathered
    std::string m_key, m_scratch;
    std::size_t m_bytes = 0, m_maxBytes, m_count = 0;
    unsigned m_depth = 0, m_itemDepth = 0;
    Place m_place = Place::Outside;
    bool m_isInString = false, m_isEscaped = false, m_sawItems = false;
    Error m_error{ErrorCode::None, {}, {}};
};

} // namespace wg::dialect
