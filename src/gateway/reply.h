// SPDX-License-Identifier: GPL-3.0-or-later
// Reply: one HTTP answer on its way out, and problems (RFC 9457) as replies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wg::gateway {

struct Reply {
    int status = 200;
    std::string type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;

    void add(std::string_view name, std::string_view value) { headers.emplace_back(name, value); }
    /// Status line, header fields and (unless for HEAD or 304) the body.
    [[nodiscard]] std::string toText(bool isKeepAlive, bool isHead) const;
};

/// What went wrong with a request. `code` is one of the contract's.
struct Problem {
    int status = 500;
    std::string code = "internal";
    std::string detail;
    std::string param;          ///< the query parameter or header at fault
    double retryAfterS = -1;    ///< < 0 = none
    std::vector<std::pair<std::string, std::string>> headers; ///< Allow, Upgrade, WWW-Authenticate

    [[nodiscard]] Reply toReply() const;

    static Problem badRequest(std::string_view param, std::string_view detail);
    static Problem notFound(std::string_view detail);
    static Problem unauthorized(std::string_view code, std::string_view detail);
    static Problem forbidden(std::string_view code, std::string_view detail);
    static Problem gone(std::string_view detail);
    static Problem tooMany(std::string_view code, std::string_view detail, double retryAfterS);
    static Problem unavailable(std::string_view detail, double retryAfterS);
    static Problem methodNotAllowed(std::string_view allow);
    static Problem notAcceptable(std::string_view detail);
    static Problem upgradeRequired(std::string_view detail);
};

[[nodiscard]] std::string_view statusText(int status) noexcept;

} // namespace wg::gateway
