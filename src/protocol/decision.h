// SPDX-License-Identifier: GPL-3.0-or-later
// Decision: what a refusal, a status or a close code means for a watch. One table each, no other place decides.
// Source: conformance sets http_status, close_codes, retry_after, sse_connect; RFC 9110 10.2.3, RFC 6455 7.4.
#pragma once

#include "protocol/stream_session.h"

#include <optional>
#include <string>
#include <string_view>

namespace wg::protocol {

enum class Where : std::uint8_t { Sse, Ndjson, LongPoll, Snapshot, WebSocketHandshake };

enum class Action : std::uint8_t {
    Consume,                 ///< read it
    RetrySameCursor,         ///< transient
    RetryWithoutFeature,     ///< ask again more simply (no compression, no range, no sub-protocol)
    AuthRefreshThenRetry,
    AuthRefreshThenResync,
    Resync,                  ///< too old: snapshot
    Redirect,
    Stop,                    ///< the server says: do not come back
    FallBack,                ///< this transport is not offered here (only where fallback is allowed)
    Fatal,
};
enum class Delay : std::uint8_t { None, Immediate, ImmediateOnceThenBackoff, Backoff, BackoffLong, BackoffWithSpread, RetryAfterThenBackoff };

struct Decision {
    Action action = Action::Fatal;
    Delay delay = Delay::None;
    bool keepsCursor = true;   ///< false: a snapshot is needed before going on
    bool isBounded = false;    ///< give up (say so) after 5 in a row
    ErrorCode code = ErrorCode::None;
};

/// status and headers of an answer; body only for problem documents (code version_expired and the like).
[[nodiscard]] Decision decideStatus(Where where, const ResponseHead& head, std::string_view body = {});
/// closeProtocol: "any", "watch.v1", "graphql-transport-ws", "centrifugo". byServer: who closed first.
[[nodiscard]] Decision decideClose(int code, std::string_view closeProtocol, bool byServer = true);
/// Code of an in-band or problem-document error: unauthorized, token_expired, version_expired, rate_limited, ….
[[nodiscard]] Decision decideProblem(std::string_view problemCode);

/// Seconds to wait, or nothing if the header must be ignored. nowS and the Date header in Unix seconds cancel clock skew.
[[nodiscard]] std::optional<double> parseRetryAfter(std::string_view value, double nowS, std::string_view dateHeader = {});

} // namespace wg::protocol
