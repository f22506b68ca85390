// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/reply.h"

#include "gateway/json_text.h"

#include <cmath>
#include <ctime>

namespace wg::gateway {
namespace {

std::string httpDate()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

Problem make(int status, std::string_view code, std::string_view detail)
{
    Problem p;
    p.status = status;
    p.code = code;
    p.detail = detail;
    return p;
}

} // namespace

std::string_view statusText(int status) noexcept
{
    switch (status) {
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Status";
    }
}

std::string Reply::toText(bool isKeepAlive, bool isHead) const
{
    std::string out = "HTTP/1.1 " + std::to_string(status) + " " + std::string(statusText(status)) + "\r\nDate: " + httpDate();
    const bool hasBody = status != 304 && status != 204 && status >= 200;
    if (hasBody)
        out += "\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size());
    for (const auto& [name, value] : headers)
        out += "\r\n" + name + ": " + value;
    if (status >= 200)
        out += isKeepAlive ? "\r\nConnection: keep-alive" : "\r\nConnection: close";
    out += "\r\n\r\n";
    if (hasBody && !isHead)
        out += body;
    return out;
}

Reply Problem::toReply() const
{
    Reply reply;
    reply.status = status;
    reply.type = "application/problem+json";
    reply.headers = headers;
    reply.body = "{\"type\":\"about:blank\",\"title\":";
    appendText(reply.body, statusText(status));
    reply.body += ",\"status\":" + std::to_string(status) + ",\"code\":";
    appendText(reply.body, code);
    reply.body += ",\"detail\":";
    appendText(reply.body, detail);
    if (!param.empty()) {
        reply.body += ",\"param\":";
        appendText(reply.body, param);
    }
    if (retryAfterS >= 0) {
        const std::string seconds = fixed(std::ceil(retryAfterS), 0);
        reply.add("Retry-After", seconds);
        reply.body += ",\"retry_after\":" + seconds;
    }
    reply.add("Cache-Control", "no-store");
    reply.body += '}';
    return reply;
}

Problem Problem::badRequest(std::string_view param, std::string_view detail)
{
    Problem p = make(400, "bad_request", detail);
    p.param = param;
    return p;
}

Problem Problem::notFound(std::string_view detail)
{
    return make(404, "not_found", detail);
}

Problem Problem::unauthorized(std::string_view code, std::string_view detail)
{
    Problem p = make(401, code, detail);
    p.headers.emplace_back("WWW-Authenticate", code == "token_expired"
                                                   ? "Bearer error=\"invalid_token\", error_description=\"expired\""
                                                   : "Bearer");
    return p;
}

Problem Problem::forbidden(std::string_view code, std::string_view detail)
{
    return make(403, code, detail);
}

Problem Problem::gone(std::string_view detail)
{
    return make(410, "version_expired", detail);
}

Problem Problem::tooMany(std::string_view code, std::string_view detail, double retryAfterS)
{
    Problem p = make(429, code, detail);
    p.retryAfterS = retryAfterS;
    return p;
}

Problem Problem::unavailable(std::string_view detail, double retryAfterS)
{
    Problem p = make(503, "unavailable", detail);
    p.retryAfterS = retryAfterS;
    return p;
}

Problem Problem::methodNotAllowed(std::string_view allow)
{
    Problem p = make(405, "method_not_allowed", "This route does not take that method.");
    p.headers.emplace_back("Allow", allow);
    return p;
}

Problem Problem::notAcceptable(std::string_view detail)
{
    return make(406, "not_acceptable", detail);
}

Problem Problem::upgradeRequired(std::string_view detail)
{
    Problem p = make(426, "upgrade_required", detail);
    p.headers.emplace_back("Upgrade", "websocket");
    p.headers.emplace_back("Sec-WebSocket-Version", "13");
    return p;
}

} // namespace wg::gateway
