// SPDX-License-Identifier: GPL-3.0-or-later
// ModelServer: a watch.v1 server on the rig's fake ports, written from the protocol text. Its faults are hooks.
#pragma once

#include "rig.h"

namespace wg::test {

struct ModelEvent {
    std::uint64_t version = 0;
    std::string body; ///< the fields but prev and epoch: `"event":"order_updated",…`
};

class ModelServer : public Peer {
public:
    struct Stream {
        std::string transport; ///< ws sse ndjson; empty until the request is whole
        std::string inbox, path, query, head;
        std::map<std::string, std::string> headers; ///< lower case
        std::uint64_t prev = 0;
        Instant nextBeat;
        bool isStreaming = false;
        std::map<std::string, std::uint64_t> subscriptions; ///< /v1/stream: sid -> prev
        unsigned number = 0;
        std::uint64_t sent = 0;
    };

    ModelServer();

    // --- the truth
    std::string epoch = "e1";
    std::uint64_t version = 5;
    std::uint64_t floor = 0; ///< cursors below are too old
    std::map<std::string, std::pair<std::uint64_t, std::string>> items;
    std::vector<ModelEvent> log;
    void put(const std::string& key, const std::string& object, const std::string& event = "order_created");
    void patch(const std::string& key, const std::string& changes, const std::string& result);
    void erase(const std::string& key);
    void note(const std::string& key);
    /// Sends what is new on every stream.
    void flush(Rig& rig);
    [[nodiscard]] std::map<std::string, std::string> truth() const;

    // --- faults
    std::string token; ///< empty: none needed
    double heartbeatS = 15;
    /// A whole raw answer instead of the right one; empty: go on.
    std::function<std::string(const Stream&)> refuse;
    std::function<bool(Rig&, engine::RequestId, const engine::HttpRequest&)> intercept;
    std::function<void(Rig&, engine::StreamId, Stream&)> afterHead; ///< before the opening heartbeat
    /// What is sent for one event (a JSON text); empty vector: nothing.
    std::function<std::vector<std::string>(Stream&, const std::string&, std::uint64_t version)> deliver;
    std::function<bool(Stream&)> beats; ///< false: no heartbeat now
    bool acceptsConnections = true;

    std::map<engine::StreamId, Stream> streams;
    std::vector<std::string> heads; ///< of every stream request
    unsigned watches = 0;           ///< streams let in

    // --- Peer
    void streamOpen(Rig& rig, engine::StreamId id, const engine::StreamTarget& target) override;
    void streamBytes(Rig& rig, engine::StreamId id, const std::string& bytes) override;
    void streamClosed(Rig& rig, engine::StreamId id) override;
    void request(Rig& rig, engine::RequestId id, const engine::HttpRequest& request) override;
    void tick(Rig& rig) override;
    std::optional<Instant> nextDeadline() override;

    void message(Rig& rig, engine::StreamId id, const std::string& json, const std::string& type = "");
    void closeFrame(Rig& rig, engine::StreamId id, unsigned code);
    /// The answer to an upgrade; protocol may be empty.
    static std::string upgrade(const std::string& key, const std::string& protocol);
    static std::string frame(unsigned opcode, const std::string& payload);
    static std::string problem(int status, const std::string& code, const std::string& more = "");

private:
    struct Held { engine::RequestId id = 0; std::uint64_t since = 0; Instant until; };
    void begin(Rig& rig, engine::StreamId id, Stream& stream);
    void frames(Rig& rig, engine::StreamId id, Stream& stream);
    void operation(Rig& rig, engine::StreamId id, Stream& stream, const std::string& text);
    void heartbeat(Rig& rig, engine::StreamId id, Stream& stream);
    void feed(Rig& rig, engine::StreamId id, Stream& stream);
    bool answerHeld(Rig& rig, const Held& held, bool isOver);
    [[nodiscard]] std::optional<std::uint64_t> cursor(const std::string& text) const;
    [[nodiscard]] std::string snapshot() const;

    std::vector<Held> m_held;
    double m_now = 0;
};

std::string parameter(const std::string& query, const std::string& name);

} // namespace wg::test
