// SPDX-License-Identifier: GPL-3.0-or-later
// Dialect: how one API spells key, version, snapshot and delta. It builds requests and reads messages, nothing else.
// Shape:  a Dialect belongs to one watch. Requests are values; decode() calls the sink once per thing found in a message.
// Limits: limits::kJsonDepth, limits::kEventBytes (the session's). Views given to the sink live until decode() returns.
// Errors: a message that cannot be read is sink.unreadable(why), never skipped. Nothing throws.
// Cost:   decode() of an event allocates nothing once its scratch has grown. Thread: its watch's.
// Source: PROTOCOL 2 to 4 of this project; SYNC B1 (what an API must be described by).
#pragma once

#include "base/url.h"
#include "sync/event.h"
#include "sync/replica.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::dialect {

/// What carries the messages; the order is that of engine::Transport.
enum class Carrier : std::uint8_t { WebSocket, Sse, Ndjson, LongPoll, Poll };

struct Field { std::string name; std::string value; };

/// What a person asked for, before a dialect makes requests of it.
struct Subscription {
    Url url;                      ///< as written; its query is kept
    std::string resource;         ///< named apart where the URL does not (…/v1/stream)
    std::vector<std::string> ids;
    std::string filter;           ///< server-side
    double heartbeatS = 15;
};

struct Request {
    Url url;
    std::vector<Field> headers;
    std::vector<std::string> subprotocols; ///< WebSocket, in order of preference
};

/// What a replica must know of the source (sync::ReplicaConfig).
struct Traits {
    sync::Order order = sync::Order::Opaque;
    bool hasSnapshot = false;
    bool replay = false;
    bool resumeIsTrusted = true;
    bool opensWithHeartbeat = false; ///< the first message tells where the stream starts
    double heartbeatS = 0;           ///< promised interval; 0 = none is promised
    double holdS = 30;               ///< how long a long poll is held
};

/// One message as the transport gave it.
struct Received {
    std::string_view text; ///< 64 readable bytes follow
    std::string_view eventType;
    std::string_view lastEventId;
    bool isBinary = false;
    bool hasValidUtf8 = true;
};

/// An error that the source tells in the stream.
struct Problem {
    std::string_view code;
    std::string_view detail;
    std::optional<double> retryAfterS;
};

class DecodeSink {
public:
    virtual ~DecodeSink() = default;
    /// A hint: the message being read is about this key. Comes as soon as the key is read, and is no promise of an event.
    virtual void keyRead(std::string_view) {}
    /// sid: which subscription of a shared socket; empty or "0" where there is only one.
    virtual void event(std::string_view sid, const sync::EventView& event) = 0;
    /// The source says where a subscription starts.
    virtual void subscribed(std::string_view sid, std::string_view epoch, const sync::Version& version) = 0;
    virtual void unsubscribed(std::string_view sid) = 0;
    virtual void problem(std::string_view sid, const Problem& problem) = 0;
    virtual void unreadable(std::string_view sid, std::string_view why, std::string_view raw) = 0;
};

/// What a long-poll answer says of itself, before its events are given out.
struct PollAnswer {
    std::string_view epoch;
    sync::Version prev;    ///< the cursor it starts from
    sync::Version version; ///< the next cursor
    std::size_t events = 0;
};

class Dialect {
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual std::string_view name(Carrier carrier) const noexcept = 0;
    [[nodiscard]] virtual std::string_view resource() const noexcept = 0; ///< empty where the source has no such name
    [[nodiscard]] virtual Traits traits(Carrier carrier) const noexcept = 0;
    /// The carriers this dialect knows, in the usual order of preference.
    [[nodiscard]] virtual std::vector<Carrier> carriers() const = 0;

    [[nodiscard]] virtual Request stream(Carrier carrier, const std::optional<sync::Cursor>& from) const = 0;
    [[nodiscard]] virtual Request snapshot(bool bustCaches) const = 0;
    /// The handshake's choice, and a new connection: forgets what belonged to the last one.
    virtual void connected(Carrier carrier, std::string_view subprotocol) = 0;

    virtual void decode(Carrier carrier, const Received& message, DecodeSink& sink) = 0;
    /// Reads the whole answer of a long poll and checks all of it before anything is given out; then gatherEvents().
    /// False: it cannot be read, why says why.
    virtual bool readAnswer(std::string_view body, PollAnswer& out, std::string& why) = 0;
    virtual void giveEvents(DecodeSink& sink) = 0;

    /// A filter or a choice of ids: the head may move without an event for us.
    [[nodiscard]] virtual bool skipsVersions() const noexcept { return false; }

    // --- many subscriptions over one socket (watch.v1 only)
    [[nodiscard]] virtual bool sharesSocket() const noexcept { return false; }
    [[nodiscard]] virtual std::string subscribeMessage(std::string_view, const std::optional<sync::Cursor>&) const { return {}; }
    [[nodiscard]] virtual std::string unsubscribeMessage(std::string_view) const { return {}; }
};

/// Whether the server keeps a version history behind this address, by name; nothing for a name that is not known.
/// generic-* names give the generic dialect fixed to one carrier; "generic" lets the content type choose.
[[nodiscard]] Result<std::unique_ptr<Dialect>> makeDialect(std::string_view name, const Subscription& subscription);
[[nodiscard]] std::vector<std::string_view> dialectNames();

/// Where discovery is asked for this address (…/v1), if its path has such a base.
[[nodiscard]] std::optional<Url> discoveryUrl(const Url& url);
/// True if body is the discovery document of watch.v1. transports: what it names for resource, empty if it does not.
[[nodiscard]] bool isDiscoveryDocument(std::string_view paddedBody, std::string_view resource, std::vector<std::string>& transports);

} // namespace wg::dialect
