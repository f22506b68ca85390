// SPDX-License-Identifier: GPL-3.0-or-later
// makeSeriesFrame: the charts' figures over a range, read from the telemetry. Made once a second at most.
// Cost:   O(points): about ten buckets a point and figure, a few milliseconds for a long range.
// Thread: the engine's.
#pragma once

#include "engine/publication.h"
#include "series/telemetry.h"

#include <memory>
#include <utility>
#include <vector>

namespace wg::engine {

/// watches: id and name of those to show; annotations are the caller's.
[[nodiscard]] std::shared_ptr<SeriesFrame> makeSeriesFrame(const series::Telemetry& telemetry, Instant now, WallMs wallNow,
                                                           double rangeS,
                                                           const std::vector<std::pair<WatchId, std::string>>& watches);

} // namespace wg::engine
