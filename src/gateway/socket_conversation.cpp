// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/socket_conversation.h"

#include "gateway/framing.h"
#include "gateway/json_text.h"
#include "gateway/reply.h"
#include "gateway/watch_request.h"

#include <algorithm>
#include <cmath>

namespace wg::gateway {
namespace {

constexpr std::size_t kSubscriptions = 256;
constexpr std::size_t kControlBytes = 256 * 1024;
constexpr std::size_t kSidBytes = 64;
constexpr Duration kPingInterval = std::chrono::seconds(20);
constexpr Duration kSilence = std::chrono::seconds(70);  ///< a peer that answers no ping for so long is gone
constexpr Duration kCloseTime = std::chrono::seconds(2); ///< for the peer's close frame

} // namespace

SocketConversation::SocketConversation(Hub& hub, WatchPlan plan, Instant now)
    : m_hub(hub)
    , m_plan(std::move(plan))
    , m_stream(hub, Carrier::WebSocket)
    , m_identity(std::move(m_plan.identity))
    , m_interval(fromSeconds(m_plan.heartbeatS))
    , m_expiresAt(expiryOf(m_identity, now))
    , m_nextPing(now + kPingInterval)
    , m_heardAt(now)
{
    if (m_plan.isRefusedGone)
        close(4410, "version_expired");
    else if (m_plan.hasImpliedSubscription)
        subscribe("0", m_plan.resource, std::move(m_plan.selection), m_plan.from, now);
}

void SocketConversation::handshake(std::string& out)
{
    Reply reply;
    reply.status = 101;
    reply.headers = std::move(m_plan.headers);
    reply.add("Upgrade", "websocket");
    reply.add("Connection", "Upgrade");
    reply.add("Sec-WebSocket-Accept", m_plan.socketKey);
    out += reply.toText(true, false);
    m_isOpen = true;
}

void SocketConversation::sayError(std::string_view sid, std::string_view code, std::string_view detail, double retryAfterS)
{
    std::string opening = "{\"op\":\"error\",";
    if (!sid.empty()) {
        opening += "\"sid\":";
        appendText(opening, sid);
        opening += ',';
    }
    std::string json;
    appendError(json, opening, code, detail, retryAfterS);
    answer(json);
}

void SocketConversation::close(std::uint16_t code, std::string_view reason)
{
    if (m_isClosing)
        return;
    m_isClosing = true;
    m_closeBy = monotonicNow() + kCloseTime;
    m_subscribers.clear();
    m_watched = 0;
    appendCloseFrame(m_control, code, reason);
}

void SocketConversation::fail(std::uint16_t closeCode, std::string_view code, std::string_view detail)
{
    if (m_isClosing)
        return;
    sayError({}, code, detail);
    close(closeCode, code);
}

void SocketConversation::goAway()
{
    if (m_isStalled)
        m_isClosed = m_isClosing = true;
    close(1001, "server going away");
}

void SocketConversation::onBytes(std::string_view bytes, Instant now)
{
    m_heardAt = now;
    m_reader.append(bytes);
    FrameReader::Message message;
    while (!m_isClosed) {
        const FrameReader::Read read = m_reader.next(message);
        if (read == FrameReader::Read::NeedMore)
            return;
        if (read == FrameReader::Read::Bad) {
            ++m_hub.counters.badMessages;
            close(m_reader.errorCode(), m_reader.errorReason());
            m_isClosed = true; // the stream of frames is broken: their close frame cannot be read
            return;
        }
        switch (message.opcode) {
        case Opcode::Close: onClose(message); break;
        case Opcode::Ping:
            if (!m_isClosing)
                appendFrame(m_control, Opcode::Pong, message.payload);
            break;
        case Opcode::Text:
            if (!m_isClosing)
                onText(message.payload, now);
            break;
        default: break;
        }
    }
}

void SocketConversation::onClose(const FrameReader::Message& message)
{
    m_isClosed = true;
    close(message.closeCode == 1005 ? 1000 : message.closeCode, "");
}

void SocketConversation::onText(const std::string& text, Instant now)
{
    if (const auto wait = m_hub.doorkeeper.overRate(m_plan.peer, now)) {
        ++m_hub.counters.rateLimited;
        sayError({}, "rate_limited", "Too many messages from this address.", std::ceil(*wait));
        return close(4429, "rate_limited");
    }
    simdjson::dom::element message;
    std::string_view op;
    const bool isObject = m_parser.parse(text).get(message) == simdjson::SUCCESS && message.is_object();
    if (!isObject || message["op"].get(op) != simdjson::SUCCESS) {
        ++m_hub.counters.badMessages;
        return fail(4400, "bad_request", "A message is a JSON object with an op.");
    }
    if (op == "subscribe")
        return onSubscribe(message, now);
    if (op == "auth")
        return onAuth(message, now);
    if (op == "unsubscribe") {
        std::string_view sid;
        if (message["sid"].get(sid) != simdjson::SUCCESS)
            return fail(4400, "bad_request", "unsubscribe needs a sid.");
        end(sid);
        std::string json = "{\"op\":\"unsubscribed\",\"sid\":";
        appendText(json, sid);
        return answer(json + "}");
    }
    if (op == "ping") {
        simdjson::dom::element n;
        const bool hasN = message["n"].get(n) == simdjson::SUCCESS;
        return answer("{\"op\":\"pong\"" + (hasN ? ",\"n\":" + std::string(simdjson::minify(n)) : std::string()) + "}");
    }
    ++m_hub.counters.badMessages;
    fail(4400, "bad_request", "This op is not known.");
}

void SocketConversation::onSubscribe(const simdjson::dom::element& message, Instant now)
{
    const auto text = [&message](std::string_view name, bool& isGood) {
        simdjson::dom::element value;
        std::string_view out;
        if (message[name].get(value) == simdjson::SUCCESS && !value.is_null())
            isGood = value.get(out) == simdjson::SUCCESS && isGood;
        return out;
    };
    bool isGood = true;
    const std::string sid(text("sid", isGood));
    const std::string_view name = text("resource", isGood);
    const std::string_view since = text("since", isGood);
    const std::string_view filter = text("filter", isGood);
    std::vector<std::string> ids;
    if (simdjson::dom::array list; message["ids"].get(list) == simdjson::SUCCESS) {
        for (const simdjson::dom::element id : list)
            if (std::string_view one; id.get(one) == simdjson::SUCCESS)
                ids.emplace_back(one);
            else
                isGood = false;
    } else {
        for (const std::string_view one : splitTrimmed(text("ids", isGood), ','))
            ids.emplace_back(one);
    }
    if (!isGood || sid.empty() || sid.size() > kSidBytes)
        return fail(4400, "bad_request", "subscribe needs a sid of 1 to 64 bytes, a resource, and text in its fields.");
    if (std::any_of(m_subscribers.begin(), m_subscribers.end(), [&](const Subscriber& s) { return s.sid == sid; }))
        return fail(4400, "bad_request", "This sid is in use.");
    if (m_subscribers.size() >= kSubscriptions)
        return sayError(sid, "too_many_connections", "As many subscriptions are open as one socket may have.", 1);
    const std::size_t resource = m_hub.world.indexOf(name);
    if (resource == m_hub.world.size())
        return sayError(sid, "not_found", "There is no resource of this name.");
    if (!m_identity.mayRead(name))
        return sayError(sid, "forbidden", "This token does not open this resource.");
    Selection selection;
    std::uint64_t from = 0;
    auto problem = compileSelection(filter, ids, selection);
    if (!problem)
        problem = resolveSince(m_hub.world, resource, since, "since", from);
    if (problem)
        return sayError(sid, problem->code, problem->detail);
    subscribe(sid, resource, std::move(selection), from, now);
}

void SocketConversation::subscribe(std::string sid, std::size_t resource, Selection selection, std::uint64_t from, Instant now)
{
    std::string json = "{\"op\":\"subscribed\",\"sid\":";
    appendText(json, sid);
    json += ",\"epoch\":";
    appendText(json, m_hub.world.epoch());
    json += ",\"version\":";
    appendVersion(json, from);
    answer(json + "}");
    std::string opening = "{\"op\":\"event\",\"sid\":";
    appendText(opening, sid);
    opening += ',';
    ChaosLane lane(Subscription(m_hub.world, resource, std::move(selection), from), m_hub.options.chaos, m_hub.counters,
                   m_hub.dice.next());
    m_subscribers.push_back({std::move(sid), std::move(opening), std::move(lane), now});
    m_watched |= ResourceMask{1} << resource;
}

void SocketConversation::end(std::string_view sid)
{
    m_subscribers.remove_if([sid](const Subscriber& s) { return s.sid == sid; });
    m_watched = 0;
    for (const Subscriber& s : m_subscribers)
        m_watched |= s.lane.subscription().mask();
}

void SocketConversation::onAuth(const simdjson::dom::element& message, Instant now)
{
    std::string_view token;
    if (message["token"].get(token) != simdjson::SUCCESS)
        return fail(4400, "bad_request", "auth needs a token.");
    Admission admission = m_hub.doorkeeper.admitToken(token);
    if (!admission.identity) {
        ++m_hub.counters.authFailures;
        return fail(4401, admission.problem.code, admission.problem.detail);
    }
    m_identity = std::move(*admission.identity);
    m_expiresAt = expiryOf(m_identity, now);
    std::string json = "{\"op\":\"authenticated\"";
    if (m_identity.expiresAtS)
        (json += ",\"expires\":") += fixed(std::floor(*m_identity.expiresAtS * 1000), 0); // Unix ms, as ts
    answer(json + "}");
    for (auto it = m_subscribers.begin(); it != m_subscribers.end();) {
        const Subscriber& s = *it++;
        if (m_identity.mayRead(s.lane.subscription().resource().name()))
            continue;
        sayError(s.sid, "forbidden", "This token does not open this resource.");
        end(std::string(s.sid));
    }
}

void SocketConversation::say(std::string& out, Subscriber& subscriber, const Delivery& delivery)
{
    ++(delivery.form == Delivery::Form::Bookmark ? m_stream.counters().heartbeats : m_stream.counters().events);
    const std::size_t start = reserveFrameHead(out);
    appendEvent(out, delivery, subscriber.lane.subscription(), subscriber.opening);
    closeTextFrame(out, start);
}

void SocketConversation::sayBookmark(std::string& out, Subscriber& subscriber, Instant now)
{
    while (const auto held = subscriber.lane.releaseHeld())
        say(out, subscriber, *held);
    say(out, subscriber, subscriber.lane.bookmark());
    subscriber.nextHeartbeat = now + m_interval;
}

SocketConversation::Went SocketConversation::drain(std::string& out, Subscriber& subscriber, std::size_t limit, Instant now)
{
    if (now >= subscriber.nextHeartbeat)
        sayBookmark(out, subscriber, now);
    Delivery delivery;
    while (out.size() < limit) {
        switch (subscriber.lane.next(now, delivery)) {
        case ChaosLane::Pull::Delivery: say(out, subscriber, delivery); break;
        case ChaosLane::Pull::Nothing: return Went::Quiet;
        case ChaosLane::Pull::Renumbered: sayBookmark(out, subscriber, now); break;
        case ChaosLane::Pull::Lost:
            ++m_hub.counters.slowConsumers;
            sayError(subscriber.sid, "version_expired", "This subscription lagged so far behind that the next event is no longer held.");
            return Went::Ended;
        case ChaosLane::Pull::Cut: {
            const std::size_t start = out.size();
            say(out, subscriber, delivery);
            out.resize(start + (out.size() - start) / 2);
            return Went::Cut;
        }
        case ChaosLane::Pull::Stall: return Went::Stalled;
        }
    }
    return Went::Full;
}

void SocketConversation::checkClock(Instant now)
{
    if (m_isClosing)
        return;
    if (m_expiresAt && now >= *m_expiresAt)
        return fail(4401, "token_expired", "The token has expired.");
    if (now >= m_nextPing) {
        appendFrame(m_control, Opcode::Ping, "wg");
        m_nextPing = now + kPingInterval;
    }
}

Conversation::Said SocketConversation::fill(std::string& out, std::size_t limit, Instant now)
{
    if (m_isStalled)
        return {m_isClosed ? Then::Break : Then::GoOn, 0};
    if (!m_isOpen) {
        handshake(out);
        out += m_control;
        m_control.clear();
    }
    checkClock(now);
    if (!m_isClosing && now - m_heardAt > kSilence)
        return {Then::Break, 0};
    out += m_control;
    m_control.clear();
    if (m_isClosing)
        return {m_isClosed ? Then::Finish : now >= m_closeBy ? Then::Break : Then::GoOn, 0};
    const std::size_t end = out.size() + limit;
    for (auto it = m_subscribers.begin(); it != m_subscribers.end() && out.size() < end;) {
        Subscriber& subscriber = *it++;
        const Went went = drain(out, subscriber, end, now);
        if (went == Went::Cut)
            return {Then::Break, 0};
        if (went == Went::Stalled) {
            m_isStalled = true;
            return {};
        }
        if (went == Went::Ended)
            this->end(std::string(subscriber.sid));
    }
    // Who was served first is served last the next time.
    if (m_subscribers.size() > 1)
        m_subscribers.splice(m_subscribers.end(), m_subscribers, m_subscribers.begin());
    out += m_control;
    m_control.clear();
    return {};
}

std::optional<Instant> SocketConversation::nextDeadline() const
{
    if (m_isStalled)
        return std::nullopt;
    Instant at = m_isClosing ? m_closeBy : std::min(m_nextPing, m_heardAt + kSilence);
    if (m_isClosing)
        return at;
    if (m_expiresAt)
        at = std::min(at, *m_expiresAt);
    for (const Subscriber& s : m_subscribers) {
        at = std::min(at, s.nextHeartbeat);
        if (const auto held = s.lane.nextDeadline())
            at = std::min(at, *held);
    }
    return at;
}

bool SocketConversation::wantsBytes() const
{
    return m_control.size() < kControlBytes;
}

std::uint64_t SocketConversation::oldestPosition(std::size_t resource) const
{
    std::uint64_t oldest = UINT64_MAX;
    if (!m_isStalled)
        for (const Subscriber& s : m_subscribers)
            if (s.lane.subscription().resourceIndex() == resource)
                oldest = std::min(oldest, s.lane.subscription().position());
    return oldest;
}

bool SocketConversation::isLost() const
{
    return std::any_of(m_subscribers.begin(), m_subscribers.end(), [](const Subscriber& s) { return s.lane.subscription().isLost(); });
}

} // namespace wg::gateway
