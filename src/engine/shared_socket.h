// SPDX-License-Identifier: GPL-3.0-or-later
// SharedSockets: one WebSocket for many subscriptions (/v1/stream). Each watch gets a Link of its own onto it.
// Shape:  a socket is opened with its first link and closed with its last; links with the same address and the same
//         credentials share it. A message goes to the link whose sid it names, one without a sid to all of them.
// Limits: as StreamLink. Thread: the engine's. Source: PROTOCOL 4 of this project.
#pragma once

#include "engine/link.h"

#include <map>
#include <memory>
#include <string>

namespace wg::engine {

class SharedSockets {
public:
    explicit SharedSockets(WatchHost& host);
    ~SharedSockets();

    /// The link subscribes by itself once the socket is open.
    [[nodiscard]] std::unique_ptr<Link> makeLink(const Departure& departure, LinkSink& sink, const std::string& sid,
                                                 std::string subscribe, std::string unsubscribe);
    void tick(Instant now);
    [[nodiscard]] std::optional<Instant> nextDeadline() const;

private:
    class Socket;
    class Member;
    std::shared_ptr<Socket> socketFor(const Departure& departure);

    WatchHost& m_host;
    std::map<std::string, std::weak_ptr<Socket>> m_sockets;
};

} // namespace wg::engine
