// SPDX-License-Identifier: GPL-3.0-or-later
// mockEvents: rows as the mock-up of the Events page shows them, for tests and previews of the window.
#pragma once

#include "events/event_log.h"
#include "engine/publication.h"

#include <cstddef>

namespace wg::test {

/// Appends count order events of two watches, one every 15 ms and the last at wallMs, with a duplicate, a late, a stale
/// and an undecodable one, a gap and a resync now and then.
void appendMockEvents(events::EventLog& log, std::size_t count, double wallMs);

/// The page of pods that the mock-up of the Resources page shows; 1,312 of them.
[[nodiscard]] std::shared_ptr<engine::ResourcePage> mockPage(engine::WatchId watch, std::uint64_t query, std::size_t first,
                                                             std::size_t count);
[[nodiscard]] std::shared_ptr<engine::ItemDetail> mockItem(engine::WatchId watch, const std::string& key);

} // namespace wg::test
