// SPDX-License-Identifier: GPL-3.0-or-later
// WatchPlan: what tail and state were asked to watch, with what credential, and when they end.
// Errors: ErrorCode::BadArgument (and Io for files) before anything is connected.
#pragma once

#include "ctl/options.h"
#include "engine/watch_spec.h"
#include "io/token_sources.h"

#include <optional>
#include <string>
#include <vector>

namespace wg::ctl {

/// All that are given must hold before the run ends by itself; maxTime ends it in any case.
struct EndRule {
    std::optional<sync::Version> untilVersion;
    std::optional<Duration> quietAfter;
    std::optional<Duration> maxTime;
    [[nodiscard]] bool hasCondition() const noexcept { return untilVersion || quietAfter; }
};

struct WatchPlan {
    std::vector<engine::WatchSpec> specs; ///< one, or one for each --resource
    io::TokenPlan token;
    EndRule end;
    std::string logFile; ///< empty: none; "-": standard error
};

[[nodiscard]] Result<WatchPlan> planWatch(const Options& options);

/// EPOCH:VERSION, split at the last colon; a bare version has no epoch.
[[nodiscard]] Result<sync::Cursor> cursorFromText(std::string_view text);

} // namespace wg::ctl
