// SPDX-License-Identifier: GPL-3.0-or-later
// Watch: one route, from its first request to its end: credential, discovery, transport, session, dialect, replica.
// Shape:  what the replica asks for is carried out here, and what the links bring is handed to it. The replica is the
//         one owner of retries, deadlines and state; the watch only retries what comes before it (discovery).
//           watch.cpp         commands, credential, discovery        watch_input.cpp   what links and dialect bring
//           watch_effects.cpp what the replica asks for; fallback    watch_view.cpp    how it stands, in words
// Errors: each failure becomes a sentence: what, where, since when, what next. Thread: the engine's.
#pragma once

#include "engine/fault_of.h"
#include "engine/http_call.h"
#include "engine/link.h"
#include "engine/state_report.h"

#include <deque>
#include <memory>

namespace wg::engine {

class SharedSockets;

class Watch final : private LinkSink, private dialect::DecodeSink, private HttpCallSink {
public:
    Watch(WatchHost& host, SharedSockets& sockets, WatchSpec spec);
    ~Watch() override;

    // --- commands
    void start(Instant now);
    /// By a person: Paused; else Closed.
    void stop(Instant now, bool isPause);
    void resync(Instant now);
    void retry(Instant now);
    void secretRead(Result<Secret> secret, Instant now);

    void tick(Instant now);
    [[nodiscard]] std::optional<Instant> nextDeadline() const;

    // --- what is so
    [[nodiscard]] const WatchSpec& spec() const noexcept { return m_spec; }
    void setEnabled(bool isEnabled) { m_spec.connection.isEnabled = m_spec.route.isEnabled = isEnabled; }
    void rename(const WatchSpec& spec); ///< takes what does not change what it runs on
    [[nodiscard]] const sync::Replica* replica() const noexcept { return m_replica.get(); }
    [[nodiscard]] WatchCondition condition(Instant now) const;
    [[nodiscard]] StateReport report(Instant now) const;
    void fillRow(WatchRow& row, Instant now) const;
    [[nodiscard]] ViewState viewState() const noexcept { return m_view; }
    /// Of the last own ping on the connection; nothing where none is sent.
    [[nodiscard]] std::optional<Duration> roundTrip() const { return m_link ? m_link->roundTrip() : std::nullopt; }
    [[nodiscard]] std::string_view dialectName() const noexcept;

private:
    enum class Phase : std::uint8_t { Idle, Credential, Discovery, DiscoveryWait, Running, Blocked, Paused, Closed };
    /// A message that waits for the replica's verdict, owned.
    struct Waiting {
        std::uint64_t ticket = 0;
        sync::EventView event;
        std::string type, key, epoch, payload, raw;
        std::int64_t receivedNs = 0;
    };

    // --- watch.cpp
    void begin(Instant now);
    void askForSecret(bool isRefresh, Instant now);
    void discover(Instant now);
    void discoveryDone(const Error& error, Instant now);
    void discoveryFailed(const sync::Fault& fault, Instant now);
    void run(std::string_view dialectName, Instant now);
    void block(const Error& error, Instant now);
    void reset();
    [[nodiscard]] dialect::Subscription subscription() const;
    [[nodiscard]] sync::ReplicaConfig replicaConfig() const;
    bool callHead(HttpCall& call, const HttpHead& head, Instant now) override;
    void callBytes(HttpCall& call, std::string_view bytes, Instant now) override;
    void callDone(HttpCall& call, const Error& error, Instant now) override;

    // --- watch_effects.cpp
    void carryOut(Instant now);
    void carry(const sync::Connect& effect, Instant now);
    void carry(const sync::CloseConnection& effect, Instant now);
    void carry(const sync::FetchSnapshot& effect, Instant now);
    void carry(const sync::AbortSnapshot& effect, Instant now);
    void carry(const sync::RefreshAuth& effect, Instant now);
    void carry(const sync::RaiseMarker& effect, Instant now);
    void carry(const sync::StoreReplaced& effect, Instant now);
    void carry(const sync::BufferedSettled& effect, Instant now);
    void carry(const sync::StateChanged& effect, Instant now);
    void openLink(Instant now);
    void openLinkTo(const Departure& departure, Instant now);
    void dropLink(Instant now);
    void fail(sync::Fault fault, bool isTransportReason, Instant now);
    [[nodiscard]] Departure departure(const dialect::Request& request) const;
    [[nodiscard]] Departure dressed(Departure departure, bool isSameOrigin) const;
    void snapshotDone(const Error& error, Instant now);
    void redirect(protocol::Where where, const protocol::ResponseHead& head, Instant now);

    // --- watch_input.cpp
    void linkOpened(const protocol::ResponseHead& head, Instant now) override;
    void linkBytes(std::size_t count, Instant now) override;
    void linkMessage(const dialect::Received& message, Instant now) override;
    void linkRetryHint(double ms) override;
    void linkRefused(protocol::Where where, const protocol::ResponseHead& head, std::string_view body, const Error& error,
                     Instant now) override;
    void linkEnded(const protocol::StreamEnd& end, Instant now) override;
    Departure nextRequest(bool hold) override;
    bool linkAnswered(const HttpHead& head, std::string_view body, Instant now) override;
    void linkPolled(dialect::Snapshot snapshot, Instant now) override;
    void linkUnchanged(Instant now) override;
    void keyRead(std::string_view key) override;
    void event(std::string_view sid, const sync::EventView& event) override;
    void subscribed(std::string_view sid, std::string_view epoch, const sync::Version& version) override;
    void unsubscribed(std::string_view sid) override;
    void problem(std::string_view sid, const dialect::Problem& problem) override;
    void unreadable(std::string_view sid, std::string_view why, std::string_view raw) override;
    [[nodiscard]] bool followContentType(std::string_view contentType, const std::string& why, Instant now);
    void markOpen(const sync::OpenInfo& info, Instant now);
    sync::Verdict take(const sync::EventView& event, Instant now);
    [[nodiscard]] bool isShown(const sync::EventView& event, sync::Verdict verdict) const;
    void takeBookmark(std::string_view epoch, const sync::Version& prev, const sync::Version& version, Instant now);
    void keepWaiting(std::uint64_t ticket, const sync::EventView& event);
    void confirm(Instant now);
    [[nodiscard]] std::string where() const; ///< "http://… over sse"

    // --- watch_view.cpp
    void refreshView(Instant now);
    void setView(ViewState view, std::string why, Instant now);
    [[nodiscard]] ViewState replicaView(Instant now) const;
    [[nodiscard]] std::string nextStep(Instant now) const;
    [[nodiscard]] std::string nextByCode() const;
    [[nodiscard]] std::string freshness(Instant now) const;
    [[nodiscard]] std::optional<Instant> staleAt() const;
    [[nodiscard]] const sync::Fault& lastFault() const;

    WatchHost& m_host;
    SharedSockets& m_sockets;
    WatchSpec m_spec;
    Url m_url;
    Phase m_phase = Phase::Idle;
    Instant m_startedAt;

    // credential
    Secret m_token;
    bool m_hasToken = false;
    bool m_isReadingSecret = false;
    bool m_isRefreshing = false;
    std::optional<Instant> m_secretBy; ///< while no replica watches over the wait
    std::string m_secretWhy; ///< why the last credential could not be had

    // discovery
    HttpCall m_discovery;
    bool m_discoveryRefreshed = false;
    unsigned m_discoveryTries = 0;
    std::optional<Instant> m_discoverAt;
    std::vector<std::string> m_offered; ///< transports that the discovery document names
    sync::Fault m_earlyFault;           ///< why it does not run yet
    std::string m_earlyNext;            ///< what to do about it

    // running
    std::unique_ptr<dialect::Dialect> m_dialect;
    std::unique_ptr<sync::Replica> m_replica;
    sync::Step m_step;
    std::deque<sync::Effect> m_effects;
    bool m_isCarrying = false;
    std::deque<Waiting> m_waiting;

    // connection
    std::unique_ptr<Link> m_link;
    std::uint32_t m_conn = 0;
    std::optional<sync::Cursor> m_from;
    std::vector<dialect::Carrier> m_carriers;
    std::size_t m_carrierAt = 0;
    std::size_t m_carriersTried = 0;
    unsigned m_lostHandshakes = 0; ///< in a row, of this carrier
    bool m_wasOpen = false;        ///< this carrier has worked
    std::string m_fellBackWhy;
    bool m_isHandshaken = false;   ///< head or upgrade is there
    bool m_isOpen = false;         ///< the first message proved it
    bool m_mayOfferProtocols = true;
    std::optional<Instant> m_firstMessageBy;
    std::optional<sync::OpenInfo> m_acknowledged;
    std::optional<double> m_retryHintMs;
    std::size_t m_redirects = 0;
    bool m_hasCrossedOrigin = false;
    Url m_target;                  ///< where the link goes
    std::string m_etag, m_lastModified;
    std::uint32_t m_feedConn = 0;       ///< whose messages are being read: replies to them may open the next one
    sync::Version m_answerLast;         ///< newest version in the long-poll answer being read
    std::int64_t m_receivedNs = 0;      ///< wall clock of the bytes being read

    // snapshot
    HttpCall m_snapshot;
    std::uint32_t m_snap = 0;
    std::unique_ptr<dialect::SnapshotReader> m_reader;

    // view
    ViewState m_view = ViewState::Closed;
    WallMs m_viewSinceWall = 0;
    std::string m_why;
    std::deque<MachineNode> m_strip;
    Instant m_liveSince, m_lastEventAt, m_confirmedAt, m_lastByteAt;
    WallMs m_lastEventWall = 0, m_connectedWall = 0;
    bool m_hasConnected = false;
    bool m_hasVersions = false; ///< some message carried a version
    bool m_hasKeepAlive = false; ///< bytes came without a message
    Instant m_now; ///< of the call from the link that is being answered
};

} // namespace wg::engine
