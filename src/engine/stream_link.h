// SPDX-License-Identifier: GPL-3.0-or-later
// StreamLink: a byte stream of the stream port with a protocol session on it.
// Limits: kConnectDeadline for TCP and TLS; the session's own for the rest.
#pragma once

#include "engine/link.h"

namespace wg::engine {

class StreamLink final : public Link, private StreamOwner, private protocol::SessionSink {
public:
    static constexpr Duration kConnectDeadline = std::chrono::seconds(10);

    struct Manner {
        Duration pingInterval{0};      ///< WebSocket: own pings when the line is quiet; 0 = none
        Duration firstByteDeadline{0}; ///< SSE, NDJSON; 0 = none
    };

    StreamLink(WatchHost& host, LinkSink& sink, protocol::Framing framing, Departure departure, const Manner& manner);
    ~StreamLink() override;

    void start(Instant now) override;
    void send(std::string_view text) override;
    void drop(Instant now) override;
    void tick(Instant now) override;
    [[nodiscard]] std::optional<Instant> nextDeadline() const override;
    [[nodiscard]] std::optional<Duration> roundTrip() const override;

private:
    void streamOpened(const StreamOpened& info, Instant now) override;
    void streamBytes(std::string_view bytes, Instant now) override;
    void streamClosed(const Error& error, Instant now) override;
    void write(std::string_view bytes) override;
    void opened(const protocol::ResponseHead& head) override;
    void refused(const protocol::ResponseHead& head, std::string_view body, const Error& error) override;
    void message(const protocol::Message& message) override;
    void retryHint(double ms) override;
    void ended(const protocol::StreamEnd& end) override;
    void release();

    WatchHost& m_host;
    LinkSink* m_sink; ///< null once it is over
    protocol::Framing m_framing;
    Departure m_departure;
    Manner m_manner;
    std::unique_ptr<protocol::StreamSession> m_session;
    StreamId m_stream = 0;
    std::optional<Instant> m_connectBy;
    Instant m_now;
};

} // namespace wg::engine
