// SPDX-License-Identifier: GPL-3.0-or-later
// Decision: what a refusal, a status or a close code means for a watch. One table each, no other place decides.
// Source: conformance sets http_status, close_codes, retry_after, sse_connect; RFC 9110 10.2.3, RFC 6455 7.4.
#pragma once

#include "protocol/stream_session.h"

#include <optional>
#include <string>
#include <string_view>

namespace wg::protocol
{

enum class Where : std::uint8_t { Sse, Ndjson, LongPoll, Snapshot, WebSocketHandshake };

enum class Action : std::uint8_t {
    Consume,             ///< read it
    RetrySameCursor,     ///< transient
    RetryWithoutFeature, ///< ask again more simply (no compression, no range, no sub-protocol)
    AuthRefreshThenRetry,
    AuthRefreshThenResync,
    Resync, ///< too old: snapshot
    Redirect,
    Stop,     ///< the server says: do not come back
    FallBack, ///< this transport is not offered here (only where fallback is allowed)
    Fatal,
};
enum class Delay : std::uint8_t {
    None,
    Immediate,
    ImmediateOnceThenBackoff,
    Backoff,
    BackoffLong,
    BackoffWithSpread,
    RetryAfterThenBackoff
};

struct Decision {
    Action action = Action::Fatal;
    Delay delay = Delay::None;
    bool keepsCursor = true;     ///< false: a snapshot is needed before going on
    bool isBounded = false;      ///< give up (say so) after 5 in a row
    bool mayRefreshAuth = false; ///< Fatal: one credential refresh may be tried before giving up
    ErrorCode code = ErrorCode::None;
};

/// status and headers of an answer; body only for problem documents (code version_expired and the like).
/// Redirect: the caller bounds the hops and treats a missing Location as Fatal. 304 is Fatal here: a caller that asked
/// conditionally knows it before it asks.
[[nodiscard]] Decision decideStatus(Where where, const ResponseHead& head, std::string_view body = {});
/// A good answer whose content cannot be used.
enum class BodyFault : std::uint8_t {
    Malformed,   ///< a message or document that cannot be read
    EmptyTooSoon ///< it ended in order, without an event and within a second
};
[[nodiscard]] Decision decideBody(Where where, BodyFault fault);
/// A handshake answer that says "no WebSocket here" rather than "not you": with `auto` the next transport is tried.
[[nodiscard]] bool isTransportRefusal(Where where, int status) noexcept;
/// What a browser's EventSource calls an event stream: 200 and text/event-stream, parameters ignored.
[[nodiscard]] bool isEventStreamAnswer(int status, std::string_view contentType);
/// True if a body of this type is read here; accepted replaces the usual types where it is not empty.
[[nodiscard]] bool isExpectedType(Where where, std::string_view contentType,
                                  const std::vector<std::string>& accepted = {});
/// closeProtocol: "any", "watch.v1", "graphql-transport-ws", "centrifugo". byServer: who closed first.
[[nodiscard]] Decision decideClose(int code, std::string_view closeProtocol, bool byServer = true);
/// Code of an in-band or problem-document error: unauthorized, token_expired, version_expired, rate_limited, ….
[[nodiscard]] Decision decideProblem(std::string_view problemCode);

/// Seconds to wait (unbounded: the caller has the ceiling), or nothing if the header must be ignored. nowS and the Date
/// header in Unix seconds cancel clock skew.
[[nodiscard]] std::optional<double> parseRetryAfter(std::string_view value, double nowS,
                                                    std::string_view dateHeader = {});

} // namespace wg::protocol
