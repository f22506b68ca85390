// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/filter_predicate.h"

#include <utility>

namespace wg::events {

filter::Record recordOf(const RowView& row, const WatchNames& names)
{
    filter::Record record;
    record.type = row.type();
    record.key = row.key();
    if (const auto name = names.find(row.watch()); name != names.end()) {
        record.conn = name->second.connection;
        record.route = name->second.route;
    }
    if (row.version() != 0)
        record.version = row.version();
    record.size = row.sizeBytes();
    if (const double latency = row.latencyMs(); latency >= 0)
        record.latencyMs = latency;
    record.payload = row.payload();
    return record;
}

Predicate filterPredicate(filter::Filter filter, WatchNames names)
{
    return [filter = std::move(filter), names = std::move(names)](const RowView& row) {
        return filter.matches(recordOf(row, names));
    };
}

} // namespace wg::events
