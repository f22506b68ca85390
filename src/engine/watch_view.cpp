// SPDX-License-Identifier: GPL-3.0-or-later
// How a watch stands, in the words of the state vocabulary.
#include "engine/watch.h"

#include <algorithm>

namespace wg::engine {

namespace {
constexpr std::size_t kStripNodes = 6;
constexpr Duration kSoon = std::chrono::milliseconds(500); ///< a wait that is not worth a number
constexpr double kStaleBeats = 1.5;   ///< so many heartbeats without a byte: quiet for too long
constexpr double kStaleSlackS = 1.0;
constexpr double kUnconfirmedS = 10;  ///< a source without heartbeats is unconfirmed after so long without a byte

std::string grouped(std::size_t number)
{
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3;) {
        at -= 3;
        out.insert(at, ",");
    }
    return out;
}
} // namespace

const sync::Fault& Watch::lastFault() const
{
    return m_replica && m_phase == Phase::Running ? m_replica->lastFault() : m_earlyFault;
}

/// When a live watch becomes Stale, if the source promises heartbeats.
std::optional<Instant> Watch::staleAt() const
{
    if (!m_replica || m_replica->state() != sync::ReplicaState::Live || !m_link || m_link->excusesSilence())
        return {};
    const double heartbeatS = m_dialect->traits(m_carriers[m_carrierAt]).heartbeatS;
    if (heartbeatS <= 0 || m_view == ViewState::Stale)
        return {};
    return m_lastByteAt + fromSeconds(kStaleBeats * heartbeatS + kStaleSlackS);
}

ViewState Watch::replicaView(Instant now) const
{
    using sync::ReplicaState;
    switch (m_replica->state()) {
    case ReplicaState::Idle: return ViewState::Closed;
    case ReplicaState::Connecting: return ViewState::Connecting;
    case ReplicaState::Syncing: return m_replica->generation() == 0 ? ViewState::Snapshot : ViewState::Resync;
    case ReplicaState::Live: {
        if (m_view == ViewState::Stale && m_lastByteAt < now - Duration(1))
            return ViewState::Stale;
        const auto stale = staleAt();
        return stale && now >= *stale ? ViewState::Stale : ViewState::Live;
    }
    case ReplicaState::Backoff:
    case ReplicaState::BackoffSnapshot: return ViewState::Retrying;
    case ReplicaState::Fatal:
        return lastFault().code == ErrorCode::Unauthorized || lastFault().code == ErrorCode::Keychain ? ViewState::SignIn
                                                                                                      : ViewState::Failed;
    case ReplicaState::Stopped: return ViewState::Closed;
    }
    return ViewState::Closed;
}

void Watch::refreshView(Instant now)
{
    switch (m_phase) {
    case Phase::Idle:
    case Phase::Closed: return setView(ViewState::Closed, "Closed.", now);
    case Phase::Paused: return setView(ViewState::Paused, "Paused by you.", now);
    case Phase::Credential: return setView(ViewState::Connecting, "Reading the token.", now);
    case Phase::Discovery: return setView(ViewState::Connecting, "Asking " + m_url.origin() + " what it serves.", now);
    case Phase::DiscoveryWait: return setView(ViewState::Retrying, m_earlyFault.reason, now);
    case Phase::Blocked:
        return setView(m_earlyFault.code == ErrorCode::Unauthorized || m_earlyFault.code == ErrorCode::Keychain ? ViewState::SignIn
                                                                                                                : ViewState::Failed,
                       m_earlyFault.reason, now);
    case Phase::Running: break;
    }
    const ViewState view = replicaView(now);
    switch (view) {
    case ViewState::Connecting: return setView(view, "Connecting to " + where() + ".", now);
    case ViewState::Snapshot: return setView(view, "Loading every key of " + std::string(m_dialect->resource()) + ".", now);
    case ViewState::Live:
        if (m_view != ViewState::Live)
            setView(view, (m_dialect->traits(m_carriers[m_carrierAt]).hasSnapshot ? "Versions arrive in order from " : "Messages arrive from ") + where() + ".", now);
        return;
    case ViewState::Stale:
        if (m_view != ViewState::Stale)
            setView(view, "No byte from " + where() + " since " + clockText(m_host.wallNow() - toMs(now - m_lastByteAt)) + ".", now);
        return;
    case ViewState::Resync:
        if (m_view != ViewState::Resync)
            setView(view, m_replica->markers().empty() ? "Refilling the state." : m_replica->markers().back().why, now);
        return;
    default: {
        std::string why = lastFault().reason;
        if (view == ViewState::SignIn && !m_secretWhy.empty())
            why += " " + m_secretWhy;
        return setView(view, std::move(why), now);
    }
    }
}

void Watch::setView(ViewState view, std::string why, Instant now)
{
    if (view == m_view && why == m_why)
        return;
    const WallMs wall = m_host.wallNow();
    if (view != m_view || m_strip.empty()) {
        if (!m_strip.empty())
            m_strip.back().durationMs = wall - m_strip.back().atWall;
        MachineNode node;
        node.state = view;
        node.atWall = wall;
        if (m_replica && view == ViewState::Live)
            node.detail = grouped(m_replica->store().size()) + " keys";
        else if (view == ViewState::Gap && m_replica && !m_replica->markers().empty())
            node.detail = std::string(sync::toString(m_replica->markers().back().kind));
        m_strip.push_back(std::move(node));
        if (m_strip.size() > kStripNodes)
            m_strip.pop_front();
        m_view = view;
        m_viewSinceWall = wall;
    }
    m_why = std::move(why);
    m_now = now;
    m_host.watchChanged(*this);
}

/// What a person can do about a watch that has given up.
std::string Watch::nextByCode() const
{
    if (m_phase == Phase::Blocked && !m_earlyNext.empty())
        return m_earlyNext;
    switch (lastFault().code) {
    case ErrorCode::Unauthorized:
    case ErrorCode::Keychain: return "Store a valid token for this connection, then retry.";
    case ErrorCode::NotFound: return "Correct the address or the resource, then retry.";
    case ErrorCode::Forbidden: return "Ask for access to this route, then retry.";
    case ErrorCode::BadArgument: return "Correct the address, its query or the filter, then retry.";
    case ErrorCode::WrongContentType: return "Check that the address is a watch route and that no proxy answers in its place, then retry.";
    case ErrorCode::TooLarge: return "Narrow the route by ids or a filter, then retry.";
    default: return "Correct the cause, then retry.";
    }
}

std::string Watch::nextStep(Instant now) const
{
    switch (m_view) {
    case ViewState::Retrying: {
        const auto at = m_phase == Phase::DiscoveryWait ? m_discoverAt : m_replica->nextTryAt();
        return at && *at > now + kSoon ? "Next try in " + spanText(toSeconds(*at - now) + 0.5) + "." : "Next try now.";
    }
    case ViewState::SignIn:
    case ViewState::Failed:
        return nextByCode();
    case ViewState::Gap:
    case ViewState::Resync: return "A snapshot is being fetched; what is shown is kept until it is whole.";
    case ViewState::Stale: return "The line is given up if nothing comes within the read deadline.";
    case ViewState::Paused: return "Enable the route to go on.";
    default: return {};
    }
}

std::string Watch::freshness(Instant now) const
{
    const auto age = [&](Instant since) { return spanText(toSeconds(now - since)); };
    switch (m_view) {
    case ViewState::Failed:
    case ViewState::SignIn: return "Needs you";
    case ViewState::Gap:
    case ViewState::Resync: return "Resyncing";
    case ViewState::Connecting:
    case ViewState::Snapshot:
        if (!m_replica || m_replica->generation() == 0)
            return "Catching up";
        break;
    case ViewState::Live: {
        if (m_link && m_link->excusesSilence())
            return "Live";
        const bool hasHeartbeats = m_dialect->traits(m_carriers[m_carrierAt]).heartbeatS > 0;
        if (!hasHeartbeats && toSeconds(now - m_lastByteAt) > kUnconfirmedS)
            return "Unconfirmed " + age(m_lastByteAt);
        return hasHeartbeats || m_hasVersions ? "Live" : "Unversioned";
    }
    case ViewState::Stale: return "Stale " + age(m_lastByteAt);
    default: break;
    }
    if (!m_replica || m_replica->lastTruthAt().ns == 0)
        return {};
    return "Stale " + age(m_replica->lastTruthAt());
}

WatchCondition Watch::condition(Instant now) const
{
    WatchCondition out;
    out.state = m_view;
    out.sinceWall = m_viewSinceWall;
    out.why = m_why;
    out.next = nextStep(now);
    if (!m_carriers.empty())
        out.transport = static_cast<Transport>(m_carriers[m_carrierAt]);
    out.dialect = dialectName();
    out.hasConnected = m_hasConnected;
    if (m_replica) {
        out.cursor = m_replica->cursor();
        out.isLive = m_phase == Phase::Running && m_replica->state() == sync::ReplicaState::Live;
    }
    if (!out.isLive)
        out.code = lastFault().code;
    out.liveSince = m_liveSince;
    out.lastEventAt = m_lastEventAt < m_liveSince ? m_liveSince : m_lastEventAt;
    out.confirmedAt = m_confirmedAt;
    return out;
}

StateReport Watch::report(Instant now) const
{
    StateReport out;
    out.condition = condition(now);
    out.elapsedS = toSeconds(now - m_startedAt);
    if (m_dialect)
        out.resource = m_dialect->resource();
    if (!m_replica)
        return out;
    out.counters = m_replica->counters();
    out.ledger.assign(m_replica->ledger().spans().begin(), m_replica->ledger().spans().end());
    out.items.reserve(m_replica->store().size());
    m_replica->store().forEach([&](const sync::ItemView& item) {
        ReportItem& each = out.items.emplace_back();
        each.key = item.key;
        each.version = item.version.toString();
    });
    std::sort(out.items.begin(), out.items.end(), [](const ReportItem& a, const ReportItem& b) { return a.key < b.key; });
    for (ReportItem& item : out.items)
        if (!m_replica->store().object(item.key, item.object))
            item.object.clear();
    return out;
}

void Watch::fillRow(WatchRow& row, Instant now) const
{
    row.id = m_spec.id;
    row.connectionId = m_spec.connection.id;
    row.routeId = m_spec.route.id;
    row.connection = m_spec.connection.name;
    row.group = m_spec.connection.group;
    row.url = m_url.host.empty() ? std::string() : m_url.redacted();
    row.resource = m_dialect ? std::string(m_dialect->resource()) : m_spec.resource;
    row.dialect = dialectName();
    row.state = m_view;
    row.sinceWall = m_viewSinceWall;
    row.why = m_why;
    row.next = nextStep(now);
    const auto nextTry = m_phase == Phase::DiscoveryWait ? m_discoverAt : m_replica ? m_replica->nextTryAt() : std::nullopt;
    if (nextTry && *nextTry > now)
        row.nextTryWall = m_host.wallNow() + toMs(*nextTry - now);
    row.freshness = freshness(now);
    if (!m_carriers.empty())
        row.transport = static_cast<Transport>(m_carriers[m_carrierAt]);
    row.fellBackWhy = m_fellBackWhy;
    row.lastEventWall = m_lastEventWall;
    row.connectedWall = m_isOpen ? m_connectedWall : 0;
    if (m_replica) {
        row.epoch = m_replica->cursor().epoch;
        row.version = m_replica->cursor().version.toString();
        row.keys = m_replica->store().size();
        row.stateBytes = m_replica->store().bytes();
        row.counters = m_replica->counters();
    }
    row.strip.assign(m_strip.begin(), m_strip.end());
}

} // namespace wg::engine
