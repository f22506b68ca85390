// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/decision.h"

#include "codec/json.h"

#include <algorithm>
#include <array>

namespace wg::protocol
{

namespace
{

using enum Action;
using enum Delay;

constexpr Decision fatal(ErrorCode code)
{
    return {Fatal, Delay::None, false, false, false, code};
}
constexpr Decision retry(Delay delay, ErrorCode code)
{
    return {RetrySameCursor, delay, true, false, false, code};
}
constexpr Decision bounded(Delay delay, ErrorCode code)
{
    return {RetrySameCursor, delay, true, true, false, code};
}
constexpr Decision resync(Delay delay, ErrorCode code)
{
    return {Resync, delay, false, false, false, code};
}
constexpr Decision refreshAuth()
{
    return {AuthRefreshThenRetry, Backoff, true, false, false, ErrorCode::Unauthorized};
}

Decision fatalOrAuth(ErrorCode code)
{
    Decision decision = fatal(code);
    decision.mayRefreshAuth = true;
    return decision;
}

bool isStream(Where where)
{
    return where != Where::Snapshot;
}

/// Too old, or a base that the server no longer has: a stream needs a snapshot; a snapshot is asked for afresh.
Decision tooOld(Where where)
{
    if (isStream(where))
        return resync(ImmediateOnceThenBackoff, ErrorCode::Gone);
    return {RetryWithoutFeature, ImmediateOnceThenBackoff, false, false, false, ErrorCode::Gone};
}

Decision decideSuccess(Where where, const ResponseHead& head)
{
    const Decision notHere =
        bounded(Backoff, where == Where::WebSocketHandshake ? ErrorCode::Rejected : ErrorCode::WrongContentType);
    if (where == Where::WebSocketHandshake)
        return notHere;
    if (head.status == 200)
        return isExpectedType(where, head.header("Content-Type")) ? Decision{Consume} : notHere;
    if (head.status == 204 && where == Where::Sse)
        return {Stop, Delay::None, false, false, false, ErrorCode::Rejected};
    if (head.status == 204 && where == Where::LongPoll)
        return {RetrySameCursor, Immediate, true, false, false, ErrorCode::None};
    return fatal(ErrorCode::Rejected);
}

Decision decideClientFault(Where where, int status)
{
    switch (status) {
    case 401: return refreshAuth();
    case 403: return fatal(ErrorCode::Forbidden);
    case 404: return fatal(ErrorCode::NotFound);
    case 408:
    case 425: return retry(Backoff, ErrorCode::Unavailable);
    case 409: return isStream(where) ? tooOld(where) : retry(Backoff, ErrorCode::Unavailable);
    case 410:
    case 412:
    case 416: return tooOld(where);
    case 429: return retry(RetryAfterThenBackoff, ErrorCode::RateLimited);
    default: return fatal(ErrorCode::Rejected);
    }
}

Decision decideServerFault(int status)
{
    switch (status) {
    case 501:
    case 505:
    case 511: return fatal(ErrorCode::Rejected);
    case 503:
    case 529: return retry(RetryAfterThenBackoff, ErrorCode::Unavailable);
    default: return retry(Backoff, ErrorCode::Unavailable);
    }
}

Decision decideCentrifugo(int code)
{
    if (code == 3014)
        return {AuthRefreshThenResync, Backoff, false, false, false, ErrorCode::Unauthorized};
    const bool isTerminal = (code >= 3500 && code <= 3999) || (code >= 4500 && code <= 4999);
    return isTerminal ? fatal(ErrorCode::Rejected) : retry(Backoff, ErrorCode::Unavailable);
}

Decision decideGraphQl(int code)
{
    switch (code) {
    case 4401: return refreshAuth();
    case 4403: return fatalOrAuth(ErrorCode::Forbidden);
    case 4404: return fatal(ErrorCode::NotFound);
    case 4004:
    case 4005:
    case 4400:
    case 4406:
    case 4409: return fatal(ErrorCode::Rejected);
    case 4429: return fatal(ErrorCode::RateLimited);
    case 4408:
    case 4499:
    case 4504: return retry(Backoff, ErrorCode::Timeout);
    default: return bounded(Backoff, ErrorCode::Unavailable);
    }
}

Decision decideWatchV1(int code)
{
    switch (code) {
    case 4400: return fatal(ErrorCode::BadArgument);
    case 4401: return refreshAuth();
    case 4403: return fatal(ErrorCode::Forbidden);
    case 4410: return tooOld(Where::WebSocketHandshake);
    case 4429: return retry(RetryAfterThenBackoff, ErrorCode::RateLimited);
    default: return bounded(Backoff, ErrorCode::Unavailable);
    }
}

/// 1000-2999: the same under every protocol.
Decision decideStandardClose(int code, bool byServer)
{
    switch (code) {
    case 1000:
        return byServer ? retry(Backoff, ErrorCode::None)
                        : Decision{Stop, Delay::None, true, false, false, ErrorCode::None};
    case 1001:
    case 1012: return retry(BackoffWithSpread, ErrorCode::Unavailable);
    case 1002: return bounded(Backoff, ErrorCode::Protocol);
    case 1003:
    case 1010: return fatal(ErrorCode::Rejected);
    case 1005:
    case 1006: return retry(Backoff, ErrorCode::ConnectionLost);
    case 1007: return resync(Backoff, ErrorCode::Undecodable);
    case 1008: return fatalOrAuth(ErrorCode::Forbidden);
    case 1009: return fatal(ErrorCode::TooLarge);
    case 1011:
    case 1014: return retry(Backoff, ErrorCode::Unavailable);
    case 1013: return retry(BackoffLong, ErrorCode::Unavailable);
    case 1015: return bounded(BackoffLong, ErrorCode::TlsFailed);
    default: return bounded(Backoff, ErrorCode::Unavailable);
    }
}

/// IANA-registered application codes that mean the same everywhere.
Decision decideRegisteredClose(int code)
{
    switch (code) {
    case 3000: return refreshAuth();
    case 3003: return fatal(ErrorCode::Forbidden);
    case 3008: return retry(Backoff, ErrorCode::Timeout);
    default: return bounded(Backoff, ErrorCode::Unavailable);
    }
}

bool endsWith(std::string_view text, std::string_view tail)
{
    return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

struct Row {
    std::string_view code;
    Decision decision;
};
const std::array<Row, 15> kProblems{{
    {"unauthorized", refreshAuth()},
    {"token_expired", refreshAuth()},
    {"auth_revoked", refreshAuth()},
    {"forbidden", fatal(ErrorCode::Forbidden)},
    {"origin_not_allowed", fatal(ErrorCode::Forbidden)},
    {"not_found", fatal(ErrorCode::NotFound)},
    {"bad_request", fatal(ErrorCode::BadArgument)},
    {"version_expired", resync(ImmediateOnceThenBackoff, ErrorCode::Gone)},
    {"too_many_connections", retry(RetryAfterThenBackoff, ErrorCode::RateLimited)},
    {"rate_limited", retry(RetryAfterThenBackoff, ErrorCode::RateLimited)},
    {"unavailable", retry(RetryAfterThenBackoff, ErrorCode::Unavailable)},
    {"method_not_allowed", fatal(ErrorCode::Rejected)},
    {"not_acceptable", fatal(ErrorCode::Rejected)},
    {"upgrade_required", fatal(ErrorCode::Rejected)},
    {"internal", retry(Backoff, ErrorCode::Unavailable)},
}};

const Row* findProblem(std::string_view code)
{
    const auto* const row =
        std::find_if(kProblems.begin(), kProblems.end(), [code](const Row& each) { return each.code == code; });
    return row == kProblems.end() ? nullptr : row;
}

/// The decision of the `code` of a problem document (RFC 9457), where it has one that is known.
std::optional<Decision> decideProblemDocument(Where where, const ResponseHead& head, std::string_view body)
{
    if (codec::mediaTypeEssence(head.header("Content-Type")) != "application/problem+json")
        return {};
    const auto code = codec::jsonMember(body, "code");
    if (!code)
        return {};
    std::string scratch;
    const Row* const row = findProblem(codec::jsonText(*code, scratch));
    if (!row)
        return {};
    return row->decision.action == Resync ? tooOld(where) : row->decision;
}

} // namespace

Decision decideStatus(Where where, const ResponseHead& head, std::string_view body)
{
    const int status = head.status;
    if (where == Where::WebSocketHandshake && status == 101)
        return {Consume};
    if (status >= 200 && status < 300)
        return decideSuccess(where, head);
    if (status == 301 || status == 302 || status == 303 || status == 307 || status == 308)
        return {Redirect, Immediate, true, false, false, ErrorCode::None};
    if (status >= 400) {
        if (const auto decision = decideProblemDocument(where, head, body))
            return *decision;
    }
    if (status >= 400 && status < 500)
        return decideClientFault(where, status);
    if (status >= 500 && status < 600)
        return decideServerFault(status);
    return fatal(status < 200 ? ErrorCode::Protocol : ErrorCode::Rejected);
}

Decision decideBody(Where where, BodyFault fault)
{
    if (fault == BodyFault::EmptyTooSoon)
        return retry(Backoff, ErrorCode::Unavailable);
    // A half-read snapshot changes nothing and is asked for again; in a stream what cannot be read is a gap.
    return isStream(where) ? resync(Backoff, ErrorCode::Undecodable) : retry(Backoff, ErrorCode::Undecodable);
}

bool isTransportRefusal(Where where, int status) noexcept
{
    constexpr std::array<int, 6> kNoUpgradeHere{200, 400, 404, 405, 426, 501};
    return where == Where::WebSocketHandshake &&
           std::find(kNoUpgradeHere.begin(), kNoUpgradeHere.end(), status) != kNoUpgradeHere.end();
}

bool isEventStreamAnswer(int status, std::string_view contentType)
{
    return status == 200 && codec::mediaTypeEssence(contentType) == "text/event-stream";
}

bool isExpectedType(Where where, std::string_view contentType, const std::vector<std::string>& accepted)
{
    const std::string essence = codec::mediaTypeEssence(contentType);
    if (essence.empty())
        return false;
    if (!accepted.empty())
        return std::any_of(accepted.begin(), accepted.end(),
                           [&essence](const std::string& type) { return codec::equalsIgnoringCase(type, essence); });
    if (where == Where::Sse)
        return essence == "text/event-stream";
    if (essence == "application/json" || endsWith(essence, "+json"))
        return true;
    if (where != Where::Ndjson)
        return false;
    constexpr std::array<std::string_view, 7> kLineTypes{
        "application/x-ndjson", "application/ndjson",    "text/x-ndjson",          "application/jsonl",
        "application/x-jsonl",  "application/jsonlines", "application/x-jsonlines"};
    return std::find(kLineTypes.begin(), kLineTypes.end(), essence) != kLineTypes.end();
}

Decision decideClose(int code, std::string_view closeProtocol, bool byServer)
{
    if (code < 1000 || code > 4999)
        return fatal(ErrorCode::Protocol); // never on the wire
    if (code == 1009)
        return fatal(ErrorCode::TooLarge);
    if (code < 3000)
        return decideStandardClose(code, byServer);
    if (closeProtocol == "centrifugo")
        return decideCentrifugo(code);
    if (code >= 4000 && closeProtocol == "graphql-transport-ws")
        return decideGraphQl(code);
    if (code >= 4000 && closeProtocol == "watch.v1")
        return decideWatchV1(code);
    return decideRegisteredClose(code);
}

Decision decideProblem(std::string_view problemCode)
{
    const Row* const row = findProblem(problemCode);
    return row ? row->decision : bounded(Backoff, ErrorCode::Rejected);
}

} // namespace wg::protocol
