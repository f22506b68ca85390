// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fault_of.h"

#include "dialect/json_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wg::engine {

namespace {

constexpr double kLongDelayMs = 5'000; ///< "try again later" (1013) starts here
constexpr std::size_t kLineBytes = 200;

std::string_view reasonPhrase(int status) noexcept
{
    switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 407: return "Proxy Authentication Required";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return {};
    }
}

/// A text member of a problem document, empty if body is none or has no such member.
std::string problemText(std::string_view body, std::string_view name)
{
    constexpr std::size_t kPadding = 64;
    std::string padded(body);
    padded.append(kPadding, '\0');
    dialect::JsonReader reader;
    if (!reader.begin({padded.data(), body.size()}) || !reader.enterObject())
        return {};
    std::string_view key;
    dialect::JsonValue value;
    std::string scratch;
    while (reader.nextMember(key)) {
        const bool isAsked = key == name;
        if (!reader.value(value))
            return {};
        if (isAsked && value.kind == dialect::JsonKind::String)
            return std::string(dialect::JsonReader::text(value, scratch));
    }
    return {};
}

} // namespace

sync::Fault faultOf(const protocol::Decision& decision, const FaultContext& context)
{
    using protocol::Action;
    using protocol::Delay;
    sync::Fault out;
    out.code = decision.code;
    out.status = context.status;
    out.reason = context.reason;
    out.floorMs = context.retryAfterMs;
    out.isImmediate = decision.delay == Delay::Immediate || decision.delay == Delay::ImmediateOnceThenBackoff;
    if (decision.delay == Delay::BackoffLong)
        out.floorMs = std::max(out.floorMs.value_or(0), kLongDelayMs);
    switch (decision.action) {
    case Action::AuthRefreshThenRetry:
    case Action::AuthRefreshThenResync: out.action = sync::Fault::Action::RefreshAuth; break;
    case Action::Resync:
        out.action = sync::Fault::Action::Resync;
        out.marker = decision.code == ErrorCode::Undecodable ? sync::MarkerKind::Unreadable : sync::MarkerKind::TooOld;
        break;
    case Action::Fatal:
    case Action::FallBack:
        out.action = decision.mayRefreshAuth ? sync::Fault::Action::RefreshAuth : sync::Fault::Action::Fatal;
        break;
    case Action::Stop: out.action = sync::Fault::Action::Stop; break;
    default: out.action = sync::Fault::Action::Retry;
    }
    return out;
}

sync::Fault faultOf(const Error& error, std::string reason)
{
    sync::Fault out;
    out.action = sync::Fault::Action::Retry;
    out.code = error.code == ErrorCode::None ? ErrorCode::ConnectionLost : error.code;
    out.reason = std::move(reason);
    if (!error.next.empty())
        out.reason += " " + error.next;
    if (error.code == ErrorCode::TlsFailed) // a certificate does not mend itself within seconds
        out.floorMs = kLongDelayMs;
    return out;
}

std::optional<double> retryAfterMs(const protocol::ResponseHead& head, WallMs wallNow)
{
    const std::string_view value = head.header("retry-after");
    if (value.empty())
        return {};
    const auto seconds = protocol::parseRetryAfter(value, wallNow / 1000, head.header("date"));
    return seconds ? std::optional<double>(*seconds * 1000) : std::nullopt;
}

std::string statusText(const protocol::ResponseHead& head, std::string_view body)
{
    std::string out = std::to_string(head.status);
    const std::string_view phrase = reasonPhrase(head.status);
    if (!phrase.empty())
        out.append(" ").append(phrase);
    const std::string code = plainLine(problemText(body, "code"));
    std::string detail = plainLine(problemText(body, "detail"));
    while (!detail.empty() && detail.back() == '.')
        detail.pop_back();
    if (!code.empty() || !detail.empty())
        out += " (" + code + (code.empty() || detail.empty() ? "" : ": ") + detail + ")";
    return out;
}

std::string clockText(WallMs at)
{
    const auto seconds = static_cast<std::int64_t>(at / 1000) % 86'400;
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d UTC", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return text;
}

std::string spanText(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::max(0.0, seconds));
    char text[48];
    if (whole < 60)
        std::snprintf(text, sizeof text, "%d s", static_cast<int>(whole));
    else if (whole < 3600)
        std::snprintf(text, sizeof text, "%d m %02d s", static_cast<int>(whole / 60), static_cast<int>(whole % 60));
    else
        std::snprintf(text, sizeof text, "%lld h %02d m", static_cast<long long>(whole / 3600), static_cast<int>(whole / 60 % 60));
    return text;
}

std::string plainLine(std::string_view text)
{
    std::string out(text.substr(0, kLineBytes));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80 && text.size() > kLineBytes)
        out.pop_back();
    return out;
}

} // namespace wg::engine
