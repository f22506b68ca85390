// SPDX-License-Identifier: GPL-3.0-or-later
// Rows for the tests of the event log: row n is made from n alone, so a reader can check what it finds.
#pragma once

#include "events/event_log.h"

#include <string>

namespace wg::events::rows {

inline std::string payloadOf(std::uint64_t n)
{
    return R"({"event":"order_updated","id":"order-)" + std::to_string(n) + R"(","version":)" + std::to_string(n + 1) +
           R"(,"changes":{"status":"shipped","note":")" + std::string(n % 50, 'x') + R"("}})";
}

/// Appends row n, its key as part of the payload where n is even, and as text of its own where it is odd.
inline Sequence append(EventLog& log, std::uint64_t n)
{
    const std::string payload = payloadOf(n);
    const std::string key = "order-" + std::to_string(n);
    NewRow row;
    row.payload = payload;
    row.key = n % 2 == 0 ? std::string_view(payload).substr(payload.find(key), key.size()) : std::string_view(key);
    row.type = n % 3 == 0 ? "order_created" : "order_updated";
    row.version = n + 1;
    row.delta = 1;
    row.watch = static_cast<std::uint32_t>(n % 4);
    row.receivedNs = 1'700'000'000'000'000'000 + static_cast<std::int64_t>(n) * 1'000'000;
    row.serverMs = 1'700'000'000'000.0 + static_cast<double>(n) - 2.5;
    row.verdict = n % 10 == 9 ? RowVerdict::Stale : RowVerdict::Applied;
    return log.append(row);
}

} // namespace wg::events::rows
