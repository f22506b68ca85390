// SPDX-License-Identifier: GPL-3.0-or-later
// StreamServer: serves one EventStream over loopback HTTP: the snapshot, and the watch route in one framing.
// Shape:  a thread accepts, a thread per connection answers. A watch stream gets its head and one heartbeat at once and
//         all events when release() is called; then it stays open until the client leaves.
// Thread: made, released and ended on one thread.
#pragma once

#include "support/event_stream.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace wg::bench {

/// The answer to a watch request in that framing, up to its body.
[[nodiscard]] std::string streamHead(Wire wire, const std::string& request);

class StreamServer {
public:
    StreamServer(Wire wire, const StreamShape& shape);
    ~StreamServer();
    StreamServer(const StreamServer&) = delete;
    StreamServer& operator=(const StreamServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::size_t streamBytes() const { return m_events.size(); }
    /// Streams that stand and wait for release().
    [[nodiscard]] int waiting() const { return m_waiting.load(); }
    void release();
    /// Streams that come after this wait again.
    void hold();
    /// Bytes of the events that the kernel has taken so far.
    [[nodiscard]] std::size_t sent() const { return m_sent.load(); }

private:
    void accept();
    void serve(int socket);
    void stream(int socket, const std::string& request);

    const Wire m_wire;
    const std::string m_snapshot;
    const std::string m_events;
    int m_listener = -1;
    std::uint16_t m_port = 0;
    std::atomic<bool> m_isOver{false};
    std::atomic<int> m_waiting{0};
    std::atomic<std::size_t> m_sent{0};
    std::mutex m_mutex;
    std::condition_variable m_released;
    bool m_isReleased = false;
    std::list<std::thread> m_connections;
    std::list<int> m_sockets;
    std::thread m_acceptor;
};

} // namespace wg::bench
