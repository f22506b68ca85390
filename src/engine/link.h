// SPDX-License-Identifier: GPL-3.0-or-later
// Link: one connection attempt of a watch over one carrier, from the first byte sent to its end.
// Shape:  StreamLink (WebSocket, SSE, NDJSON over the stream port), PollLink (long poll and poll over the HTTP port),
//         SharedLink (one subscription on a socket that others use, too). A link has one sink and ends once:
//         by linkRefused() or linkEnded(), or silently by drop().
// Thread: the engine's. A link that is dropped inside its own call lives on until that call is over (WatchHost::bury).
#pragma once

#include "dialect/dialect.h"
#include "dialect/snapshot_reader.h"
#include "engine/watch_host.h"
#include "protocol/decision.h"
#include "protocol/stream_session.h"

#include <optional>

namespace wg::engine {

/// How a request leaves: where to, with what, under which settings.
struct Departure {
    Url url;
    std::vector<Header> headers;
    std::vector<std::string> subprotocols;
    TlsSpec tls;
    std::string proxy;
};

class LinkSink {
public:
    virtual ~LinkSink() = default;
    /// The handshake is done; messages may follow.
    virtual void linkOpened(const protocol::ResponseHead& head, Instant now) = 0;
    virtual void linkBytes(std::size_t count, Instant now) = 0;
    virtual void linkMessage(const dialect::Received& message, Instant now) = 0;
    virtual void linkRetryHint(double ms) = 0;
    virtual void linkRefused(protocol::Where where, const protocol::ResponseHead& head, std::string_view body, const Error& error, Instant now) = 0;
    virtual void linkEnded(const protocol::StreamEnd& end, Instant now) = 0;
    // --- requests that repeat
    /// The next request of a long poll (hold: false = answer at once) or poll.
    virtual Departure nextRequest(bool hold) = 0;
    /// A whole answer of a long poll; 64 readable bytes follow body. True if it brought anything new.
    virtual bool linkAnswered(const HttpHead& head, std::string_view body, Instant now) = 0;
    virtual void linkPolled(dialect::Snapshot snapshot, Instant now) = 0;
    virtual void linkUnchanged(Instant now) = 0;
};

class Link : public Mortal {
public:
    virtual void start(Instant now) = 0;
    virtual void send(std::string_view) {}
    /// Ends it without a further word to the sink.
    virtual void drop(Instant now) = 0;
    virtual void tick(Instant now) = 0;
    [[nodiscard]] virtual std::optional<Instant> nextDeadline() const = 0;
    /// Reply time of its last own ping, if one was answered.
    [[nodiscard]] virtual std::optional<Duration> roundTrip() const { return {}; }
    /// Its own deadlines stand for the read deadline: silence is in order now.
    [[nodiscard]] virtual bool excusesSilence() const noexcept { return false; }
};

} // namespace wg::engine
