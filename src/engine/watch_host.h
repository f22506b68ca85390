// SPDX-License-Identifier: GPL-3.0-or-later
// WatchHost: what a watch asks of the engine that owns it: the ports by number, time, randomness, and somebody to tell.
// Thread: the engine's. Nothing here calls back into the watch before it returns.
#pragma once

#include "base/prng.h"
#include "engine/ports.h"
#include "sync/replica.h"

#include <memory>

namespace wg::engine {

class Watch;

/// Who gets what comes in on a stream. Not called after closeStream().
class StreamOwner {
public:
    virtual ~StreamOwner() = default;
    virtual void streamOpened(const StreamOpened& info, Instant now) = 0;
    virtual void streamBytes(std::string_view bytes, Instant now) = 0;
    virtual void streamClosed(const Error& error, Instant now) = 0;
};

/// Who gets the answer of a request. Not called after abortRequest().
class HttpOwner {
public:
    virtual ~HttpOwner() = default;
    virtual void httpHead(const HttpHead& head, Instant now) = 0;
    virtual void httpBytes(std::string_view bytes, Instant now) = 0;
    virtual void httpDone(const Error& error, Instant now) = 0;
};

/// Something that must outlive the call that ends it (a session inside its own feed()).
class Mortal {
public:
    virtual ~Mortal() = default;
};

/// One message and what became of it, as the log, the series and an observer want it.
struct Outcome {
    const sync::EventView* event = nullptr;
    sync::Verdict verdict = sync::Verdict::Applied;
    bool isShown = false;
    std::int64_t receivedNs = 0; ///< wall clock, Unix nanoseconds
    std::int64_t delta = 0;      ///< its version minus the one before it; 0 = not known
};

class WatchHost {
public:
    virtual ~WatchHost() = default;
    // --- ports
    virtual StreamId openStream(const StreamTarget& target, StreamOwner& owner) = 0;
    virtual void writeStream(StreamId id, std::string_view bytes) = 0;
    virtual void closeStream(StreamId id) = 0;
    virtual RequestId request(const HttpRequest& request, HttpOwner& owner) = 0;
    virtual void abortRequest(RequestId id) = 0;
    /// The answer does not come if the watch is gone by then.
    virtual void readSecret(Watch& watch, const std::string& name, bool isRefresh) = 0;
    // --- time and chance
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual WallMs wallNow() const = 0;
    [[nodiscard]] virtual Prng& random() = 0;
    /// Ends it after the call from the port that is being answered.
    virtual void bury(std::unique_ptr<Mortal> mortal) = 0;
    // --- news
    /// event is about to be judged; watchReceived() of the same one follows, or not (if it has to wait for its verdict).
    virtual void watchReceiving(Watch& watch, const sync::EventView& event, std::int64_t receivedNs) = 0;
    virtual void watchReceived(Watch& watch, const Outcome& outcome) = 0;
    virtual void watchMarked(Watch& watch, const sync::Marker& marker) = 0;
    virtual void watchReplaced(Watch& watch, const sync::StoreReplaced& replaced) = 0;
    virtual void watchChanged(Watch& watch) = 0;
    enum class Happening : std::uint8_t { Connected, Reconnected, HandshakeOk, HandshakeFailed, DroppedUnexpected, DroppedExpected, OtherError };
    virtual void watchHappened(Watch& watch, Happening what) = 0;
};

} // namespace wg::engine
