// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/http_stream_session.h"

#include "protocol/http_exchange.h"

#include <algorithm>

namespace wg::protocol
{

namespace
{

std::string_view startId(const SessionRequest& request)
{
    for (const HeaderField& field : request.headers)
        if (codec::equalsIgnoringCase(field.name, "Last-Event-ID"))
            return field.value;
    return {};
}

std::string seconds(Duration duration)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

} // namespace

HttpStreamSession::HttpStreamSession(const SessionRequest& request)
    : m_request(request)
    , m_where(request.framing == Framing::Sse ? Where::Sse : Where::Ndjson)
    , m_sse(startId(request), request.maxMessageBytes)
    , m_ndjson(request.maxMessageBytes)
{
}

void HttpStreamSession::begin(Instant now, SessionSink& sink)
{
    const std::string_view accept = m_where == Where::Sse ? "text/event-stream" : "application/x-ndjson";
    const Result<std::string> head = writeRequest(
        m_request, {{"Accept", std::string(accept)}, {"Cache-Control", "no-store"}, {"Accept-Encoding", "identity"}});
    if (!head) {
        end(head.error(), sink);
        return;
    }
    m_phase = Phase::Head;
    m_deadline = now + m_request.headDeadline;
    sink.write(head.value());
}

void HttpStreamSession::feed(std::string_view bytes, Instant now, SessionSink& sink)
{
    m_sink = &sink;
    while (m_phase != Phase::Done && m_phase != Phase::Idle) {
        std::string_view body;
        const codec::HttpStep step = m_response.next(bytes, body);
        if (step == codec::HttpStep::NeedMore)
            break;
        if (step == codec::HttpStep::Head)
            takeHead(now, sink);
        else if (step == codec::HttpStep::Body)
            takeBody(body, now, sink);
        else if (step == codec::HttpStep::End)
            finishBody(sink);
        else
            end({ErrorCode::Protocol, m_response.fault(), "The address may not speak HTTP/1.1."}, sink);
    }
    m_sink = nullptr;
}

void HttpStreamSession::transportEnded(const Error& error, Instant, SessionSink& sink)
{
    if (m_phase == Phase::Done)
        return;
    if (m_phase == Phase::ErrorBody) {
        refuse(sink);
        return;
    }
    if (error.code != ErrorCode::None) {
        end(error, sink);
        return;
    }
    if (m_response.finish() == codec::HttpFinish::Complete) {
        finishBody(sink);
        return;
    }
    end({ErrorCode::ConnectionLost,
         m_phase == Phase::Stream ? "The connection ended in the middle of the response."
                                  : "The connection ended before the response head was whole.",
         {}},
        sink);
}

void HttpStreamSession::sendText(std::string_view, SessionSink&)
{
    // One way only: there is nothing to write on a response.
}

void HttpStreamSession::close(std::uint16_t, std::string_view, SessionSink& sink)
{
    end({ErrorCode::Cancelled, "Closed by this side.", {}}, sink);
}

void HttpStreamSession::tick(Instant now, SessionSink& sink)
{
    if (!m_deadline || now < *m_deadline)
        return;
    if (m_phase == Phase::ErrorBody) {
        refuse(sink);
        return;
    }
    const std::string place = m_request.url.redacted();
    if (m_phase == Phase::Head)
        end({ErrorCode::Timeout, place + " did not answer within " + seconds(m_request.headDeadline) + ".",
             "It is tried again."},
            sink);
    else
        end({ErrorCode::Timeout,
             place + " answered, but no byte of the stream came within " + seconds(m_request.firstByteDeadline) + ".",
             "Something on the way may be holding the stream back."},
            sink);
}

bool HttpStreamSession::isStream() const
{
    return m_head.status == 200 && isExpectedType(m_where, m_head.header("Content-Type"), m_request.contentTypes);
}

/// Error documents are short; a page of the wrong type, a redirect and an empty answer are refused at once.
bool HttpStreamSession::isBodyWanted() const
{
    return m_head.status >= 400 && m_response.length() != codec::HttpLength::None;
}

void HttpStreamSession::takeHead(Instant now, SessionSink& sink)
{
    m_head = toResponseHead(m_response.head());
    m_deadline.reset();
    if (m_head.status == 101) {
        end({ErrorCode::Protocol,
             m_request.url.redacted() + " switched to another protocol that was not asked for.",
             {}},
            sink);
        return;
    }
    const std::string_view coding = m_head.header("Content-Encoding");
    if (isStream() && !coding.empty() && !codec::equalsIgnoringCase(coding, "identity")) {
        m_phase = Phase::Done;
        sink.refused(m_head, {},
                     {ErrorCode::Protocol,
                      m_request.url.redacted() + " sends the stream compressed (" + plainText(coding, 40) +
                          ") although it was asked not to.",
                      "A proxy on the way may do this."});
        return;
    }
    if (!isStream()) {
        m_phase = Phase::ErrorBody;
        if (!isBodyWanted()) {
            refuse(sink);
            return;
        }
        m_deadline =
            now + (m_request.firstByteDeadline.count() > 0 ? m_request.firstByteDeadline : m_request.headDeadline);
        return;
    }
    m_phase = Phase::Stream;
    if (m_request.firstByteDeadline.count() > 0)
        m_deadline = now + m_request.firstByteDeadline;
    sink.opened(m_head);
}

void HttpStreamSession::takeBody(std::string_view body, Instant, SessionSink& sink)
{
    if (m_phase == Phase::ErrorBody) {
        m_errorBody.append(body.substr(0, limits::kErrorBodyBytes - m_errorBody.size()));
        if (m_errorBody.size() == limits::kErrorBodyBytes)
            refuse(sink);
        return;
    }
    m_deadline.reset();
    const codec::DecodeFault fault = m_where == Where::Sse ? m_sse.feed(body, *this) : m_ndjson.feed(body, *this);
    if (fault == codec::DecodeFault::None || m_phase == Phase::Done)
        return;
    const std::string_view unit = fault == codec::DecodeFault::LineTooLong ? "A line" : "An event";
    end({ErrorCode::TooLarge,
         std::string(unit) + " of the stream is larger than the limit of " + limits::sizeText(m_request.maxMessageBytes) + ".",
         "A fresh snapshot is needed."},
        sink);
}

void HttpStreamSession::finishBody(SessionSink& sink)
{
    if (m_phase == Phase::ErrorBody)
        refuse(sink);
    else
        end({ErrorCode::None, "The server ended the stream.", {}}, sink);
}

void HttpStreamSession::refuse(SessionSink& sink)
{
    m_phase = Phase::Done;
    m_deadline.reset();
    sink.refused(m_head, m_errorBody, describeRefusal(m_where, m_head, m_errorBody, m_request.url));
}

void HttpStreamSession::end(Error error, SessionSink& sink)
{
    if (m_phase == Phase::Done)
        return;
    const bool isCut = m_phase == Phase::Stream && error.code != ErrorCode::Cancelled && dropUnfinished();
    m_phase = Phase::Done;
    m_deadline.reset();
    StreamEnd end;
    end.error = std::move(error);
    end.cutMidMessage = isCut;
    sink.ended(end);
}

bool HttpStreamSession::dropUnfinished()
{
    return m_where == Where::Sse ? m_sse.finish() : m_ndjson.finish();
}

bool HttpStreamSession::sseEvent(const codec::SseEvent& event)
{
    if (m_phase != Phase::Stream) // closed inside retryHint()
        return false;
    Message message;
    message.text = event.data;
    message.eventType = event.type;
    message.lastEventId = event.lastEventId;
    message.hasValidUtf8 = event.hasValidUtf8;
    m_sink->message(message);
    return m_phase == Phase::Stream;
}

void HttpStreamSession::sseRetry(double ms)
{
    m_sink->retryHint(ms);
}

bool HttpStreamSession::ndjsonLine(std::string_view line, bool hasValidUtf8)
{
    Message message;
    message.text = line;
    message.hasValidUtf8 = hasValidUtf8;
    m_sink->message(message);
    return m_phase == Phase::Stream;
}

} // namespace wg::protocol
