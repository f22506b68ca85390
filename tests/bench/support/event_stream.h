// SPDX-License-Identifier: GPL-3.0-or-later
// EventStream: a watch.v1 source's snapshot and events, rendered before the clock starts.
// Shape:  keys ord-000000 upward, all in the snapshot; event n has version n + 1 and prev n; four of five are merge
//         patches, the fifth puts a whole object; keys in random order from a fixed seed. About 220 B of JSON an event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wg::bench {

enum class Wire : std::uint8_t { Sse, Ndjson, WebSocket };
inline constexpr Wire kWires[] = {Wire::Sse, Wire::Ndjson, Wire::WebSocket};
[[nodiscard]] std::string_view toString(Wire wire);

struct StreamShape {
    std::size_t events = 1'000'000;
    std::size_t keys = 200'000;
};

inline constexpr std::string_view kEpoch = "e7f3";

/// The JSON of event n, without any framing; for WebSocket with op and sid.
void appendEvent(std::string& out, Wire wire, const StreamShape& shape, std::size_t n);
/// A heartbeat at version, in the wire's framing.
[[nodiscard]] std::string framedHeartbeat(Wire wire, std::uint64_t version);
/// All events, each in a chunk or frame of its own.
[[nodiscard]] std::string framedEvents(Wire wire, const StreamShape& shape);
[[nodiscard]] std::string snapshotJson(const StreamShape& shape);

} // namespace wg::bench
