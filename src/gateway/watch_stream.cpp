// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/watch_stream.h"

#include "gateway/framing.h"
#include "gateway/reply.h"

#include <algorithm>
#include <charconv>

namespace wg::gateway {
namespace {

constexpr int kRetryMs = 2000;
constexpr double kRestartRetryS = 1;
constexpr std::size_t kChunkHead = 10; ///< eight hex digits and a line end

} // namespace

OpenStream::OpenStream(Hub& hub, Carrier carrier)
    : m_hub(hub)
    , m_carrier(carrier)
{
    ++counters().open;
    ++counters().opened;
}

OpenStream::~OpenStream()
{
    --counters().open;
    m_hub.doorkeeper.closeStream();
}

std::optional<Instant> expiryOf(const Identity& identity, Instant now)
{
    if (!identity.expiresAtS)
        return std::nullopt;
    static constexpr double kFarAway = 1e9; // beyond this the clock would overflow
    const double left = *identity.expiresAtS - static_cast<double>(wallMicroseconds()) / 1e6;
    return now + fromSeconds(std::clamp(left, 0.0, kFarAway));
}

WatchStream::WatchStream(Hub& hub, WatchPlan plan, Instant now)
    : m_hub(hub)
    , m_plan(std::move(plan))
    , m_stream(hub, m_plan.carrier)
    , m_lane(Subscription(hub.world, m_plan.resource, std::move(m_plan.selection), m_plan.from), hub.options.chaos,
             hub.counters, hub.dice.next())
    , m_interval(fromSeconds(m_plan.heartbeatS))
    , m_nextHeartbeat(now)
    , m_expiresAt(expiryOf(m_plan.identity, now))
{
}

void WatchStream::open(std::string& out)
{
    Reply reply;
    reply.headers = std::move(m_plan.headers);
    out += "HTTP/1.1 200 OK\r\nContent-Type: ";
    out += m_plan.carrier == Carrier::Sse ? "text/event-stream" : "application/x-ndjson";
    out += "\r\nCache-Control: no-store\r\nX-Accel-Buffering: no";
    for (const auto& [name, value] : reply.headers)
        out += "\r\n" + name + ": " + value;
    out += m_plan.isHttp10 ? "\r\nConnection: close" : "\r\nTransfer-Encoding: chunked";
    out += "\r\n\r\n";
    m_isOpen = true;
}

void WatchStream::say(std::string& out, const Delivery& delivery)
{
    ++(delivery.form == Delivery::Form::Bookmark ? m_stream.counters().heartbeats : m_stream.counters().events);
    if (m_plan.carrier == Carrier::Sse)
        return appendSse(out, delivery, m_lane.subscription());
    appendEvent(out, delivery, m_lane.subscription());
    out += '\n';
}

void WatchStream::sayError(std::string& out, std::string_view code, std::string_view detail, double retryAfterS)
{
    if (m_plan.carrier == Carrier::Sse)
        out += "event: error\ndata: ";
    appendError(out, "{\"event\":\"error\",", code, detail, retryAfterS);
    out += m_plan.carrier == Carrier::Sse ? "\n\n" : "\n";
}

void WatchStream::sayBookmark(std::string& out, Instant now)
{
    while (const auto held = m_lane.releaseHeld())
        say(out, *held);
    say(out, m_lane.bookmark());
    m_nextHeartbeat = now + m_interval;
}

Conversation::Then WatchStream::drain(std::string& out, std::size_t limit, Instant now)
{
    const std::size_t end = out.size() + limit;
    Delivery delivery;
    while (out.size() < end) {
        switch (m_lane.next(now, delivery)) {
        case ChaosLane::Pull::Delivery: say(out, delivery); break;
        case ChaosLane::Pull::Nothing: return Then::GoOn;
        case ChaosLane::Pull::Renumbered: sayBookmark(out, now); break;
        case ChaosLane::Pull::Lost:
            ++m_hub.counters.slowConsumers;
            sayError(out, "version_expired", "This stream lagged so far behind that the next event is no longer held.", -1);
            return Then::Finish;
        case ChaosLane::Pull::Cut:
            delivery.isCutShort = true;
            appendEvent(out, delivery, m_lane.subscription(), m_plan.carrier == Carrier::Sse ? "data: {" : "{");
            return Then::Break;
        case ChaosLane::Pull::Stall: m_isStalled = true; return Then::GoOn;
        }
    }
    return Then::GoOn;
}

Conversation::Then WatchStream::fillBody(std::string& out, std::size_t limit, Instant now)
{
    if (m_isGoingAway) {
        sayError(out, "unavailable", "The server is going away.", kRestartRetryS);
        return Then::Finish;
    }
    if (m_expiresAt && now >= *m_expiresAt) {
        sayError(out, "token_expired", "The token has expired.", -1);
        return Then::Finish;
    }
    if (now >= m_nextHeartbeat)
        sayBookmark(out, now);
    return drain(out, limit, now);
}

Conversation::Said WatchStream::fill(std::string& out, std::size_t limit, Instant now)
{
    Said said;
    if (m_isStalled)
        return {m_isGoingAway ? Then::Break : Then::GoOn, 0};
    if (!m_isOpen) {
        open(out);
        std::string body = m_plan.carrier == Carrier::Sse ? "retry: " + std::to_string(kRetryMs) + "\n\n" : std::string();
        sayBookmark(body, now); // tells where the stream starts, before any replay
        if (m_plan.isHttp10)
            out += body;
        else {
            char hex[16];
            out.append(hex, std::to_chars(hex, hex + sizeof hex, body.size(), 16).ptr);
            (out += "\r\n") += body + "\r\n";
        }
        return said;
    }
    if (m_plan.isHttp10) {
        said.then = fillBody(out, limit, now);
        return said;
    }
    // The chunk's size is known last: its digits are put right before the body, what is left over in front is skipped.
    out.append(kChunkHead, '\0');
    said.then = fillBody(out, limit, now);
    const std::size_t size = out.size() - kChunkHead;
    if (size == 0) {
        out.clear();
    } else {
        char hex[16];
        const auto digits = static_cast<std::size_t>(std::to_chars(hex, hex + sizeof hex, size, 16).ptr - hex);
        said.skip = kChunkHead - 2 - digits;
        out.replace(said.skip, digits, hex, digits);
        out.replace(kChunkHead - 2, 2, "\r\n");
        if (said.then != Then::Break)
            out += "\r\n";
    }
    if (said.then == Then::Finish)
        out += "0\r\n\r\n";
    return said;
}

std::optional<Instant> WatchStream::nextDeadline() const
{
    if (m_isStalled)
        return std::nullopt;
    Instant at = m_nextHeartbeat;
    if (m_expiresAt)
        at = std::min(at, *m_expiresAt);
    if (const auto held = m_lane.nextDeadline())
        at = std::min(at, *held);
    return at;
}

std::uint64_t WatchStream::oldestPosition(std::size_t resource) const
{
    return resource == m_lane.subscription().resourceIndex() && !m_isStalled ? m_lane.subscription().position() : UINT64_MAX;
}

} // namespace wg::gateway
