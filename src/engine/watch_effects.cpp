// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fold_patches.h"
#include "engine/poll_link.h"
#include "engine/request_ids.h"
#include "engine/shared_socket.h"
#include "engine/stream_link.h"
#include "engine/watch.h"

#include <algorithm>

namespace wg::engine {

namespace {
using dialect::Carrier;
constexpr Duration kGenericPing = std::chrono::seconds(15);
constexpr Duration kFirstByte = std::chrono::seconds(5);
constexpr unsigned kBoundedTries = 5;
} // namespace

void Watch::carryOut(Instant now)
{
    for (sync::Effect& effect : m_step.effects)
        m_effects.push_back(std::move(effect));
    m_step.clear();
    if (m_isCarrying)
        return;
    m_isCarrying = true;
    while (!m_effects.empty()) {
        const sync::Effect effect = std::move(m_effects.front());
        m_effects.pop_front();
        std::visit([&](const auto& each) { carry(each, now); }, effect);
    }
    m_isCarrying = false;
    refreshView(now);
}

void Watch::carry(const sync::Connect& effect, Instant now)
{
    dropLink(now);
    m_conn = effect.conn;
    m_from = effect.from;
    m_carriersTried = 0;
    openLink(now);
}

void Watch::carry(const sync::CloseConnection& effect, Instant now)
{
    if (effect.conn != m_conn)
        return;
    if (m_isOpen)
        m_host.watchHappened(*this, m_phase == Phase::Running ? WatchHost::Happening::DroppedUnexpected
                                                              : WatchHost::Happening::DroppedExpected);
    dropLink(now);
}

void Watch::carry(const sync::FetchSnapshot& effect, Instant now)
{
    m_snap = effect.snap;
    m_reader = std::make_unique<dialect::SnapshotReader>(foldPatches);
    dialect::Request request = m_dialect->snapshot(effect.bustCaches);
    if (effect.bustCaches)
        request.url.setParameter("_", std::to_string(m_host.random().next()));
    m_snapshot.begin(departure(request), now, Duration::zero(), limits::kErrorBodyBytes);
}

void Watch::carry(const sync::AbortSnapshot& effect, Instant)
{
    if (effect.snap == m_snap)
        m_snapshot.cancel();
}

void Watch::carry(const sync::RefreshAuth&, Instant now)
{
    if (m_spec.connection.auth != AuthKind::Bearer) {
        m_secretWhy = "No token is set for this connection.";
        m_replica->authRefreshed(false, now, m_step);
        return carryOut(now);
    }
    m_isReadingSecret = m_isRefreshing = true;
    m_host.readSecret(*this, m_spec.connection.secretName, true);
}

void Watch::carry(const sync::RaiseMarker& effect, Instant now)
{
    if (effect.marker.kind != sync::MarkerKind::Resynced && effect.marker.kind != sync::MarkerKind::Requested)
        setView(ViewState::Gap, effect.marker.why, now);
    m_host.watchMarked(*this, effect.marker);
}

void Watch::carry(const sync::StoreReplaced& effect, Instant) { m_host.watchReplaced(*this, effect); }

void Watch::carry(const sync::BufferedSettled& effect, Instant)
{
    while (!m_waiting.empty() && m_waiting.front().ticket <= effect.ticket) {
        Waiting waiting = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (waiting.ticket != effect.ticket)
            continue;
        waiting.event.type = waiting.type;
        waiting.event.key = waiting.key;
        waiting.event.epoch = waiting.epoch;
        waiting.event.payload = waiting.payload;
        waiting.event.raw = waiting.raw;
        Outcome outcome;
        outcome.event = &waiting.event;
        outcome.verdict = effect.verdict;
        outcome.isShown = effect.verdict == sync::Verdict::Applied ||
                          (effect.verdict == sync::Verdict::Ignored && waiting.event.op == sync::Op::None);
        outcome.receivedNs = waiting.receivedNs;
        m_host.watchReceived(*this, outcome);
    }
}

void Watch::carry(const sync::StateChanged& effect, Instant now)
{
    if (effect.to == sync::ReplicaState::Live)
        m_liveSince = m_lastByteAt = now;
}

Departure Watch::departure(const dialect::Request& request) const
{
    Departure out;
    out.url = request.url;
    for (const dialect::Field& field : request.headers)
        out.headers.push_back({field.name, field.value});
    out.subprotocols = request.subprotocols;
    return dressed(std::move(out), true);
}

/// Adds what goes with every request; what may be a credential only to the origin it is meant for.
Departure Watch::dressed(Departure departure, bool isSameOrigin) const
{
    if (isSameOrigin) {
        for (const Header& header : m_spec.connection.headers)
            departure.headers.push_back(header);
        if (m_hasToken)
            departure.headers.push_back({"Authorization", "Bearer " + std::string(m_token.reveal())});
    }
    departure.headers.push_back({"X-Request-Id", requestId(m_host.random())});
    departure.headers.push_back({"traceparent", traceParent(m_host.random())});
    departure.tls = m_spec.connection.tls;
    departure.proxy = m_spec.connection.proxy;
    return departure;
}

void Watch::openLink(Instant now)
{
    m_redirects = 0;
    m_hasCrossedOrigin = false;
    m_retryHintMs.reset();
    dialect::Request request = m_dialect->stream(m_carriers[m_carrierAt], m_from);
    if (!m_mayOfferProtocols)
        request.subprotocols.clear();
    openLinkTo(departure(request), now);
}

void Watch::openLinkTo(const Departure& departure, Instant now)
{
    dropLink(now);
    const Carrier carrier = m_carriers[m_carrierAt];
    const dialect::Traits traits = m_dialect->traits(carrier);
    m_target = departure.url;
    LinkSink& sink = *this;
    StreamLink::Manner manner;
    if (traits.heartbeatS > 0)
        manner.firstByteDeadline = kFirstByte;
    else
        manner.pingInterval = kGenericPing;
    using protocol::Framing;
    if (m_dialect->sharesSocket()) {
        const std::string sid = std::to_string(m_spec.id) + "." + std::to_string(m_conn);
        m_link = m_sockets.makeLink(departure, sink, sid, m_dialect->subscribeMessage(sid, m_from), m_dialect->unsubscribeMessage(sid));
    } else if (carrier == Carrier::LongPoll || carrier == Carrier::Poll) {
        PollLink::Rhythm rhythm;
        rhythm.isLongPoll = carrier == Carrier::LongPoll;
        rhythm.hold = fromSeconds(traits.holdS);
        rhythm.interval = fromSeconds(m_spec.route.pollIntervalS);
        rhythm.mayAnswerAtOnce = !traits.hasSnapshot;
        m_link = std::make_unique<PollLink>(m_host, sink, rhythm, foldPatches);
    } else {
        const Framing framing = carrier == Carrier::WebSocket ? Framing::WebSocket
                                : carrier == Carrier::Sse     ? Framing::Sse
                                                              : Framing::Ndjson;
        m_link = std::make_unique<StreamLink>(m_host, sink, framing, departure, manner);
    }
    m_link->start(now);
}

void Watch::dropLink(Instant now)
{
    m_isHandshaken = m_isOpen = false;
    m_firstMessageBy.reset();
    m_acknowledged.reset();
    if (!m_link)
        return;
    std::unique_ptr<Link> link = std::move(m_link);
    link->drop(now);
    m_host.bury(std::move(link));
}

/// The connection did not come to be, or is over. A reason of transport tries the next carrier first.
void Watch::fail(sync::Fault fault, bool isTransportReason, Instant now)
{
    const bool hasOthers = m_carriers.size() > 1;
    dropLink(now);
    if (isTransportReason && hasOthers && m_carriersTried + 1 < m_carriers.size()) {
        ++m_carriersTried;
        m_carrierAt = (m_carrierAt + 1) % m_carriers.size();
        m_fellBackWhy = fault.reason;
        m_wasOpen = false;
        m_lostHandshakes = 0;
        openLink(now);
        return refreshView(now);
    }
    if (isTransportReason && hasOthers) { // none worked: the next try begins with the first again
        m_carrierAt = 0;
        m_fellBackWhy.clear();
    }
    if (fault.action == sync::Fault::Action::Retry && m_retryHintMs)
        fault.floorMs = std::max(fault.floorMs.value_or(0), *m_retryHintMs);
    m_replica->closed(m_conn, fault, now, m_step);
    carryOut(now);
}

void Watch::redirect(protocol::Where where, const protocol::ResponseHead& head, Instant now)
{
    sync::Fault fault;
    fault.code = ErrorCode::Rejected;
    fault.status = head.status;
    fault.giveUpAfter = kBoundedTries;
    auto to = m_target.resolved(head.header("location"));
    if (!to) {
        fault.action = sync::Fault::Action::Fatal;
        fault.reason = m_target.redacted() + " redirects to an address that cannot be used: " + to.error().what;
        return fail(fault, false, now);
    }
    if (++m_redirects > limits::kRedirects) {
        fault.reason = m_url.redacted() + " redirects more than " + std::to_string(limits::kRedirects) + " times in a row.";
        return fail(fault, false, now);
    }
    const dialect::Request original = m_dialect->stream(m_carriers[m_carrierAt], m_from);
    m_hasCrossedOrigin = m_hasCrossedOrigin || to.value().origin() != original.url.origin();
    Departure departure;
    departure.url = where == protocol::Where::WebSocketHandshake ? to.value().asWebSocket() : to.value().asHttp();
    for (const dialect::Field& field : original.headers)
        departure.headers.push_back({field.name, field.value});
    departure.subprotocols = original.subprotocols;
    openLinkTo(dressed(std::move(departure), !m_hasCrossedOrigin), now);
}

void Watch::snapshotDone(const Error& error, Instant now)
{
    const std::string address = m_dialect->snapshot(false).url.redacted();
    const protocol::ResponseHead head = responseHead(m_snapshot.head());
    std::unique_ptr<dialect::SnapshotReader> reader = std::move(m_reader);
    const auto failWith = [&](const sync::Fault& fault) {
        m_host.watchHappened(*this, WatchHost::Happening::OtherError);
        m_replica->snapshotFailed(m_snap, fault, now, m_step);
        carryOut(now);
    };
    if (error.code == ErrorCode::TooLarge) {
        sync::Fault fault = faultOf(error, "The snapshot " + address + " is refused: " + error.what + ".");
        fault.action = sync::Fault::Action::Fatal;
        return failWith(fault);
    }
    if (error.code != ErrorCode::None)
        return failWith(faultOf(error, "The snapshot " + address + " failed: " + error.what));
    const bool isReadable = head.status == 200 && protocol::isExpectedType(protocol::Where::Snapshot, head.header("content-type"));
    if (!isReadable) {
        const protocol::Decision decision = protocol::decideStatus(protocol::Where::Snapshot, head, m_snapshot.body());
        const std::string what = head.status == 200 ? "brought " + plainLine(head.header("content-type")) + " instead of JSON"
                                                    : "was answered " + statusText(head, m_snapshot.body());
        sync::Fault fault = faultOf(decision, {head.status, retryAfterMs(head, m_host.wallNow()), "The snapshot " + address + " " + what + "."});
        fault.giveUpAfter = decision.isBounded ? kBoundedTries : 0;
        return failWith(fault);
    }
    auto snapshot = reader->finish();
    if (!snapshot)
        return failWith(faultOf(snapshot.error(), "The snapshot " + address + " cannot be used: " + snapshot.error().what + "."));
    if (!snapshot.value().resource.empty() && snapshot.value().resource != m_dialect->resource())
        return failWith(faultOf({ErrorCode::Undecodable, {}, {}}, "The snapshot " + address + " is of another resource."));
    m_hasConnected = true;
    m_replica->snapshotDone(m_snap, snapshot.value().at, std::move(snapshot.value().items), now, m_step);
    carryOut(now);
}

} // namespace wg::engine
