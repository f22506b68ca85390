// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/http_field.h"
#include "engine/poll_diff.h"
#include "engine/watch.h"

#include <algorithm>

namespace wg::engine {

namespace {
using dialect::Carrier;
constexpr unsigned kBoundedTries = 5;
constexpr unsigned kLostHandshakes = 2; ///< upgrades lost in a row before the next carrier is tried
constexpr Duration kFirstHeartbeat = std::chrono::seconds(5);
constexpr double kNsPerMs = 1e6;

/// Answers that say "not over this transport" where another one may be tried.
bool isCarrierRefusal(protocol::Where where, int status) noexcept
{
    if (where == protocol::Where::WebSocketHandshake)
        return protocol::isTransportRefusal(where, status);
    return status == 400 || status == 404 || status == 405 || status == 406 || status == 426 || status == 501;
}

/// For a sentence that goes on or ends by itself.
std::string withoutStop(std::string_view text)
{
    return std::string(!text.empty() && text.back() == '.' ? text.substr(0, text.size() - 1) : text);
}
} // namespace

std::string Watch::where() const
{
    return m_target.redacted() + " over " + std::string(toString(static_cast<Transport>(m_carriers[m_carrierAt])));
}

void Watch::linkOpened(const protocol::ResponseHead& head, Instant now)
{
    m_now = now;
    m_isHandshaken = true;
    m_lostHandshakes = 0;
    const Carrier carrier = m_carriers[m_carrierAt];
    m_dialect->connected(carrier, head.subprotocol);
    m_host.watchHappened(*this, WatchHost::Happening::HandshakeOk);
    if (m_dialect->traits(carrier).opensWithHeartbeat)
        m_firstMessageBy = now + kFirstHeartbeat;
    else
        markOpen({}, now);
}

void Watch::linkBytes(std::size_t count, Instant now)
{
    m_now = m_lastByteAt = now;
    m_receivedNs = static_cast<std::int64_t>(m_host.wallNow() * kNsPerMs);
    m_replica->bytes(m_conn, count, now);
}

void Watch::linkRetryHint(double ms) { m_retryHintMs = ms; }

/// The stream has proved itself: from here on its messages count.
void Watch::markOpen(const sync::OpenInfo& info, Instant now)
{
    if (m_isOpen)
        return;
    m_isOpen = m_wasOpen = true;
    m_firstMessageBy.reset();
    m_host.watchHappened(*this, m_connectedWall > 0 ? WatchHost::Happening::Reconnected : WatchHost::Happening::Connected);
    m_connectedWall = m_host.wallNow();
    m_hasConnected = true;
    m_replica->opened(m_conn, info, now, m_step);
    carryOut(now);
}

void Watch::linkMessage(const dialect::Received& message, Instant now)
{
    m_now = now;
    m_feedConn = m_conn;
    m_dialect->decode(m_carriers[m_carrierAt], message, *this);
}

/// The item is far away in memory: its place is looked up while the rest of the message is read, and it comes near while
/// the event is written to the log.
void Watch::keyRead(std::string_view key) { m_replica->store().expect(key); }

void Watch::event(std::string_view, const sync::EventView& event)
{
    m_answerLast = event.version;
    if (!m_isOpen && m_link) {
        sync::OpenInfo info;
        if (m_acknowledged)
            info = *m_acknowledged;
        else if (event.op == sync::Op::Bookmark)
            info = {std::string(event.epoch), event.version};
        markOpen(info, m_now);
    }
    take(event, m_now);
}

sync::Verdict Watch::take(const sync::EventView& event, Instant now)
{
    const sync::Version& last = m_replica->cursor().version;
    const bool hasBoth = last.isNumber() && event.version.isNumber();
    const auto before = static_cast<std::int64_t>(last.number());
    const std::uint64_t ticket = m_replica->nextTicket();
    m_replica->store().fetchExpected();
    m_host.watchReceiving(*this, event, m_receivedNs);
    const sync::Verdict verdict = m_replica->event(m_feedConn, event, now, m_step);
    if (verdict == sync::Verdict::Buffered)
        keepWaiting(ticket, event);
    // A marker stands before the message that raised it.
    if (!m_step.effects.empty())
        carryOut(now);
    m_hasVersions = m_hasVersions || !event.version.isAbsent();
    if (event.op == sync::Op::Bookmark) {
        confirm(now);
    } else {
        m_lastEventAt = now;
        m_lastEventWall = static_cast<double>(m_receivedNs) / kNsPerMs;
    }
    if (verdict == sync::Verdict::Buffered)
        return verdict;
    Outcome outcome;
    outcome.event = &event;
    outcome.verdict = verdict;
    outcome.isShown = isShown(event, verdict);
    outcome.receivedNs = m_receivedNs;
    outcome.delta = hasBoth ? static_cast<std::int64_t>(event.version.number()) - before : 0;
    m_host.watchReceived(*this, outcome);
    return verdict;
}

/// In order, but without effect on a state: shown all the same. What came late or twice is not.
bool Watch::isShown(const sync::EventView& event, sync::Verdict verdict) const
{
    if (event.op == sync::Op::Bookmark)
        return false;
    if (verdict != sync::Verdict::Ignored)
        return verdict == sync::Verdict::Applied;
    return event.version.isAbsent() || event.version == m_replica->cursor().version;
}

void Watch::keepWaiting(std::uint64_t ticket, const sync::EventView& event)
{
    Waiting& waiting = m_waiting.emplace_back();
    waiting.ticket = ticket;
    waiting.event = event;
    waiting.type = event.type;
    waiting.key = event.key;
    waiting.epoch = event.epoch;
    waiting.payload = event.payload;
    waiting.raw = event.raw;
    waiting.receivedNs = m_receivedNs;
}

void Watch::confirm(Instant now)
{
    if (m_replica->state() == sync::ReplicaState::Live)
        m_confirmedAt = now;
}

void Watch::subscribed(std::string_view, std::string_view epoch, const sync::Version& version)
{
    m_acknowledged = sync::OpenInfo{std::string(epoch), version};
}

void Watch::unsubscribed(std::string_view)
{
    if (!m_link)
        return;
    fail(faultOf({ErrorCode::ConnectionLost, {}, {}}, where() + " ended the subscription."), false, m_now);
}

void Watch::problem(std::string_view, const dialect::Problem& problem)
{
    if (!m_link)
        return;
    m_host.watchHappened(*this, WatchHost::Happening::OtherError);
    const protocol::Decision decision = protocol::decideProblem(problem.code);
    FaultContext context;
    if (problem.retryAfterS)
        context.retryAfterMs = *problem.retryAfterS * 1000;
    context.reason = where() + " ended the stream: " + plainLine(problem.code);
    if (!problem.detail.empty())
        context.reason += ", " + plainLine(problem.detail);
    context.reason += '.';
    fail(faultOf(decision, context), false, m_now);
}

void Watch::unreadable(std::string_view, std::string_view why, std::string_view raw)
{
    if (!m_isOpen && m_link)
        markOpen(m_acknowledged.value_or(sync::OpenInfo{}), m_now);
    m_host.watchHappened(*this, WatchHost::Happening::OtherError);
    const std::string reason = "A message of " + where() + " cannot be read: " + withoutStop(why) + ".";
    Outcome outcome;
    outcome.verdict = m_replica->unreadable(m_feedConn, reason, m_now, m_step);
    carryOut(m_now);
    sync::EventView view;
    view.raw = view.payload = raw;
    outcome.event = &view;
    outcome.receivedNs = m_receivedNs;
    m_host.watchReceived(*this, outcome);
}

void Watch::linkRefused(protocol::Where where, const protocol::ResponseHead& head, std::string_view body, const Error& error,
                        Instant now)
{
    m_now = now;
    const protocol::Decision decision = protocol::decideStatus(where, head, body);
    if (decision.action == protocol::Action::Redirect)
        return redirect(where, head, now);
    m_host.watchHappened(*this, WatchHost::Happening::HandshakeFailed);
    const bool isGeneric = !m_dialect->traits(m_carriers[m_carrierAt]).hasSnapshot;
    if (isGeneric && where == protocol::Where::WebSocketHandshake && m_mayOfferProtocols &&
        decision.action != protocol::Action::AuthRefreshThenRetry) {
        m_mayOfferProtocols = false; // some servers refuse a sub-protocol that they do not know
        return openLink(now);
    }
    const bool isWrongType = decision.code == ErrorCode::WrongContentType;
    FaultContext context;
    context.status = head.status;
    context.retryAfterMs = retryAfterMs(head, m_host.wallNow());
    if (isWrongType)
        context.reason = this->where() + " answered with " + plainLine(head.header("content-type")) + ", which is not a stream of this kind.";
    else if (head.status == 101)
        context.reason = this->where() + " was not upgraded properly: " + error.what;
    else
        context.reason = this->where() + " answered " + statusText(head, body) + ".";
    sync::Fault fault = faultOf(decision, context);
    fault.giveUpAfter = decision.isBounded ? kBoundedTries : 0;
    if (isGeneric && isWrongType && followContentType(head.header("content-type"), fault.reason, now))
        return;
    fail(std::move(fault), isCarrierRefusal(where, head.status), now);
}

/// A generic source says by its content type what carries its messages. False if that is none of ours or was tried.
bool Watch::followContentType(std::string_view contentType, const std::string& why, Instant now)
{
    Carrier wanted = Carrier::Ndjson;
    if (codec::mediaTypeEssence(contentType) == "application/json") // one document: asked for again and again
        wanted = Carrier::LongPoll;
    else if (protocol::isExpectedType(protocol::Where::Sse, contentType))
        wanted = Carrier::Sse;
    else if (!protocol::isExpectedType(protocol::Where::Ndjson, contentType))
        return false;
    const auto at = std::find(m_carriers.begin(), m_carriers.end(), wanted);
    if (at == m_carriers.end() || *at == m_carriers[m_carrierAt] || m_carriersTried + 1 >= m_carriers.size())
        return false;
    ++m_carriersTried;
    m_carrierAt = static_cast<std::size_t>(at - m_carriers.begin());
    m_fellBackWhy = why;
    m_wasOpen = false;
    openLink(now);
    refreshView(now);
    return true;
}

void Watch::linkEnded(const protocol::StreamEnd& end, Instant now)
{
    m_now = now;
    const bool wasHandshaken = m_isHandshaken, wasOpen = m_isOpen;
    const Carrier carrier = m_carriers[m_carrierAt];
    const bool isUnreadable = end.error.code == ErrorCode::TooLarge || end.error.code == ErrorCode::Undecodable;
    if (!wasHandshaken)
        m_host.watchHappened(*this, WatchHost::Happening::HandshakeFailed);
    else
        m_host.watchHappened(*this, end.error.code == ErrorCode::None ? WatchHost::Happening::DroppedExpected
                                                                      : WatchHost::Happening::DroppedUnexpected);
    if (isUnreadable && wasHandshaken) {
        m_feedConn = m_conn;
        unreadable({}, end.error.what, {});
        if (!m_replica->isCurrent(m_feedConn))
            return;
    }
    sync::Fault fault;
    if (end.closeCode != 0 && (end.error.code == ErrorCode::None || end.error.code == ErrorCode::ConnectionLost)) {
        const auto name = m_dialect->name(carrier) == "watch.v1" ? "watch.v1" : "any";
        const protocol::Decision decision = protocol::decideClose(end.closeCode, name, true);
        std::string reason = where() + " was closed with code " + std::to_string(end.closeCode);
        if (!end.reason.empty())
            reason += ", " + plainLine(end.reason);
        fault = faultOf(decision, {end.closeCode, {}, reason + "."});
        fault.giveUpAfter = decision.isBounded ? kBoundedTries : 0;
    } else if (end.error.code == ErrorCode::None) {
        fault = faultOf({ErrorCode::None, {}, {}}, where() + " was ended by the server.");
        fault.code = ErrorCode::None;
    } else {
        fault = faultOf(end.error, where() + (wasHandshaken ? " was lost: " : " could not be opened: ") + end.error.what);
    }
    const bool isBuffered = wasHandshaken && !wasOpen && end.error.code == ErrorCode::Timeout;
    bool isLostUpgrade = false;
    if (!wasHandshaken && carrier == Carrier::WebSocket && !m_wasOpen) {
        const bool isLost = end.error.code == ErrorCode::ConnectionLost || end.error.code == ErrorCode::Protocol ||
                            end.error.code == ErrorCode::None;
        isLostUpgrade = end.error.code == ErrorCode::Timeout || (isLost && ++m_lostHandshakes >= kLostHandshakes);
    }
    fail(std::move(fault), isBuffered || isLostUpgrade, now);
}

Departure Watch::nextRequest(bool hold)
{
    const Carrier carrier = m_carriers[m_carrierAt];
    const sync::Cursor& cursor = m_replica->cursor();
    dialect::Request request;
    if (carrier == Carrier::Poll) {
        request = m_dialect->snapshot(false);
        if (!cursor.version.isAbsent())
            request.headers.push_back({"If-None-Match", "W/\"" + cursor.toString() + "\""});
        return departure(request);
    }
    const bool hasCursor = !cursor.version.isAbsent();
    request = m_dialect->stream(carrier, hasCursor ? std::optional(cursor) : m_from);
    if (m_dialect->traits(carrier).hasSnapshot || m_dialect->name(carrier) == "watch.v1") {
        if (!hold)
            request.url.setParameter("wait", "0");
        return departure(request);
    }
    if (!m_lastModified.empty())
        request.headers.push_back({"If-Modified-Since", m_lastModified});
    if (!m_etag.empty())
        request.headers.push_back({"If-None-Match", m_etag});
    return departure(request);
}

bool Watch::linkAnswered(const HttpHead& head, std::string_view body, Instant now)
{
    m_now = now;
    m_feedConn = m_conn;
    dialect::PollAnswer answer;
    std::string why;
    if (!m_dialect->readAnswer(body, answer, why)) {
        unreadable({}, why, body);
        return true;
    }
    if (m_dialect->name(Carrier::LongPoll) != "watch.v1") {
        const protocol::ResponseHead fields = responseHead(head);
        m_etag = fields.header("etag");
        m_lastModified = fields.header("last-modified");
        markOpen({}, now);
        m_dialect->giveEvents(*this);
        return answer.events > 0;
    }
    const std::string epoch(answer.epoch);
    const sync::Version prev = answer.prev, version = answer.version;
    const sync::Cursor cursor = m_replica->cursor();
    if (epoch == cursor.epoch && !cursor.version.isAbsent() && version < cursor.version) {
        sync::Fault fault;
        fault.action = sync::Fault::Action::Resync;
        fault.isImmediate = true;
        fault.marker = sync::MarkerKind::Rollback;
        fault.code = ErrorCode::Gone;
        fault.reason = where() + " is at version " + version.toString() + ", before " + cursor.version.toString() + " that was applied.";
        fail(std::move(fault), false, now);
        return true;
    }
    markOpen({epoch, prev}, now);
    m_answerLast = prev;
    m_dialect->giveEvents(*this);
    if (answer.events == 0 || m_answerLast != version) {
        // Without a filter nothing may lie between the last event and the next cursor; naming the cursor itself as what
        // came before it makes that a gap.
        const bool mayJump = m_dialect->skipsVersions() || m_answerLast == version;
        takeBookmark(epoch, mayJump ? m_answerLast : version, version, now);
    }
    return answer.events > 0;
}

void Watch::takeBookmark(std::string_view epoch, const sync::Version& prev, const sync::Version& version, Instant now)
{
    sync::EventView view;
    view.op = sync::Op::Bookmark;
    view.type = "heartbeat";
    view.epoch = epoch;
    view.hasPrev = true;
    view.prev = prev;
    view.version = version;
    take(view, now);
}

void Watch::linkUnchanged(Instant now)
{
    m_now = now;
    markOpen({}, now);
    confirm(now);
}

void Watch::linkPolled(dialect::Snapshot snapshot, Instant now)
{
    m_now = now;
    m_feedConn = m_conn;
    const sync::Cursor cursor = m_replica->cursor();
    sync::Fault fault;
    fault.action = sync::Fault::Action::Resync;
    fault.isImmediate = true;
    fault.code = ErrorCode::Gone;
    if (snapshot.at.epoch != cursor.epoch) {
        fault.marker = sync::MarkerKind::Epoch;
        fault.reason = where() + " has another history: epoch " + snapshot.at.epoch + " instead of " + cursor.epoch + ".";
        return fail(std::move(fault), false, now);
    }
    if (snapshot.at.version < cursor.version) {
        fault.marker = sync::MarkerKind::Rollback;
        fault.reason = where() + " is at version " + snapshot.at.version.toString() + ", before " + cursor.version.toString() + " that was applied.";
        return fail(std::move(fault), false, now);
    }
    markOpen({}, now);
    PollDiff diff(m_replica->store(), snapshot.items, cursor.version, snapshot.at.version);
    if (!diff.fits()) {
        fault.marker = sync::MarkerKind::HistoryLost;
        fault.reason = where() + " changed more items than versions have passed.";
        return fail(std::move(fault), false, now);
    }
    sync::Version last = cursor.version;
    sync::EventView view;
    while (diff.next(view)) {
        view.epoch = snapshot.at.epoch;
        view.hasPrev = true;
        view.prev = last;
        last = view.version;
        if (take(view, now) != sync::Verdict::Applied)
            return;
    }
    if (last != snapshot.at.version)
        takeBookmark(snapshot.at.epoch, last, snapshot.at.version, now);
    confirm(now);
}

} // namespace wg::engine
