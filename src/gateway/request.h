// SPDX-License-Identifier: GPL-3.0-or-later
// Request: one HTTP request as the routes look at it, and small readers of header fields.
// Source: RFC 9110 (Accept, entity tags), W3C Trace Context (traceparent).
#pragma once

#include "base/url.h"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

namespace http = boost::beast::http;

class Request {
public:
    using Message = http::request<http::string_body>;
    Request(Message message, boost::asio::ip::address peer);

    [[nodiscard]] std::string_view method() const noexcept { return m_method; }
    [[nodiscard]] const std::vector<std::string>& segments() const noexcept { return m_segments; } ///< of the path, decoded
    [[nodiscard]] bool isSlashed() const noexcept { return m_isSlashed; } ///< the path ends in an empty segment
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> parameters(std::string_view name) const;
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// All fields of this name as one list.
    [[nodiscard]] std::string joined(std::string_view name) const;
    /// As header(), but nothing where there are several fields of this name.
    [[nodiscard]] std::string_view onlyHeader(std::string_view name) const;
    [[nodiscard]] bool hasHeader(std::string_view name) const { return m_message.find(view(name)) != m_message.end(); }
    /// All values of a list header in order, trimmed.
    [[nodiscard]] std::vector<std::string_view> headerList(std::string_view name) const;
    [[nodiscard]] const std::string& body() const noexcept { return m_message.body(); }
    [[nodiscard]] const boost::asio::ip::address& peer() const noexcept { return m_peer; }
    [[nodiscard]] bool isKeepAlive() const { return m_message.keep_alive(); }
    [[nodiscard]] bool isHttp10() const { return m_message.version() < 11; }
    [[nodiscard]] bool isHead() const noexcept { return m_message.method() == http::verb::head; }
    /// GET with Upgrade: websocket.
    [[nodiscard]] bool wantsUpgrade() const;

private:
    static boost::beast::string_view view(std::string_view text) { return {text.data(), text.size()}; }
    Message m_message;
    std::string m_method;
    std::vector<std::string> m_segments;
    bool m_isSlashed = false;
    std::vector<QueryParameter> m_parameters;
    boost::asio::ip::address m_peer;
};

/// The best of `offers` for an Accept header (empty header = the last offer); nothing where none is accepted.
[[nodiscard]] std::optional<std::size_t> chooseType(std::string_view accept, const std::vector<std::string_view>& offers);
[[nodiscard]] bool isTraceparent(std::string_view value) noexcept;
/// An id that a client may choose: 1..128 visible ASCII characters.
[[nodiscard]] bool isRequestId(std::string_view value) noexcept;
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// Splits at `separator`, trims, leaves out empty parts.
[[nodiscard]] std::vector<std::string_view> splitTrimmed(std::string_view text, char separator);

} // namespace wg::gateway
