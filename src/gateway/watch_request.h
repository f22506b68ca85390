// SPDX-License-Identifier: GPL-3.0-or-later
// What the parameters of a watch mean: cursor, filter, ids, heartbeat, wait. Shared by routes and WebSocket operations.
// Errors: a Problem that names the parameter.
// Thread: the gateway's own.
#pragma once

#include "gateway/request.h"
#include "gateway/watch_stream.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

/// EPOCH:VERSION or now -> the version to start after.
[[nodiscard]] std::optional<Problem> resolveSince(const World& world, std::size_t resource, std::string_view since,
                                                  std::string_view param, std::uint64_t& from);
[[nodiscard]] std::optional<Problem> compileSelection(std::string_view filter, const std::vector<std::string>& ids,
                                                      Selection& out);
/// One `ids` is a list with commas; of several, each is one id.
[[nodiscard]] std::vector<std::string> readIds(const Request& request);
/// Fills in what the query says; the cursor, filter and ids only where the plan has an implied subscription.
[[nodiscard]] std::optional<Problem> readPlan(const World& world, const Request& request, WatchPlan& plan);

} // namespace wg::gateway
