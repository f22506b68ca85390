// SPDX-License-Identifier: GPL-3.0-or-later
// Url: the parts of an http, https, ws or wss address. Never carries user info: it is refused with a sentence.
// Errors: ErrorCode::BadArgument with what is wrong and where.
// Source: RFC 3986 (generic syntax), RFC 9110 4.2.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wg {

struct QueryParameter {
    std::string name;  ///< decoded
    std::string value; ///< decoded
};

struct Url {
    std::string scheme; ///< lower case: http, https, ws, wss
    std::string host;   ///< lower case; IPv6 without brackets
    std::uint16_t port = 0;
    std::string path;   ///< begins with '/', still percent-encoded
    std::string query;  ///< without '?', still percent-encoded

    [[nodiscard]] static Result<Url> parse(std::string_view text);

    [[nodiscard]] bool isSecure() const noexcept { return scheme == "https" || scheme == "wss"; }
    [[nodiscard]] bool isLoopback() const noexcept;
    [[nodiscard]] bool hasDefaultPort() const noexcept;
    [[nodiscard]] std::string authority() const; ///< host[:port], brackets round IPv6, default port left out
    [[nodiscard]] std::string origin() const;    ///< scheme://authority with ws as http and wss as https
    [[nodiscard]] std::string target() const;    ///< path[?query], as in a request line
    [[nodiscard]] std::string toString() const;
    /// toString with the values of parameters that look like credentials replaced by "***".
    [[nodiscard]] std::string redacted() const;

    [[nodiscard]] std::vector<QueryParameter> parameters() const;
    /// Sets (replaces or appends) one query parameter; the value is percent-encoded here.
    void setParameter(std::string_view name, std::string_view value);
    void removeParameter(std::string_view name);
    /// The same address with the HTTP scheme (http/https) or the WebSocket scheme (ws/wss).
    [[nodiscard]] Url asHttp() const;
    [[nodiscard]] Url asWebSocket() const;
    /// Resolves a Location header against this address.
    [[nodiscard]] Result<Url> resolved(std::string_view reference) const;
};

[[nodiscard]] std::string percentEncode(std::string_view text);
[[nodiscard]] std::string percentDecode(std::string_view text);

} // namespace wg
