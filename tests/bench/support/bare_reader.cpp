// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/bare_reader.h"

#include "base/limits.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace wg::bench {

Cost bareRead(StreamServer& server, Wire wire)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(server.port());
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        std::perror("bare reader");
        std::exit(1);
    }
    std::string request = "GET /v1/orders/watch HTTP/1.1\r\nHost: localhost\r\n";
    if (wire == Wire::WebSocket)
        request += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    request += "\r\n";
    std::vector<char> buffer(limits::kReadChunkBytes);
    (void)!::send(socket, request.data(), request.size(), 0);
    while (server.waiting() == 0)
        ::usleep(1000);
    // The head and the first heartbeat are there by now, in one or two pieces.
    const std::string lead = framedHeartbeat(wire, 0);
    std::string opening;
    while (!opening.ends_with(lead)) {
        const ssize_t n = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (n <= 0)
            std::exit(1);
        opening.append(buffer.data(), static_cast<std::size_t>(n));
    }
    const CostMeter meter;
    server.release();
    for (std::size_t got = 0; got < server.streamBytes();) {
        const ssize_t n = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (n <= 0)
            break;
        got += static_cast<std::size_t>(n);
    }
    const Cost cost = meter.soFar();
    ::close(socket);
    server.hold();
    return cost;
}

} // namespace wg::bench
