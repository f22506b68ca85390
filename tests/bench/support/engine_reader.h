// SPDX-License-Identifier: GPL-3.0-or-later
// engineRead: the same stream through the program's own way: socket, framing, dialect, replica, event log, series.
#pragma once

#include "support/cpu_clock.h"
#include "support/stream_server.h"

#include <cstdint>

namespace wg::bench {

struct EngineRead {
    Cost cost;
    std::uint64_t applied = 0;     ///< must be all events
    std::size_t items = 0;
    std::uint64_t allocations = 0; ///< of this thread, while it read
};

/// Runs an engine with real sockets on this thread, which must have a QCoreApplication: takes the snapshot, waits for the
/// stream to stand, releases it and reads it to its last event. allocationCount: of this thread so far; may be null.
[[nodiscard]] EngineRead engineRead(StreamServer& server, Wire wire, const StreamShape& shape,
                                    std::uint64_t (*allocationCount)() = nullptr);

} // namespace wg::bench
