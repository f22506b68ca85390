// SPDX-License-Identifier: GPL-3.0-or-later
// SocketConversation: an upgraded connection: subscriptions over one WebSocket, operations, pings, tokens, closing.
// Limits: kSubscriptions at a time; kControlBytes of answers to operations that wait to be sent, then reading stops.
// Thread: the gateway's own.
// Source: RFC 6455; watch.v1 messages.
#pragma once

#include "gateway/frames.h"
#include "gateway/watch_stream.h"

#include <list>
#include <simdjson.h>

namespace wg::gateway {

class SocketConversation final : public Conversation {
public:
    SocketConversation(Hub& hub, WatchPlan plan, Instant now);

    void onBytes(std::string_view bytes, Instant now) override;
    Said fill(std::string& out, std::size_t limit, Instant now) override;
    std::optional<Instant> nextDeadline() const override;
    bool wantsBytes() const override;
    ResourceMask watched() const override { return m_watched; }
    std::uint64_t oldestPosition(std::size_t resource) const override;
    bool isLost() const override;
    void goAway() override;
    void onWritten(std::size_t size) override { m_stream.counters().bytes += size; }

private:
    struct Subscriber {
        std::string sid;
        std::string opening; ///< {"op":"event","sid":"…",
        ChaosLane lane;
        Instant nextHeartbeat;
    };
    enum class Went : std::uint8_t { Quiet, Full, Ended, Cut, Stalled };

    void handshake(std::string& out);
    void onText(const std::string& text, Instant now);
    void onClose(const FrameReader::Message& message);
    void onSubscribe(const simdjson::dom::element& message, Instant now);
    void onAuth(const simdjson::dom::element& message, Instant now);
    void subscribe(std::string sid, std::size_t resource, Selection selection, std::uint64_t from, Instant now);
    void end(std::string_view sid);
    void answer(const std::string& json) { appendFrame(m_control, Opcode::Text, json); }
    void sayError(std::string_view sid, std::string_view code, std::string_view detail, double retryAfterS = -1);
    void close(std::uint16_t code, std::string_view reason);
    void fail(std::uint16_t closeCode, std::string_view code, std::string_view detail);
    void say(std::string& out, Subscriber& subscriber, const Delivery& delivery);
    void sayBookmark(std::string& out, Subscriber& subscriber, Instant now);
    [[nodiscard]] Went drain(std::string& out, Subscriber& subscriber, std::size_t end, Instant now);
    void checkClock(Instant now);

    Hub& m_hub;
    WatchPlan m_plan;
    OpenStream m_stream;
    Identity m_identity;
    Duration m_interval;
    FrameReader m_reader;
    std::list<Subscriber> m_subscribers;
    ResourceMask m_watched = 0;
    std::string m_control; ///< frames that go out before events
    std::optional<Instant> m_expiresAt;
    Instant m_nextPing;
    Instant m_heardAt;
    bool m_isOpen = false;
    bool m_isClosing = false;  ///< our close frame is in m_control or out
    bool m_isClosed = false;   ///< theirs came too
    bool m_isStalled = false;
    Instant m_closeBy{INT64_MAX};
    simdjson::dom::parser m_parser;
};

} // namespace wg::gateway
