// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/generic.h"

#include <array>

namespace wg::dialect {

namespace {

constexpr std::string_view kNchanMeta = "ws+meta.nchan";
constexpr std::string_view kDefaultType = "message";

/// Takes apart `id: ID\ncontent-type: TYPE\n\nBODY`; false if the frame is not of that form.
bool splitNchan(std::string_view frame, std::string_view& id, std::string_view& body)
{
    const std::size_t end = frame.find("\n\n");
    if (end == std::string_view::npos)
        return false;
    std::string_view head = frame.substr(0, end);
    id = {};
    while (!head.empty()) {
        const std::size_t lineEnd = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, lineEnd);
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos)
            return false;
        if (line.substr(0, colon) == "id")
            id = line.substr(colon + 2);
        else if (line.substr(0, colon) != "content-type")
            return false;
        head.remove_prefix(std::min(lineEnd + 1, head.size()));
    }
    if (id.empty())
        return false;
    body = frame.substr(end + 2);
    return true;
}

} // namespace

Generic::Generic(Url url, std::optional<Carrier> only) : m_url(std::move(url)), m_only(only) {}

std::string_view Generic::name(Carrier carrier) const noexcept
{
    static constexpr std::array<std::string_view, 5> kNames{"generic-ws", "generic-sse", "generic-ndjson", "generic-longpoll",
                                                            "generic-longpoll"};
    return kNames[static_cast<std::size_t>(carrier)];
}

Traits Generic::traits(Carrier carrier) const noexcept
{
    Traits out;
    out.order = sync::Order::Opaque;
    out.replay = carrier != Carrier::Ndjson;
    out.resumeIsTrusted = true;
    return out;
}

std::vector<Carrier> Generic::carriers() const
{
    if (m_only)
        return {*m_only};
    if (m_url.scheme == "ws" || m_url.scheme == "wss")
        return {Carrier::WebSocket};
    return {Carrier::Sse, Carrier::Ndjson, Carrier::LongPoll};
}

Request Generic::stream(Carrier carrier, const std::optional<sync::Cursor>& from) const
{
    Request out;
    out.url = carrier == Carrier::WebSocket ? m_url.asWebSocket() : m_url.asHttp();
    const std::string last = from ? from->version.toString() : std::string();
    switch (carrier) {
    case Carrier::WebSocket:
        out.subprotocols = {std::string(kNchanMeta)};
        if (!last.empty())
            out.url.setParameter("last_event_id", last);
        break;
    case Carrier::Sse:
        out.headers.push_back({"Accept", "text/event-stream"});
        if (!last.empty())
            out.headers.push_back({"Last-Event-ID", last});
        break;
    case Carrier::Ndjson: out.headers.push_back({"Accept", "application/x-ndjson, application/jsonl;q=0.9"}); break;
    default: out.headers.push_back({"Accept", "application/json, */*;q=0.5"});
    }
    return out;
}

void Generic::connected(Carrier, std::string_view subprotocol)
{
    m_hasMeta = subprotocol == kNchanMeta;
    m_lastId.clear();
}

void Generic::show(std::string_view type, std::string_view id, std::string_view payload, std::string_view raw, DecodeSink& sink)
{
    m_event.op = sync::Op::None;
    m_event.type = type;
    m_event.payload = payload;
    m_event.raw = raw;
    m_event.version = sync::Version::opaque(id);
    sink.event({}, m_event);
}

void Generic::decode(Carrier carrier, const Received& message, DecodeSink& sink)
{
    std::string_view id, body;
    switch (carrier) {
    case Carrier::Sse:
        // The last event id stays in force for messages that bring none: only a change of it is this message's own id.
        if (message.lastEventId != m_lastId) {
            m_lastId = message.lastEventId;
            id = message.lastEventId;
        }
        return show(message.eventType, id, message.text, message.text, sink);
    case Carrier::WebSocket:
        if (m_hasMeta && !message.isBinary && splitNchan(message.text, id, body))
            return show(kDefaultType, id, body, message.text, sink);
        return show(message.isBinary ? "binary" : kDefaultType, {}, message.text, message.text, sink);
    default:
        if (!message.hasValidUtf8)
            return sink.unreadable({}, "it is not valid UTF-8", message.text);
        show(kDefaultType, {}, message.text, message.text, sink);
    }
}

bool Generic::readAnswer(std::string_view body, PollAnswer& out, std::string&)
{
    m_body = body;
    out = {};
    out.events = body.empty() ? 0 : 1;
    return true;
}

void Generic::giveEvents(DecodeSink& sink)
{
    if (!m_body.empty())
        show(kDefaultType, {}, m_body, m_body, sink);
    m_body = {};
}

} // namespace wg::dialect
