// SPDX-License-Identifier: GPL-3.0-or-later
// WatchSpec: everything that says what to watch and how. Values only; secrets are named, never carried.
// A connection groups routes; one enabled route is one watch. Persisted by io, edited by ui, run by engine.
#pragma once

#include "base/secret.h"
#include "sync/replica.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wg::engine {

using WatchId = std::uint32_t;

enum class Transport : std::uint8_t { WebSocket, Sse, Ndjson, LongPoll, Poll };
[[nodiscard]] std::string_view toString(Transport) noexcept;            ///< ws sse ndjson longpoll poll
[[nodiscard]] std::optional<Transport> transportFromText(std::string_view) noexcept;

enum class AuthKind : std::uint8_t { None, Bearer };

struct Header {
    std::string name;
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

struct TlsSpec {
    std::string caFile, certFile, keyFile, pinSha256;
    bool isInsecure = false; ///< no certificate check, this route, this session
    friend bool operator==(const TlsSpec&, const TlsSpec&) = default;
};

struct ConnectionSpec {
    std::string id;         ///< stable, made once
    std::string name;       ///< what a person reads: orders-eu
    std::string group;      ///< heading in the tree: Orders
    std::string url;        ///< https://host[:port], or a whole watch route
    AuthKind auth = AuthKind::None;
    std::string secretName; ///< keychain entry that holds the token
    std::vector<Header> headers;
    TlsSpec tls;
    std::string proxy;
    bool isEnabled = true;
};

struct RouteSpec {
    std::string id;
    std::string connectionId;
    std::string path;                  ///< /v1/orders, with query if any; empty = the connection's own URL
    std::string dialect = "auto";      ///< auto, watch.v1, generic-ws, generic-sse, …
    std::vector<Transport> transports; ///< in order of preference; empty = auto order
    std::vector<std::string> ids;
    std::string serverFilter;
    double heartbeatS = 15;
    double pollIntervalS = 5;
    sync::OnGap onGap = sync::OnGap::Snapshot;
    bool isEnabled = true;
};

/// One route ready to run. token is asked for by name through VaultPort unless tokenIsGiven.
struct WatchSpec {
    WatchId id = 0; ///< never 0 once added
    ConnectionSpec connection;
    RouteSpec route;
    std::string resource; ///< on /v1/stream: what to subscribe
    std::optional<sync::Cursor> since;

    [[nodiscard]] std::string url() const; ///< connection.url joined with route.path
};

/// True if a watch on a may go on unchanged under b: they differ at most in names, grouping and being enabled.
[[nodiscard]] bool runsAlike(const WatchSpec& a, const WatchSpec& b);

} // namespace wg::engine
