// SPDX-License-Identifier: GPL-3.0-or-later
// HttpStreamSession: an event stream or NDJSON stream over HTTP/1.1: request, response head, then decoded messages.
// Shape:  Idle -> Head -> Stream | ErrorBody -> Done. Every waiting state but Stream has its own deadline; silence in
//         Stream is judged by the driver, which counts every byte as life.
// Limits, Errors, Cost: stream_session.h.
#pragma once

#include "codec/http1_response.h"
#include "codec/ndjson_decoder.h"
#include "codec/sse_decoder.h"
#include "protocol/decision.h"
#include "protocol/stream_session.h"

namespace wg::protocol
{

class HttpStreamSession final : public StreamSession, private codec::SseSink, private codec::NdjsonSink
{
public:
    explicit HttpStreamSession(const SessionRequest& request);

    void begin(Instant now, SessionSink& sink) override;
    void feed(std::string_view bytes, Instant now, SessionSink& sink) override;
    void transportEnded(const Error& error, Instant now, SessionSink& sink) override;
    void sendText(std::string_view text, SessionSink& sink) override;
    void close(std::uint16_t code, std::string_view reason, SessionSink& sink) override;
    void tick(Instant now, SessionSink& sink) override;
    [[nodiscard]] std::optional<Instant> nextDeadline() const override { return m_deadline; }

private:
    enum class Phase : std::uint8_t { Idle, Head, Stream, ErrorBody, Done };

    bool sseEvent(const codec::SseEvent& event) override;
    void sseRetry(double ms) override;
    bool ndjsonLine(std::string_view line, bool hasValidUtf8) override;

    void takeHead(Instant now, SessionSink& sink);
    void takeBody(std::string_view body, Instant now, SessionSink& sink);
    void finishBody(SessionSink& sink);
    void refuse(SessionSink& sink);
    void end(Error error, SessionSink& sink);
    [[nodiscard]] bool isStream() const;
    [[nodiscard]] bool isBodyWanted() const;
    [[nodiscard]] bool dropUnfinished();

    SessionRequest m_request;
    Where m_where;
    Phase m_phase = Phase::Idle;
    codec::Http1Response m_response;
    codec::SseDecoder m_sse;
    codec::NdjsonDecoder m_ndjson;
    ResponseHead m_head;
    std::string m_errorBody;
    std::optional<Instant> m_deadline;
    SessionSink* m_sink = nullptr; ///< during feed()
};

} // namespace wg::protocol
