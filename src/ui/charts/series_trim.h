// SPDX-License-Identifier: GPL-3.0-or-later
// trimmedToData: the charts of a young process begin where its figures begin, not at an empty stretch before.
// Limits: never shorter than a minute, so that the scale does not race at the start.
#pragma once

#include "engine/publication.h"

namespace wg::ui {

/// The same frame where it is full from its beginning, or null.
[[nodiscard]] std::shared_ptr<const engine::SeriesFrame> trimmedToData(const std::shared_ptr<const engine::SeriesFrame>& frame);

} // namespace wg::ui
