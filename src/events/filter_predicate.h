// SPDX-License-Identifier: GPL-3.0-or-later
// filterPredicate: a compiled display filter as the predicate of a FilteredView.
#pragma once

#include "events/filtered_view.h"
#include "filter/filter.h"

#include <cstdint>
#include <map>
#include <string>

namespace wg::events {

/// What `conn` and `route` mean in a filter, by watch.
struct WatchName {
    std::string connection;
    std::string route;
};
using WatchNames = std::map<std::uint32_t, WatchName>;

/// names are those at the time of asking: make a new view when they change.
[[nodiscard]] Predicate filterPredicate(filter::Filter filter, WatchNames names);

/// One row as a filter sees it. A watch without a name has no `conn` and `route`.
[[nodiscard]] filter::Record recordOf(const RowView& row, const WatchNames& names);

} // namespace wg::events
