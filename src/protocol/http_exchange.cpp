// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/http_exchange.h"

#include "codec/http1_request.h"

namespace wg::protocol
{

namespace
{

bool hasField(const std::vector<HeaderField>& fields, std::string_view name)
{
    for (const HeaderField& field : fields)
        if (codec::equalsIgnoringCase(field.name, name))
            return true;
    return false;
}

std::string_view nextStep(const Decision& decision)
{
    switch (decision.action) {
    case Action::AuthRefreshThenRetry:
    case Action::AuthRefreshThenResync: return "Check the token of this connection.";
    case Action::Resync:
    case Action::RetryWithoutFeature: return "A fresh snapshot is needed.";
    case Action::RetrySameCursor: return "It is tried again.";
    case Action::Stop: return "The server asks not to come back.";
    case Action::FallBack: return "Another transport is tried.";
    case Action::Fatal: return "Check the address and the access rights.";
    case Action::Consume:
    case Action::Redirect: break;
    }
    return {};
}

std::string_view expectedType(Where where)
{
    switch (where) {
    case Where::Sse: return "text/event-stream";
    case Where::Ndjson: return "application/x-ndjson";
    case Where::LongPoll:
    case Where::Snapshot:
    case Where::WebSocketHandshake: break;
    }
    return "application/json";
}

} // namespace

std::string plainText(std::string_view text, std::size_t limit)
{
    std::string plain(text.substr(0, limit));
    for (char& c : plain)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F)
            c = '?';
    return plain;
}

Result<std::string> writeRequest(const SessionRequest& request, const std::vector<HeaderField>& fields)
{
    codec::Http1Request head(request.url.target(), request.url.authority());
    for (const HeaderField& field : fields)
        if (codec::isFramingField(field.name) || !hasField(request.headers, field.name))
            head.add(field.name, field.value);
    if (!hasField(request.headers, "User-Agent"))
        head.add("User-Agent", "Watchglass/" WG_VERSION);
    for (const HeaderField& field : request.headers) {
        if (codec::isFramingField(field.name))
            return Error{ErrorCode::BadArgument,
                         "The header " + plainText(field.name) + " cannot be set: the connection writes it itself.",
                         "Remove it from the connection."};
        head.add(field.name, field.value);
    }
    if (!head.isOk())
        return Error{ErrorCode::BadArgument, head.fault(), "Correct it in the connection."};
    return std::move(head).take();
}

ResponseHead toResponseHead(const codec::HttpHead& head)
{
    ResponseHead result;
    result.status = head.status;
    result.headers = head.fields;
    result.reason = head.reason;
    return result;
}

Error describeRefusal(Where where, const ResponseHead& head, std::string_view body, const Url& url)
{
    Decision decision = decideStatus(where, head, body);
    if (decision.action == Action::Consume) { // a good answer for others, of a type that this watch does not take
        decision.action = Action::RetrySameCursor;
        decision.code = ErrorCode::WrongContentType;
    }
    // A redirect is followed by the engine; what it cannot follow is a refusal like any other.
    Error error{
        decision.code == ErrorCode::None ? ErrorCode::Rejected : decision.code, {}, std::string(nextStep(decision))};
    const std::string place = url.redacted();
    if (decision.code == ErrorCode::WrongContentType) {
        const std::string_view type = head.header("Content-Type");
        error.what = place + " answered with " + (type.empty() ? std::string("no content type") : plainText(type)) +
                     ", not with " + std::string(expectedType(where)) + ".";
        return error;
    }
    error.what = place + " answered " + std::to_string(head.status);
    if (!head.reason.empty())
        error.what += " " + plainText(head.reason, 60);
    if (decision.action == Action::Redirect) {
        const std::string_view location = head.header("Location");
        error.what += location.empty() ? " without saying where to" : "";
    }
    error.what += ".";
    return error;
}

} // namespace wg::protocol
