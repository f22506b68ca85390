// SPDX-License-Identifier: GPL-3.0-or-later
// Control: what a test may ask of a running gateway (only with --control, only from loopback, never from a web page).
#pragma once

#include "gateway/hub.h"
#include "gateway/request.h"

#include <string_view>

namespace wg::gateway {

/// POST /control/{pause,resume,epoch,compact,put,delete}; answers {"epoch","versions":{name:head}}.
[[nodiscard]] Reply control(Hub& hub, const Request& request, std::string_view action);

} // namespace wg::gateway
