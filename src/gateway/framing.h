// SPDX-License-Identifier: GPL-3.0-or-later
// Framing: how a delivery stands on the wire. Parts that all subscribers share are copied as they are.
#pragma once

#include "gateway/subscription.h"

#include <string>
#include <string_view>

namespace wg::gateway {

/// Appends EVENT; `opening` stands before its members (`{` or `{"op":"event","sid":"0",`).
void appendEvent(std::string& out, const Delivery& delivery, const Subscription& subscription, std::string_view opening = "{");
/// EPOCH:VERSION
void appendCursor(std::string& out, std::string_view epoch, std::uint64_t version);
/// One SSE event with id, event and data lines.
void appendSse(std::string& out, const Delivery& delivery, const Subscription& subscription);
/// `{"event":"error",…}`; retryAfterS < 0 = none.
void appendError(std::string& out, std::string_view opening, std::string_view code, std::string_view detail,
                 double retryAfterS);

} // namespace wg::gateway
