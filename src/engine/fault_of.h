// SPDX-License-Identifier: GPL-3.0-or-later
// What a refusal, an end or an in-band error is for the replica: the decision tables of protocol/ as a sync::Fault with a
// sentence. Source: SYNC B2, B3.10; PROTOCOL 5.5 and 5.6 of this project.
#pragma once

#include "engine/watch_spec.h"
#include "protocol/decision.h"
#include "sync/replica.h"

#include <string>

namespace wg::engine {

/// What is known beside the decision.
struct FaultContext {
    int status = 0;
    std::optional<double> retryAfterMs; ///< as the source asked, if it did
    std::string reason;                 ///< a sentence
};

[[nodiscard]] sync::Fault faultOf(const protocol::Decision& decision, const FaultContext& context);
/// An end that the transport told: TLS, DNS, reset, deadline, clean end.
[[nodiscard]] sync::Fault faultOf(const Error& error, std::string reason);

/// Retry-After of an answer in milliseconds; Date cancels the difference of the clocks.
[[nodiscard]] std::optional<double> retryAfterMs(const protocol::ResponseHead& head, WallMs wallNow);
/// `404 Not Found`, with the problem document's code and detail where there are any.
[[nodiscard]] std::string statusText(const protocol::ResponseHead& head, std::string_view body);
/// 14:17:07 UTC
[[nodiscard]] std::string clockText(WallMs at);
/// 4 s, 2 m 05 s, 1 h 02 m
[[nodiscard]] std::string spanText(double seconds);
/// Text from outside as one plain line of at most 200 bytes.
[[nodiscard]] std::string plainLine(std::string_view text);

} // namespace wg::engine
