// SPDX-License-Identifier: GPL-3.0-or-later
// Selection: which items of a resource a subscriber wants: all, some ids, those a filter matches, or both.
// Thread: immutable after set-up.
#pragma once

#include "filter/filter.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace wg::gateway {

struct Selection {
    std::optional<filter::Filter> filter;
    std::unordered_set<std::string> ids; ///< empty = all

    [[nodiscard]] bool isAll() const noexcept { return !filter && ids.empty(); }
    [[nodiscard]] bool wantsId(const std::string& id) const { return ids.empty() || ids.count(id) > 0; }
    /// Whether the filter lets an item with this state through.
    [[nodiscard]] bool wantsState(std::string_view id, std::string_view object) const
    {
        if (!filter)
            return true;
        filter::Record record;
        record.key = id;
        record.payload = object;
        return filter->matches(record);
    }
};

} // namespace wg::gateway
