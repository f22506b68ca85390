// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/request_conversation.h"

#include "gateway/long_poll.h"
#include "gateway/socket_conversation.h"
#include "gateway/watch_stream.h"

#include <boost/beast/http/error.hpp>

namespace wg::gateway {
namespace {

constexpr Duration kRequestTime = std::chrono::seconds(15);
constexpr Duration kIdleTime = std::chrono::seconds(75);

} // namespace

RequestConversation::RequestConversation(Hub& hub, boost::asio::ip::address peer, std::string bytes)
    : m_hub(hub)
    , m_router(hub)
    , m_peer(std::move(peer))
    , m_bytes(std::move(bytes))
    , m_deadline(monotonicNow() + kIdleTime)
{
}

void RequestConversation::onBytes(std::string_view bytes, Instant now)
{
    if (m_bytes.empty() && !m_parser)
        m_deadline = now + kRequestTime;
    m_bytes += bytes;
}

bool RequestConversation::parse(std::string& out, Said& said)
{
    if (!m_parser) {
        m_parser.emplace();
        m_parser->header_limit(static_cast<std::uint32_t>(limits::kHttpHeadBytes));
        m_parser->body_limit(kBodyBytes);
        m_parser->eager(true);
    }
    boost::beast::error_code error;
    const std::size_t used = m_parser->put(boost::asio::buffer(m_bytes), error);
    m_bytes.erase(0, used);
    if (error == http::error::need_more || (!error && !m_parser->is_done()))
        return false;
    if (error == http::error::header_limit)
        said = refuse(out, 431, "The head of the request is too large.");
    else if (error == http::error::body_limit)
        said = refuse(out, 413, "The body of the request is too large.");
    else if (error)
        said = refuse(out, 400, "This is not an HTTP/1.1 request.");
    return !error;
}

Conversation::Said RequestConversation::refuse(std::string& out, int status, std::string_view detail)
{
    ++m_hub.counters.responses[status];
    out = m_router.refusal(status, detail).toText(false, false);
    return {Then::Finish, 0};
}

Conversation::Said RequestConversation::fill(std::string& out, std::size_t, Instant now)
{
    Said said;
    if (!m_bytes.empty() && parse(out, said)) {
        const Request request(m_parser->release(), m_peer);
        m_parser.reset();
        m_deadline = now + (m_bytes.empty() ? kIdleTime : kRequestTime);
        return answer(out, request);
    }
    if (said.then == Then::GoOn && out.empty() && (m_isGoingAway || (m_deadline && now >= *m_deadline)))
        said.then = Then::Finish;
    return said;
}

Conversation::Said RequestConversation::answer(std::string& out, const Request& request)
{
    Routed outcome = m_router.route(request);
    if (WatchPlan* plan = std::get_if<WatchPlan>(&outcome))
        return begin(std::move(*plan), monotonicNow());
    const Answer& given = std::get<Answer>(outcome);
    ++m_hub.counters.responses[given.reply.status];
    const bool isKeepAlive = request.isKeepAlive() && !m_isGoingAway;
    out = given.reply.toText(isKeepAlive, request.isHead());
    if (given.isCut && !request.isHead()) {
        out.resize(out.size() - given.reply.body.size() / 2);
        return {Then::Break, 0};
    }
    return {isKeepAlive ? Then::GoOn : Then::Finish, 0};
}

Conversation::Said RequestConversation::begin(WatchPlan plan, Instant now)
{
    if (plan.carrier == Carrier::LongPoll) {
        m_next = std::make_unique<LongPoll>(m_hub, std::move(plan), now);
    } else {
        ++m_hub.counters.responses[plan.carrier == Carrier::WebSocket ? 101 : 200];
        if (plan.carrier == Carrier::WebSocket)
            m_next = std::make_unique<SocketConversation>(m_hub, std::move(plan), now);
        else
            m_next = std::make_unique<WatchStream>(m_hub, std::move(plan), now);
    }
    if (!m_bytes.empty())
        m_next->onBytes(m_bytes, now);
    if (m_isGoingAway)
        m_next->goAway();
    return {};
}

} // namespace wg::gateway
