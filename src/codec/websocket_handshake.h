// SPDX-License-Identifier: GPL-3.0-or-later
// The opening handshake of a WebSocket client: key, accept value and the check of a 101 answer.
// Source: RFC 6455 4.1 and 4.2.2. Connection is a list ("keep-alive, Upgrade" is fine).
#pragma once

#include "base/prng.h"
#include "codec/http1_response.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg::codec
{

/// 16 bytes of the generator in base64.
[[nodiscard]] std::string makeWebSocketKey(Prng& prng);
/// What Sec-WebSocket-Accept must be for a key.
[[nodiscard]] std::string webSocketAccept(std::string_view key);
/// Empty if the 101 answer is good, else the sentence that says what is wrong with it.
[[nodiscard]] std::string checkWebSocketAnswer(const HttpHead& head, std::string_view key,
                                               const std::vector<std::string>& offered);

} // namespace wg::codec
