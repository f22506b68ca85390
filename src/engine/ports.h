// SPDX-License-Identifier: GPL-3.0-or-later
// The ports: what the engine asks of the outside (io implements them) and what comes back.
// Shape:  streams are raw byte streams (TCP or TLS); HTTP/1.1 framing, SSE, NDJSON and WebSocket frames are ours,
//         sans-IO, above this port. Snapshots, discovery and long polls are whole HTTP requests.
// Thread: all calls, both ways, on the engine's thread. A port never calls its sink from inside one of its own methods.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "base/url.h"
#include "engine/watch_spec.h"
#include "series/process_figures.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::engine {

using StreamId = std::uint64_t;  ///< unique in one engine, never reused
using RequestId = std::uint64_t; ///< the same for HTTP requests

struct StreamTarget {
    std::string host;
    std::uint16_t port = 0;
    bool isSecure = false;
    TlsSpec tls;
    std::string proxy;
};

struct ConnectTimings { double dnsMs = 0, tcpMs = 0, tlsMs = 0; };
struct StreamOpened { std::string peer; std::string tlsVersion; std::string tlsCipher; ConnectTimings timings; };

class StreamSink {
public:
    virtual ~StreamSink() = default;
    virtual void streamOpened(StreamId id, const StreamOpened& info) = 0;
    /// bytes has at least 64 readable bytes after its end (simdjson padding); content there is unspecified.
    virtual void streamBytes(StreamId id, std::string_view bytes) = 0;
    /// The end, once: error.code None for a clean end of data.
    virtual void streamClosed(StreamId id, const Error& error) = 0;
};

class StreamPort {
public:
    virtual ~StreamPort() = default;
    virtual void open(StreamId id, const StreamTarget& target) = 0;
    virtual void write(StreamId id, std::string_view bytes) = 0;
    /// Drops the connection; no sink call for this id follows.
    virtual void close(StreamId id) = 0;
};

struct HttpRequest {
    std::string method = "GET";
    Url url;
    std::vector<Header> headers; ///< Authorization is among them; it never crosses an origin on a redirect
    std::string body;
    TlsSpec tls;
    std::string proxy;
};
struct HttpHead { int status = 0; std::vector<Header> headers; Url finalUrl; };

class HttpSink {
public:
    virtual ~HttpSink() = default;
    virtual void httpHead(RequestId id, const HttpHead& head) = 0;
    virtual void httpBytes(RequestId id, std::string_view bytes) = 0;
    /// The end, once: error.code None for a whole answer, whatever its status.
    virtual void httpDone(RequestId id, const Error& error) = 0;
};

class HttpPort {
public:
    virtual ~HttpPort() = default;
    virtual void request(RequestId id, const HttpRequest& request) = 0;
    virtual void abort(RequestId id) = 0; ///< no sink call for this id follows
};

/// Credentials by name. The answer comes later, on the engine's thread; an empty secret with an Error says why not.
class VaultPort {
public:
    virtual ~VaultPort() = default;
    using Answer = std::function<void(Result<Secret>)>;
    /// isRefresh: the last one was refused; look again at its source (file, keychain), never at a cache.
    virtual void read(const std::string& name, bool isRefresh, Answer answer) = 0;
};

class ClockPort {
public:
    virtual ~ClockPort() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual WallMs wallNow() const = 0;
};

/// What this program itself takes, for its own charts; asked once a second.
class ProcessPort {
public:
    virtual ~ProcessPort() = default;
    /// Nothing where the system does not tell.
    [[nodiscard]] virtual std::optional<series::ProcessFigures> figures() const = 0;
};

struct Ports {
    StreamPort* streams = nullptr;
    HttpPort* http = nullptr;
    VaultPort* vault = nullptr;
    const ClockPort* clock = nullptr;
    const ProcessPort* process = nullptr; ///< may be absent: the charts of this process stay empty
};

} // namespace wg::engine
