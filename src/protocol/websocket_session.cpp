// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/websocket_session.h"

#include "codec/websocket_handshake.h"
#include "protocol/http_exchange.h"

#include <algorithm>

namespace wg::protocol
{

namespace
{

constexpr int kAbnormalClose = 1006;
constexpr std::uint16_t kNotUtf8 = 1007;

} // namespace

WebSocketSession::WebSocketSession(const SessionRequest& request)
    : m_request(request)
    , m_decoder(request.maxMessageBytes)
    , m_prng(request.seed)
{
}

void WebSocketSession::begin(Instant now, SessionSink& sink)
{
    m_key = codec::makeWebSocketKey(m_prng);
    std::vector<HeaderField> fields{{"Upgrade", "websocket"},
                                    {"Connection", "Upgrade"},
                                    {"Sec-WebSocket-Key", m_key},
                                    {"Sec-WebSocket-Version", "13"}};
    if (!m_request.subprotocols.empty()) {
        std::string list;
        for (const std::string& each : m_request.subprotocols)
            list += (list.empty() ? "" : ", ") + each;
        fields.push_back({"Sec-WebSocket-Protocol", list});
    }
    const Result<std::string> head = writeRequest(m_request, fields);
    if (!head) {
        end(head.error(), 0, {}, sink);
        return;
    }
    m_phase = Phase::Handshake;
    m_now = m_lastByte = now;
    m_deadline = now + m_request.headDeadline;
    sink.write(head.value());
}

void WebSocketSession::feed(std::string_view bytes, Instant now, SessionSink& sink)
{
    m_sink = &sink;
    m_now = m_lastByte = now;
    if (m_phase == Phase::Handshake || m_phase == Phase::ErrorBody)
        feedHandshake(bytes, sink);
    if ((m_phase == Phase::Open || m_phase == Phase::Closing) && !bytes.empty())
        feedFrames(bytes, sink);
    m_sink = nullptr;
}

void WebSocketSession::feedHandshake(std::string_view& bytes, SessionSink& sink)
{
    while (m_phase == Phase::Handshake || m_phase == Phase::ErrorBody) {
        std::string_view body;
        const codec::HttpStep step = m_response.next(bytes, body);
        switch (step) {
        case codec::HttpStep::NeedMore: return;
        case codec::HttpStep::Head: takeHead(sink); break;
        case codec::HttpStep::Body:
            m_errorBody.append(body.substr(0, limits::kErrorBodyBytes - m_errorBody.size()));
            if (m_errorBody.size() == limits::kErrorBodyBytes)
                refuse(describeRefusal(Where::WebSocketHandshake, m_head, m_errorBody, m_request.url), sink);
            break;
        case codec::HttpStep::End:
            refuse(describeRefusal(Where::WebSocketHandshake, m_head, m_errorBody, m_request.url), sink);
            break;
        case codec::HttpStep::Failed:
            end({ErrorCode::Protocol, m_response.fault(), "The address may not speak HTTP/1.1."}, kAbnormalClose, {},
                sink);
            break;
        }
    }
}

void WebSocketSession::takeHead(SessionSink& sink)
{
    m_head = toResponseHead(m_response.head());
    if (m_head.status != 101) {
        m_phase = Phase::ErrorBody;
        m_deadline =
            m_now + (m_request.firstByteDeadline.count() > 0 ? m_request.firstByteDeadline : m_request.headDeadline);
        const bool isBodyWanted = m_head.status >= 400 && m_response.length() != codec::HttpLength::None;
        if (!isBodyWanted)
            refuse(describeRefusal(Where::WebSocketHandshake, m_head, {}, m_request.url), sink);
        return;
    }
    const std::string fault = codec::checkWebSocketAnswer(m_response.head(), m_key, m_request.subprotocols);
    if (!fault.empty()) {
        refuse({ErrorCode::Protocol, m_request.url.redacted() + ": " + fault, "A proxy on the way may have answered."},
               sink);
        return;
    }
    m_head.subprotocol = std::string(m_response.head().field("Sec-WebSocket-Protocol"));
    m_phase = Phase::Open;
    m_deadline.reset();
    sink.opened(m_head);
}

void WebSocketSession::feedFrames(std::string_view bytes, SessionSink& sink)
{
    const codec::WsFault fault = m_decoder.feed(bytes, *this);
    if (fault == codec::WsFault::None || m_phase == Phase::Done)
        return;
    const bool isTooLarge = fault == codec::WsFault::MessageTooLarge;
    Error error{isTooLarge ? ErrorCode::TooLarge : ErrorCode::Protocol, std::string(toSentence(fault)), {}};
    if (isTooLarge) {
        error.what =
            "A WebSocket message is larger than the limit of " + limits::sizeText(m_request.maxMessageBytes) + ".";
        error.next = "A fresh snapshot is needed.";
    }
    failFrames(closeCodeFor(fault), std::move(error), sink);
}

/// The peer broke the rules: say so with a close frame and do not wait for the answer.
void WebSocketSession::failFrames(std::uint16_t code, Error error, SessionSink& sink)
{
    if (m_phase == Phase::Open)
        sendClose(code, {}, sink);
    end(std::move(error), code, {}, sink);
}

void WebSocketSession::transportEnded(const Error& error, Instant now, SessionSink& sink)
{
    m_now = now;
    if (m_phase == Phase::Done)
        return;
    if (m_phase == Phase::ErrorBody) {
        refuse(describeRefusal(Where::WebSocketHandshake, m_head, m_errorBody, m_request.url), sink);
        return;
    }
    if (m_phase == Phase::Closing) {
        end({ErrorCode::Cancelled, "Closed by this side.", {}}, kAbnormalClose, {}, sink);
        return;
    }
    if (error.code != ErrorCode::None)
        end(error, kAbnormalClose, {}, sink);
    else
        end({ErrorCode::ConnectionLost,
             m_phase == Phase::Open ? "The connection ended without a close frame."
                                    : "The connection ended before the upgrade was answered.",
             {}},
            kAbnormalClose, {}, sink);
}

void WebSocketSession::sendText(std::string_view text, SessionSink& sink)
{
    if (m_phase == Phase::Open)
        send(codec::WsOpcode::Text, text, sink);
}

void WebSocketSession::close(std::uint16_t code, std::string_view reason, SessionSink& sink)
{
    if (m_phase == Phase::Open) {
        m_phase = Phase::Closing;
        m_deadline = m_now + kCloseDeadline;
        sendClose(code, reason, sink);
    } else if (m_phase != Phase::Closing) {
        end({ErrorCode::Cancelled, "Closed by this side.", {}}, kAbnormalClose, {}, sink);
    }
}

void WebSocketSession::tick(Instant now, SessionSink& sink)
{
    m_now = std::max(m_now, now);
    if (m_deadline && now >= *m_deadline) {
        if (m_phase == Phase::ErrorBody)
            refuse(describeRefusal(Where::WebSocketHandshake, m_head, m_errorBody, m_request.url), sink);
        else if (m_phase == Phase::Closing)
            end({ErrorCode::Cancelled, "Closed by this side; the server did not answer the close frame.", {}},
                kAbnormalClose, {}, sink);
        else
            end({ErrorCode::Timeout, m_request.url.redacted() + " did not answer the upgrade in time.",
                 "It is tried again."},
                kAbnormalClose, {}, sink);
        return;
    }
    const auto due = nextDeadline();
    if (m_phase == Phase::Open && due && now >= *due) {
        ++m_pingNumber;
        m_pingSent = now;
        send(codec::WsOpcode::Ping, std::to_string(m_pingNumber), sink);
    }
}

/// In Open: the next own ping, an interval after the last byte or the last unanswered ping.
std::optional<Instant> WebSocketSession::nextDeadline() const
{
    if (m_phase != Phase::Open || m_request.pingInterval.count() <= 0)
        return m_deadline;
    return (m_pingSent ? std::max(*m_pingSent, m_lastByte) : m_lastByte) + m_request.pingInterval;
}

bool WebSocketSession::wsMessage(std::string_view payload, bool isBinary, bool hasValidUtf8)
{
    if (m_phase != Phase::Open)
        return m_phase == Phase::Closing; // wait for the close frame, deliver nothing
    Message message;
    message.text = payload;
    message.isBinary = isBinary;
    message.hasValidUtf8 = hasValidUtf8;
    m_sink->message(message);
    if (!hasValidUtf8 && m_phase == Phase::Open)
        failFrames(
            kNotUtf8,
            {ErrorCode::Undecodable, "A WebSocket text message is not valid UTF-8.", "A fresh connection is needed."},
            *m_sink);
    return m_phase == Phase::Open || m_phase == Phase::Closing;
}

bool WebSocketSession::wsPing(std::string_view payload)
{
    if (m_phase == Phase::Open)
        send(codec::WsOpcode::Pong, payload, *m_sink);
    return m_phase == Phase::Open || m_phase == Phase::Closing;
}

bool WebSocketSession::wsPong(std::string_view payload)
{
    if (m_pingSent && payload == std::to_string(m_pingNumber)) {
        m_roundTrip = m_now - *m_pingSent;
        m_pingSent.reset();
    }
    return true;
}

void WebSocketSession::wsClose(int code, std::string_view reason)
{
    if (m_phase == Phase::Closing) {
        end({ErrorCode::Cancelled, "Closed by this side.", {}}, code, reason, *m_sink);
        return;
    }
    m_out.clear();
    // The echo carries no code that must not stand in a frame.
    const bool mayEcho = code != 1004 && code != codec::kCloseWithoutCode && code != kAbnormalClose && code != 1015;
    sendClose(mayEcho ? static_cast<std::uint16_t>(code) : std::uint16_t{1000}, {}, *m_sink);
    end({ErrorCode::None, "The server closed the connection.", {}}, code, reason, *m_sink);
}

void WebSocketSession::refuse(const Error& error, SessionSink& sink)
{
    m_phase = Phase::Done;
    m_deadline.reset();
    sink.refused(m_head, m_errorBody, error);
}

void WebSocketSession::end(Error error, int closeCode, std::string_view reason, SessionSink& sink)
{
    if (m_phase == Phase::Done)
        return;
    StreamEnd end;
    end.cutMidMessage = m_phase == Phase::Open && m_decoder.isMidMessage();
    end.error = std::move(error);
    end.closeCode = closeCode;
    end.reason = std::string(reason);
    m_phase = Phase::Done;
    m_deadline.reset();
    sink.ended(end);
}

void WebSocketSession::send(codec::WsOpcode opcode, std::string_view payload, SessionSink& sink)
{
    m_out.clear();
    codec::appendClientFrame(opcode, payload, m_prng, m_out);
    sink.write(m_out);
}

void WebSocketSession::sendClose(std::uint16_t code, std::string_view reason, SessionSink& sink)
{
    m_out.clear();
    codec::appendClientClose(code, reason, m_prng, m_out);
    sink.write(m_out);
}

} // namespace wg::protocol
