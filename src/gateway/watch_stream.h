// SPDX-License-Identifier: GPL-3.0-or-later
// WatchStream: an open watch over SSE or NDJSON (HTTP/1.1 chunks; for HTTP/1.0 until the connection closes).
// Thread: the gateway's own.
#pragma once

#include "gateway/chaos_lane.h"
#include "gateway/conversation.h"
#include "gateway/hub.h"

#include <boost/asio/ip/address.hpp>

#include <string>

namespace wg::gateway {

/// A watch as a request asks for it.
struct WatchPlan {
    Carrier carrier = Carrier::Sse;
    std::size_t resource = 0;
    Selection selection;
    std::uint64_t from = 0;
    double heartbeatS = 15;
    double waitS = 30;
    Identity identity;
    std::vector<std::pair<std::string, std::string>> headers; ///< for the answer: request id, trace, origin, sub-protocol
    std::string socketKey;
    boost::asio::ip::address peer;
    bool isKeepAlive = true;
    bool isHttp10 = false;
    bool hasImpliedSubscription = true; ///< WebSocket: sid "0"; not on /v1/stream
    bool isRefusedGone = false;         ///< WebSocket, chaos: close with 4410 at once
};

/// One open stream in the books: limit and counters.
class OpenStream {
public:
    OpenStream(Hub& hub, Carrier carrier);
    ~OpenStream();
    OpenStream(const OpenStream&) = delete;
    OpenStream& operator=(const OpenStream&) = delete;
    [[nodiscard]] CarrierCounters& counters() noexcept { return m_hub.counters.of(m_carrier); }

private:
    Hub& m_hub;
    Carrier m_carrier;
};

/// When a token ends, on the monotonic clock.
[[nodiscard]] std::optional<Instant> expiryOf(const Identity& identity, Instant now);

class WatchStream final : public Conversation {
public:
    WatchStream(Hub& hub, WatchPlan plan, Instant now);

    void onBytes(std::string_view, Instant) override {}
    Said fill(std::string& out, std::size_t limit, Instant now) override;
    std::optional<Instant> nextDeadline() const override;
    ResourceMask watched() const override { return m_lane.subscription().mask(); }
    std::uint64_t oldestPosition(std::size_t resource) const override;
    bool isLost() const override { return m_lane.subscription().isLost(); }
    void goAway() override { m_isGoingAway = true; }
    void onWritten(std::size_t size) override { m_stream.counters().bytes += size; }

private:
    void open(std::string& out);
    void say(std::string& out, const Delivery& delivery);
    void sayError(std::string& out, std::string_view code, std::string_view detail, double retryAfterS);
    void sayBookmark(std::string& out, Instant now);
    [[nodiscard]] Then fillBody(std::string& out, std::size_t limit, Instant now);
    [[nodiscard]] Then drain(std::string& out, std::size_t limit, Instant now);

    Hub& m_hub;
    WatchPlan m_plan;
    OpenStream m_stream;
    ChaosLane m_lane;
    Duration m_interval;
    Instant m_nextHeartbeat;
    std::optional<Instant> m_expiresAt;
    bool m_isOpen = false;
    bool m_isGoingAway = false;
    bool m_isStalled = false;
};

} // namespace wg::gateway
