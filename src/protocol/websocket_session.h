// SPDX-License-Identifier: GPL-3.0-or-later
// WebSocketSession: a client's WebSocket over one byte connection: handshake, messages, pings, close handshake.
// Shape:  Idle -> Handshake -> Open -> Closing -> Done, or Handshake -> ErrorBody -> Done.
//         Pings are answered here. A text message that is not UTF-8 is delivered with hasValidUtf8 false, then the
//         connection is failed with 1007 as RFC 6455 8.1 wants.
// Limits, Errors, Cost: stream_session.h.
#pragma once

#include "base/prng.h"
#include "codec/http1_response.h"
#include "codec/websocket_frames.h"
#include "protocol/stream_session.h"

namespace wg::protocol
{

class WebSocketSession final : public StreamSession, private codec::WsSink
{
public:
    explicit WebSocketSession(const SessionRequest& request);

    void begin(Instant now, SessionSink& sink) override;
    void feed(std::string_view bytes, Instant now, SessionSink& sink) override;
    void transportEnded(const Error& error, Instant now, SessionSink& sink) override;
    void sendText(std::string_view text, SessionSink& sink) override;
    void close(std::uint16_t code, std::string_view reason, SessionSink& sink) override;
    void tick(Instant now, SessionSink& sink) override;
    [[nodiscard]] std::optional<Instant> nextDeadline() const override;
    [[nodiscard]] std::optional<Duration> roundTrip() const override { return m_roundTrip; }

private:
    enum class Phase : std::uint8_t { Idle, Handshake, ErrorBody, Open, Closing, Done };

    bool wsMessage(std::string_view payload, bool isBinary, bool hasValidUtf8) override;
    bool wsPing(std::string_view payload) override;
    bool wsPong(std::string_view payload) override;
    void wsClose(int code, std::string_view reason) override;

    void feedHandshake(std::string_view& bytes, SessionSink& sink);
    void takeHead(SessionSink& sink);
    void feedFrames(std::string_view bytes, SessionSink& sink);
    void failFrames(std::uint16_t code, Error error, SessionSink& sink);
    void refuse(const Error& error, SessionSink& sink);
    void end(Error error, int closeCode, std::string_view reason, SessionSink& sink);
    void send(codec::WsOpcode opcode, std::string_view payload, SessionSink& sink);
    void sendClose(std::uint16_t code, std::string_view reason, SessionSink& sink);

    SessionRequest m_request;
    codec::Http1Response m_response;
    codec::WebSocketDecoder m_decoder;
    Prng m_prng;
    std::string m_key;
    ResponseHead m_head;
    std::string m_errorBody;
    std::string m_out; ///< the frame being written
    Phase m_phase = Phase::Idle;
    std::optional<Instant> m_deadline; ///< Handshake, ErrorBody, Closing
    Instant m_now;                     ///< of the call in hand; for close() the last one
    Instant m_lastByte;
    std::optional<Instant> m_pingSent; ///< an own ping that is not answered
    std::uint64_t m_pingNumber = 0;
    std::optional<Duration> m_roundTrip;
    SessionSink* m_sink = nullptr; ///< during feed()
};

} // namespace wg::protocol
