// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream_link.h"

namespace wg::engine {

StreamLink::StreamLink(WatchHost& host, LinkSink& sink, protocol::Framing framing, Departure departure, const Manner& manner)
    : m_host(host), m_sink(&sink), m_framing(framing), m_departure(std::move(departure)), m_manner(manner)
{
}

StreamLink::~StreamLink() { release(); }

void StreamLink::start(Instant now)
{
    m_now = now;
    StreamTarget target;
    target.host = m_departure.url.host;
    target.port = m_departure.url.port;
    target.isSecure = m_departure.url.isSecure();
    target.tls = m_departure.tls;
    target.proxy = m_departure.proxy;
    m_connectBy = now + kConnectDeadline;
    m_stream = m_host.openStream(target, *this);
}

void StreamLink::release()
{
    if (m_stream != 0)
        m_host.closeStream(m_stream);
    m_stream = 0;
    m_connectBy.reset();
}

void StreamLink::drop(Instant now)
{
    m_now = now;
    m_sink = nullptr;
    if (m_session)
        m_session->close(1000, {}, *this);
    release();
}

void StreamLink::send(std::string_view text)
{
    if (m_session)
        m_session->sendText(text, *this);
}

void StreamLink::tick(Instant now)
{
    m_now = now;
    if (m_connectBy && now >= *m_connectBy) {
        release();
        if (LinkSink* sink = std::exchange(m_sink, nullptr))
            sink->linkEnded({{ErrorCode::Timeout, "The connection was not up after 10 s.", {}}, 0, {}, false}, now);
    } else if (m_session && m_sink) {
        m_session->tick(now, *this);
    }
}

std::optional<Instant> StreamLink::nextDeadline() const
{
    if (!m_sink)
        return {};
    return m_session ? m_session->nextDeadline() : m_connectBy;
}

std::optional<Duration> StreamLink::roundTrip() const { return m_session ? m_session->roundTrip() : std::nullopt; }

void StreamLink::streamOpened(const StreamOpened&, Instant now)
{
    m_now = now;
    m_connectBy.reset();
    protocol::SessionRequest request;
    request.framing = m_framing;
    request.url = m_departure.url;
    for (const Header& header : m_departure.headers)
        request.headers.push_back({header.name, header.value});
    request.subprotocols = m_departure.subprotocols;
    request.pingInterval = m_manner.pingInterval;
    request.firstByteDeadline = m_manner.firstByteDeadline;
    request.seed = m_host.random().next();
    m_session = protocol::makeSession(request);
    m_session->begin(now, *this);
}

void StreamLink::streamBytes(std::string_view bytes, Instant now)
{
    m_now = now;
    if (!m_sink)
        return;
    m_sink->linkBytes(bytes.size(), now);
    if (m_session && m_sink)
        m_session->feed(bytes, now, *this);
}

void StreamLink::streamClosed(const Error& error, Instant now)
{
    m_now = now;
    m_stream = 0;
    m_connectBy.reset();
    if (m_session && m_sink)
        m_session->transportEnded(error, now, *this);
    // A stream that never came up has no session to say so.
    if (LinkSink* sink = std::exchange(m_sink, nullptr))
        sink->linkEnded({error, 0, {}, false}, now);
}

void StreamLink::write(std::string_view bytes)
{
    if (m_stream != 0)
        m_host.writeStream(m_stream, bytes);
}

void StreamLink::opened(const protocol::ResponseHead& head)
{
    if (m_sink)
        m_sink->linkOpened(head, m_now);
}

void StreamLink::refused(const protocol::ResponseHead& head, std::string_view body, const Error& error)
{
    release();
    using protocol::Where;
    const Where where = m_framing == protocol::Framing::WebSocket ? Where::WebSocketHandshake
                        : m_framing == protocol::Framing::Sse     ? Where::Sse
                                                                  : Where::Ndjson;
    if (LinkSink* sink = std::exchange(m_sink, nullptr))
        sink->linkRefused(where, head, body, error, m_now);
}

void StreamLink::message(const protocol::Message& message)
{
    if (!m_sink)
        return;
    dialect::Received received;
    received.text = message.text;
    received.eventType = message.eventType;
    received.lastEventId = message.lastEventId;
    received.isBinary = message.isBinary;
    received.hasValidUtf8 = message.hasValidUtf8;
    m_sink->linkMessage(received, m_now);
}

void StreamLink::retryHint(double ms)
{
    if (m_sink)
        m_sink->linkRetryHint(ms);
}

void StreamLink::ended(const protocol::StreamEnd& end)
{
    release();
    if (LinkSink* sink = std::exchange(m_sink, nullptr))
        sink->linkEnded(end, m_now);
}

} // namespace wg::engine
