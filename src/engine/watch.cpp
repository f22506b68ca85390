// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/watch.h"

#include "dialect/version_field.h"
#include "engine/fold_patches.h"
#include "engine/shared_socket.h"
#include "sync/backoff.h"

#include <algorithm>

namespace wg::engine {

namespace {
constexpr Duration kDiscoveryDeadline = std::chrono::seconds(10);
constexpr Duration kSecretDeadline = std::chrono::seconds(60); ///< a person may have to unlock the keychain
constexpr double kUnknownHeartbeatS = 20; ///< read deadline 45 s where a source promises no heartbeats
constexpr Duration kPerCarrier = std::chrono::seconds(30); ///< connect 10 s, head 10 s, first message 5 s, and some air
} // namespace

Watch::Watch(WatchHost& host, SharedSockets& sockets, WatchSpec spec)
    : m_host(host), m_sockets(sockets), m_spec(std::move(spec)), m_discovery(host, *this), m_snapshot(host, *this)
{
}

Watch::~Watch() { dropLink(m_host.now()); }

void Watch::rename(const WatchSpec& spec)
{
    m_spec.connection.name = spec.connection.name;
    m_spec.connection.group = spec.connection.group;
}

std::string_view Watch::dialectName() const noexcept
{
    if (!m_dialect || m_carrierAt >= m_carriers.size())
        return m_spec.route.dialect;
    return m_dialect->name(m_carriers[m_carrierAt]);
}

dialect::Subscription Watch::subscription() const
{
    dialect::Subscription out;
    out.url = m_url;
    out.resource = m_spec.resource;
    out.ids = m_spec.route.ids;
    out.filter = m_spec.route.serverFilter;
    out.heartbeatS = m_spec.route.heartbeatS;
    return out;
}

void Watch::start(Instant now)
{
    if (m_phase == Phase::Running && m_replica) {
        m_replica->start(now, m_step);
        return carryOut(now);
    }
    if ((m_phase == Phase::Paused || m_phase == Phase::Closed) && m_replica) {
        m_phase = Phase::Running;
        m_replica->start(now, m_step);
        return carryOut(now);
    }
    m_startedAt = now;
    begin(now);
}

void Watch::begin(Instant now)
{
    m_earlyFault = {};
    m_discoveryRefreshed = false;
    auto url = Url::parse(m_spec.url());
    if (!url)
        return block(url.error(), now);
    m_url = std::move(url).value();
    m_target = m_url;
    if (m_spec.connection.auth == AuthKind::Bearer && !m_hasToken) {
        return askForSecret(false, now);
    }
    discover(now);
}

/// Before there is a replica, or after it has given up: the watch itself waits, and not for ever.
void Watch::askForSecret(bool isRefresh, Instant now)
{
    m_phase = Phase::Credential;
    m_isReadingSecret = true;
    m_secretBy = now + kSecretDeadline;
    m_host.readSecret(*this, m_spec.connection.secretName, isRefresh);
    refreshView(now);
}

void Watch::secretRead(Result<Secret> secret, Instant now)
{
    if (!m_isReadingSecret)
        return;
    m_isReadingSecret = false;
    m_secretBy.reset();
    const bool isOk = secret.isOk() && !secret.value().isEmpty();
    m_secretWhy = isOk ? std::string() : secret.isOk() ? "The credential is empty." : secret.error().sentence();
    if (isOk) {
        m_token = std::move(secret).value();
        m_hasToken = true;
    }
    if (m_isRefreshing) {
        m_isRefreshing = false;
        if (m_replica) {
            m_replica->authRefreshed(isOk, now, m_step);
            carryOut(now);
        }
        return;
    }
    if (m_phase != Phase::Credential)
        return;
    if (!isOk)
        return block({ErrorCode::Keychain, m_earlyFault.reason.empty() ? m_secretWhy : m_earlyFault.reason + " " + m_secretWhy, "Store a token for this connection, then retry."}, now);
    if (m_replica) { // a person asked to try again
        m_phase = Phase::Running;
        m_replica->start(now, m_step);
        return carryOut(now);
    }
    discover(now);
}

void Watch::discover(Instant now)
{
    m_discoverAt.reset();
    if (m_spec.route.dialect != "auto" && !m_spec.route.dialect.empty())
        return run(m_spec.route.dialect, now);
    const auto url = dialect::discoveryUrl(m_url);
    if (!url)
        return run("generic", now);
    m_phase = Phase::Discovery;
    dialect::Request request;
    request.url = *url;
    request.headers.push_back({"Accept", "application/json"});
    m_discovery.begin(departure(request), now, kDiscoveryDeadline, limits::kMiB);
    refreshView(now);
}

void Watch::discoveryFailed(const sync::Fault& fault, Instant now)
{
    m_phase = Phase::DiscoveryWait;
    m_earlyFault = fault;
    const double delay = sync::backoffDelayMs({}, m_discoveryTries++, m_host.random().unit(), fault.floorMs);
    m_discoverAt = now + fromMs(delay);
    m_host.watchHappened(*this, WatchHost::Happening::HandshakeFailed);
    refreshView(now);
}

void Watch::discoveryDone(const Error& error, Instant now)
{
    const std::string asked = m_discovery.head().finalUrl.host.empty() ? dialect::discoveryUrl(m_url)->redacted()
                                                                        : m_discovery.head().finalUrl.redacted();
    if (error.code != ErrorCode::None)
        return discoveryFailed(faultOf(error, "Asking " + asked + " failed: " + error.what), now);
    const protocol::ResponseHead head = responseHead(m_discovery.head());
    const std::string_view body = m_discovery.body();
    if (head.status == 401) {
        if (m_spec.connection.auth == AuthKind::Bearer && !m_discoveryRefreshed) {
            m_discoveryRefreshed = true;
            m_earlyFault.reason = asked + " answered " + statusText(head, body) + ".";
            return askForSecret(true, now);
        }
        return block({ErrorCode::Unauthorized, asked + " answered " + statusText(head, body) + ".",
                      "Store a valid token for this connection, then retry."}, now);
    }
    if (head.status != 200) {
        const protocol::Decision decision = protocol::decideStatus(protocol::Where::Snapshot, head, body);
        if (decision.action == protocol::Action::RetrySameCursor)
            return discoveryFailed(faultOf(decision, {head.status, retryAfterMs(head, m_host.wallNow()),
                                                      asked + " answered " + statusText(head, body) + "."}), now);
        return run("generic", now);
    }
    auto probe = dialect::makeDialect("watch.v1", subscription());
    const std::string_view resource = probe ? probe.value()->resource() : std::string_view();
    run(dialect::isDiscoveryDocument(body, resource, m_offered) ? "watch.v1" : "generic", now);
}

void Watch::block(const Error& error, Instant now)
{
    m_phase = Phase::Blocked;
    m_earlyFault = {};
    m_earlyFault.action = sync::Fault::Action::Fatal;
    m_earlyFault.code = error.code;
    m_earlyFault.reason = error.what;
    m_earlyNext = error.next;
    refreshView(now);
}

sync::ReplicaConfig Watch::replicaConfig() const
{
    const dialect::Traits traits = m_dialect->traits(m_carriers.front());
    sync::ReplicaConfig out;
    out.order = traits.order;
    out.hasSnapshot = traits.hasSnapshot;
    out.replay = traits.replay;
    out.resumeIsTrusted = traits.resumeIsTrusted;
    out.onGap = m_spec.route.onGap;
    const double heartbeatS = traits.heartbeatS > 0 ? traits.heartbeatS : kUnknownHeartbeatS;
    out.readDeadline = fromSeconds(2 * heartbeatS + 5);
    out.connectDeadline = kPerCarrier * static_cast<std::int64_t>(m_carriers.size());
    if (std::find(m_carriers.begin(), m_carriers.end(), dialect::Carrier::LongPoll) != m_carriers.end())
        out.connectDeadline += fromSeconds(traits.holdS);
    out.fold = foldPatches;
    out.seed = m_host.random().next();
    return out;
}

void Watch::run(std::string_view dialectName, Instant now)
{
    using dialect::Carrier;
    auto made = dialect::makeDialect(dialectName, subscription());
    if (!made)
        return block(made.error(), now);
    m_dialect = std::move(made).value();
    const std::vector<Carrier> known = m_dialect->carriers();
    m_carriers.clear();
    for (const Transport transport : m_spec.route.transports) {
        const auto carrier = static_cast<Carrier>(transport);
        const bool isKnown = dialectName == "generic" ? carrier != Carrier::Poll
                                                      : std::find(known.begin(), known.end(), carrier) != known.end();
        if (!isKnown)
            return block({ErrorCode::BadArgument, m_url.redacted() + " cannot be watched over " + std::string(toString(transport)) +
                                                      " with the dialect " + std::string(dialectName) + ".",
                          "Choose another transport."}, now);
        m_carriers.push_back(carrier);
    }
    if (m_carriers.empty())
        for (const Carrier carrier : known) {
            const std::string_view name = toString(static_cast<Transport>(carrier));
            if (m_offered.empty() || std::find(m_offered.begin(), m_offered.end(), name) != m_offered.end())
                m_carriers.push_back(carrier);
        }
    if (m_carriers.empty())
        m_carriers = known;
    m_carrierAt = 0;

    sync::ReplicaConfig config = replicaConfig();
    std::optional<sync::Cursor> since = m_spec.since;
    for (const QueryParameter& parameter : m_url.parameters())
        if (sync::Cursor cursor; parameter.name == "since" && !since && dialect::readCursor(parameter.value, cursor))
            since = cursor;
        else if (parameter.name == "since" && parameter.value == "now")
            config.hasSnapshot = false;
    if (since)
        config.hasSnapshot = false; // a history is asked for, not a state
    m_replica = std::make_unique<sync::Replica>(config);
    m_phase = Phase::Running;
    if (since)
        m_replica->restore(sync::Store(foldPatches), *since, now, m_step);
    else
        m_replica->start(now, m_step);
    carryOut(now);
}

void Watch::stop(Instant now, bool isPause)
{
    m_discovery.cancel();
    m_discoverAt.reset();
    m_isReadingSecret = m_isRefreshing = false;
    m_secretBy.reset();
    if (m_replica && m_phase == Phase::Running) {
        m_replica->stop(now, m_step);
        carryOut(now);
    }
    m_snapshot.cancel();
    dropLink(now);
    m_phase = isPause ? Phase::Paused : Phase::Closed;
    refreshView(now);
}

void Watch::resync(Instant now)
{
    if (m_phase != Phase::Running)
        return;
    m_replica->resyncNow(now, m_step);
    carryOut(now);
}

void Watch::retry(Instant now)
{
    if (m_phase == Phase::Blocked || m_phase == Phase::DiscoveryWait) {
        m_discoveryTries = 0;
        m_hasToken = m_hasToken && m_earlyFault.code != ErrorCode::Unauthorized;
        return begin(now);
    }
    if (m_phase != Phase::Running)
        return;
    if (m_replica->state() != sync::ReplicaState::Fatal) {
        m_replica->retryNow(now, m_step);
        return carryOut(now);
    }
    if (m_spec.connection.auth == AuthKind::Bearer && m_replica->lastFault().code == ErrorCode::Unauthorized) {
        return askForSecret(true, now);
    }
    m_replica->start(now, m_step);
    carryOut(now);
}

void Watch::tick(Instant now)
{
    m_now = now;
    if (m_discoverAt && now >= *m_discoverAt && m_phase == Phase::DiscoveryWait)
        discover(now);
    if (m_secretBy && now >= *m_secretBy)
        secretRead(Error{ErrorCode::Keychain, "The keychain did not answer within 60 s.", {}}, now);
    m_discovery.tick(now);
    if (m_phase != Phase::Running)
        return;
    if (m_link)
        m_link->tick(now);
    if (m_firstMessageBy && now >= *m_firstMessageBy) {
        m_firstMessageBy.reset();
        fail(faultOf({ErrorCode::Timeout, {}, {}}, where() + " opened, but no heartbeat came within 5 s: something on the way holds the stream back."),
             true, now);
    }
    if (m_link && m_link->excusesSilence())
        m_replica->bytes(m_conn, 0, now);
    m_replica->tick(now, m_step);
    carryOut(now);
}

std::optional<Instant> Watch::nextDeadline() const
{
    std::optional<Instant> out;
    const auto take = [&](const std::optional<Instant>& at) {
        if (at && (!out || *at < *out))
            out = at;
    };
    take(m_secretBy);
    take(m_discoverAt);
    take(m_discovery.nextDeadline());
    if (m_phase == Phase::Running) {
        take(m_firstMessageBy);
        if (m_link)
            take(m_link->nextDeadline());
        take(m_replica->nextDeadline());
        take(staleAt());
    }
    return out;
}

bool Watch::callHead(HttpCall& call, const HttpHead& head, Instant now)
{
    if (&call != &m_snapshot)
        return false;
    m_replica->snapshotProgress(m_snap, 0, now);
    return head.status == 200 && protocol::isExpectedType(protocol::Where::Snapshot, call.header("content-type"));
}

void Watch::callBytes(HttpCall& call, std::string_view bytes, Instant now)
{
    m_replica->snapshotProgress(m_snap, bytes.size(), now);
    if (m_reader->feed(bytes, now))
        return;
    call.cancel();
    snapshotDone({m_reader->error().code, m_reader->error().what, {}}, now);
}

void Watch::callDone(HttpCall& call, const Error& error, Instant now)
{
    if (&call == &m_snapshot)
        snapshotDone(error, now);
    else
        discoveryDone(error, now);
}

} // namespace wg::engine
