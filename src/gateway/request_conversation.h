// SPDX-License-Identifier: GPL-3.0-or-later
// RequestConversation: a connection that takes HTTP/1.1 requests, one after the other.
// Limits: head limits::kHttpHeadBytes, body kBodyBytes, 15 s for a whole request, 75 s between requests.
// Thread: the gateway's own.
#pragma once

#include "gateway/conversation.h"
#include "gateway/hub.h"
#include "gateway/request.h"
#include "gateway/router.h"

#include <boost/beast/http/parser.hpp>

#include <optional>
#include <string>

namespace wg::gateway {

inline constexpr std::size_t kBodyBytes = 1024 * 1024;

class RequestConversation final : public Conversation {
public:
    /// `bytes` were read already.
    RequestConversation(Hub& hub, boost::asio::ip::address peer, std::string bytes);

    void onBytes(std::string_view bytes, Instant now) override;
    Said fill(std::string& out, std::size_t limit, Instant now) override;
    std::optional<Instant> nextDeadline() const override { return m_deadline; }
    bool wantsBytes() const override { return m_bytes.size() < limits::kHttpHeadBytes + kBodyBytes; }
    void goAway() override { m_isGoingAway = true; }
    std::unique_ptr<Conversation> takeNext() override { return std::move(m_next); }

private:
    using Parser = http::request_parser<http::string_body>;
    [[nodiscard]] bool parse(std::string& out, Said& said);
    Said answer(std::string& out, const Request& request);
    Said begin(WatchPlan plan, Instant now);
    Said refuse(std::string& out, int status, std::string_view detail);

    Hub& m_hub;
    Router m_router;
    boost::asio::ip::address m_peer;
    std::string m_bytes;
    std::optional<Parser> m_parser;
    std::optional<Instant> m_deadline;
    std::unique_ptr<Conversation> m_next;
    bool m_isGoingAway = false;
};

} // namespace wg::gateway
