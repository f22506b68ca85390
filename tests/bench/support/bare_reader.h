// SPDX-License-Identifier: GPL-3.0-or-later
// bareRead: what the same stream costs a plain recv() loop, the floor that no reader in user space gets below.
#pragma once

#include "support/cpu_clock.h"
#include "support/stream_server.h"

namespace wg::bench {

/// Opens the stream, releases it and reads it to its last byte on this thread.
[[nodiscard]] Cost bareRead(StreamServer& server, Wire wire);

} // namespace wg::bench
