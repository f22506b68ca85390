// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/stream_server.h"

#include <netinet/in.h>
#include <openssl/evp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>

namespace wg::bench {
namespace {

constexpr std::string_view kWebSocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 1.3

std::string acceptKey(std::string_view key)
{
    const std::string text = std::string(key) + std::string(kWebSocketGuid);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha1(), nullptr);
    unsigned char base64[64];
    const int length = EVP_EncodeBlock(base64, digest, static_cast<int>(size));
    return {reinterpret_cast<const char*>(base64), static_cast<std::size_t>(length)};
}

/// Value of a header field, or empty.
std::string header(const std::string& request, std::string_view name)
{
    std::string lower(request);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::size_t at = lower.find("\r\n" + std::string(name) + ":");
    if (at == std::string::npos)
        return {};
    const std::size_t begin = request.find_first_not_of(' ', at + name.size() + 3);
    return request.substr(begin, request.find("\r\n", begin) - begin);
}

/// Returns how much went out before the peer left.
std::size_t sendAll(int socket, std::string_view bytes, std::atomic<std::size_t>* counter = nullptr)
{
    constexpr std::size_t kPiece = 256 * 1024;
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t n = ::send(socket, bytes.data() + sent, std::min(kPiece, bytes.size() - sent), MSG_NOSIGNAL);
        if (n <= 0)
            return sent;
        sent += static_cast<std::size_t>(n);
        if (counter)
            counter->store(sent);
    }
    return sent;
}

std::string readRequest(int socket)
{
    std::string request;
    char piece[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t n = ::recv(socket, piece, sizeof piece, 0);
        if (n <= 0)
            return {};
        request.append(piece, static_cast<std::size_t>(n));
    }
    return request;
}

std::string wholeAnswer(const char* status, const char* type, std::string_view body)
{
    return std::string("HTTP/1.1 ") + status + "\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

} // namespace

std::string streamHead(Wire wire, const std::string& request)
{
    if (wire == Wire::WebSocket)
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Protocol: watch.v1\r\nSec-WebSocket-Accept: " +
               acceptKey(header(request, "sec-websocket-key")) + "\r\n\r\n";
    return std::string("HTTP/1.1 200 OK\r\nContent-Type: ") +
           (wire == Wire::Sse ? "text/event-stream" : "application/x-ndjson") +
           "\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
}

StreamServer::StreamServer(Wire wire, const StreamShape& shape)
    : m_wire(wire), m_snapshot(snapshotJson(shape)), m_events(framedEvents(wire, shape))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (m_listener < 0 || ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(m_listener, 16) != 0 || ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        std::perror("bench server");
        std::exit(1);
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { accept(); });
}

StreamServer::~StreamServer()
{
    m_isOver = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    {
        const std::scoped_lock lock(m_mutex);
        for (const int socket : m_sockets)
            ::shutdown(socket, SHUT_RDWR);
        m_isReleased = true;
    }
    m_released.notify_all();
    for (std::thread& connection : m_connections)
        connection.join();
    for (const int socket : m_sockets)
        ::close(socket);
    ::close(m_listener);
}

void StreamServer::release()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isReleased = true;
    }
    m_released.notify_all();
}

void StreamServer::hold()
{
    const std::scoped_lock lock(m_mutex);
    m_isReleased = false;
}

void StreamServer::accept()
{
    while (!m_isOver) {
        const int socket = ::accept(m_listener, nullptr, nullptr);
        if (socket < 0)
            continue;
        const std::scoped_lock lock(m_mutex);
        m_sockets.push_back(socket);
        m_connections.emplace_back([this, socket] { serve(socket); });
    }
}

void StreamServer::serve(int socket)
{
    for (;;) {
        const std::string request = readRequest(socket);
        if (request.empty())
            return;
        const std::string target = request.substr(4, request.find_first_of(" ?", 4) - 4);
        if (target.ends_with("/watch")) {
            stream(socket, request);
            return;
        }
        if (target == "/v1/orders")
            sendAll(socket, wholeAnswer("200 OK", "application/json", m_snapshot));
        else
            sendAll(socket, wholeAnswer("404 Not Found", "application/problem+json", R"({"code":"not_found"})"));
    }
}

void StreamServer::stream(int socket, const std::string& request)
{
    sendAll(socket, streamHead(m_wire, request) + framedHeartbeat(m_wire, 0));
    {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_released.wait(lock, [this] { return m_isReleased; });
        --m_waiting;
    }
    sendAll(socket, m_events, &m_sent);
    char rest[4096];
    while (::recv(socket, rest, sizeof rest, 0) > 0) {
    }
}

} // namespace wg::bench
