// SPDX-License-Identifier: GPL-3.0-or-later
// StreamSession: one stream over one byte connection, from request to end. Sans-IO: bytes in, messages and bytes out.
// Shape:  makeSession() gives the machine for SSE, NDJSON (HTTP/1.1 request and response framing) or WebSocket
//         (RFC 6455 client: handshake, frames, ping answers, close handshake). The driver owns the socket.
// Limits: base/limits.h; meeting one ends the stream with ErrorCode::TooLarge and a sentence that names it.
// Errors: the peer's faults arrive as refused()/ended(); nothing throws. After either nothing is delivered.
// Thread: the engine's. The session must outlive the call it makes to its sink.
// Cost:   no allocation per message in steady state.
// Source: RFC 9112 (HTTP/1.1), WHATWG HTML 9.2 (event stream), RFC 6455.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"
#include "base/url.h"
#include "codec/http_field.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::protocol
{

enum class Framing : std::uint8_t { Sse, Ndjson, WebSocket };

using HeaderField = codec::HttpField;

struct SessionRequest {
    Framing framing = Framing::Sse;
    Url url;
    std::vector<HeaderField>
        headers; ///< Authorization, Last-Event-ID, X-Request-Id, own ones; never Host or framing fields.
                 ///< Accept replaces our own; Last-Event-ID is also where SSE ids start from
    std::vector<std::string> subprotocols; ///< WebSocket, in order of preference
    /// SSE, NDJSON: media types that are read; empty = the usual ones of the framing (decision.h, isExpectedType).
    std::vector<std::string> contentTypes;
    std::size_t maxMessageBytes = limits::kEventBytes;
    Duration headDeadline = std::chrono::seconds(10); ///< whole response head or upgrade, from begin()
    Duration firstByteDeadline =
        std::chrono::seconds(5); ///< first body byte after the head (SSE, NDJSON); 0 = none.
                                 ///< An error body gets as long, then refused() takes what came
    Duration pingInterval{0};    ///< WebSocket: our own pings when the line is quiet; 0 = none
    std::uint64_t seed = 1;      ///< WebSocket key and masks
};

struct ResponseHead {
    int status = 0;
    std::vector<HeaderField> headers;
    std::string subprotocol;
    std::string reason; ///< of the status line, text from outside
    /// First value of a field, case-insensitive; empty if absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// One whole message. Views: valid during the call. text has 64 readable bytes after its end.
struct Message {
    std::string_view text;        ///< SSE: data; NDJSON: the line; WebSocket: the payload
    std::string_view eventType;   ///< SSE only ("message" by default)
    std::string_view lastEventId; ///< SSE only, as it stands at dispatch
    bool isBinary = false;
    bool hasValidUtf8 = true; ///< false: as received (SSE: with U+FFFD put in)
};

inline constexpr Duration kCloseDeadline = std::chrono::seconds(2); ///< our close frame waits so long for its answer

/// Why it ended.
struct StreamEnd {
    Error error;        ///< code None: the peer ended in order (final chunk, close handshake)
    int closeCode = 0;  ///< WebSocket close code; 1005 none in the frame, 1006 no close frame; 0 for SSE, NDJSON
    std::string reason; ///< of the close frame, plain text from outside
    bool cutMidMessage = false; ///< an unfinished message was thrown away
};

class SessionSink
{
public:
    virtual ~SessionSink() = default;
    virtual void write(std::string_view bytes) = 0;
    virtual void opened(const ResponseHead& head) = 0; ///< 200 with the right content type, or 101
    /// Any other answer; body is at most limits::kErrorBodyBytes of it. ended() is not called after it.
    virtual void refused(const ResponseHead& head, std::string_view body, const Error& error) = 0;
    virtual void message(const Message& message) = 0;
    virtual void retryHint(double ms) = 0;        ///< SSE retry:
    virtual void ended(const StreamEnd& end) = 0; ///< once; the driver closes the socket then
};

class StreamSession
{
public:
    virtual ~StreamSession() = default;
    /// The byte connection is up: writes the request.
    virtual void begin(Instant now, SessionSink& sink) = 0;
    /// bytes must have 64 readable bytes after their end; content there is unspecified and untouched.
    virtual void feed(std::string_view bytes, Instant now, SessionSink& sink) = 0;
    /// The byte connection ended (error.code None: end of data).
    virtual void transportEnded(const Error& error, Instant now, SessionSink& sink) = 0;
    virtual void sendText(std::string_view text, SessionSink& sink) = 0; ///< WebSocket only
    /// Ours to end it. SSE, NDJSON: ended() at once; WebSocket: a close frame, then ended() when it is answered or
    /// kCloseDeadline is over. ended() says Cancelled. Inside message() no further message follows.
    virtual void close(std::uint16_t code, std::string_view reason, SessionSink& sink) = 0;
    virtual void tick(Instant now, SessionSink& sink) = 0;
    [[nodiscard]] virtual std::optional<Instant> nextDeadline() const = 0;
    /// Reply time of the last own ping, if one was answered.
    [[nodiscard]] virtual std::optional<Duration> roundTrip() const { return {}; }
};

[[nodiscard]] std::unique_ptr<StreamSession> makeSession(const SessionRequest& request);

} // namespace wg::protocol
