// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/wire.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace wg::gateway {
namespace {

using Socket = asio::ip::tcp::socket;

asio::ip::address peerOf(const Socket& socket)
{
    ErrorValue error;
    return socket.remote_endpoint(error).address();
}

void setUp(Socket& socket)
{
    ErrorValue ignored; // an option that the system refuses is no reason to refuse the peer
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
}

void closeSocket(Socket& socket)
{
    ErrorValue ignored;
    socket.close(ignored);
}

class PlainWire final : public Wire, public std::enable_shared_from_this<PlainWire> {
public:
    explicit PlainWire(Socket socket) : m_socket(std::move(socket))
    {
        m_peer = peerOf(m_socket);
        setUp(m_socket);
    }
    void handshake(std::function<void(ErrorValue)> done) override
    {
        asio::post(m_socket.get_executor(), [done = std::move(done)] { done({}); });
    }
    void read(asio::mutable_buffer into, Done done) override
    {
        m_socket.async_read_some(into, [self = shared_from_this(), done = std::move(done)](ErrorValue e, std::size_t n) { done(e, n); });
    }
    void write(asio::const_buffer bytes, Done done) override
    {
        asio::async_write(m_socket, bytes, [self = shared_from_this(), done = std::move(done)](ErrorValue e, std::size_t n) { done(e, n); });
    }
    void finish() override
    {
        ErrorValue ignored;
        m_socket.shutdown(Socket::shutdown_send, ignored);
    }
    void close() override { closeSocket(m_socket); }
    asio::any_io_executor executor() override { return m_socket.get_executor(); }

private:
    Socket m_socket;
};

class TlsWire final : public Wire, public std::enable_shared_from_this<TlsWire> {
public:
    TlsWire(Socket socket, asio::ssl::context& context) : m_stream(std::move(socket), context)
    {
        m_peer = peerOf(m_stream.next_layer());
        setUp(m_stream.next_layer());
    }
    void handshake(std::function<void(ErrorValue)> done) override
    {
        m_stream.async_handshake(asio::ssl::stream_base::server,
                                 [self = shared_from_this(), done = std::move(done)](ErrorValue e) { done(e); });
    }
    void read(asio::mutable_buffer into, Done done) override
    {
        m_stream.async_read_some(into, [self = shared_from_this(), done = std::move(done)](ErrorValue e, std::size_t n) { done(e, n); });
    }
    void write(asio::const_buffer bytes, Done done) override
    {
        asio::async_write(m_stream, bytes, [self = shared_from_this(), done = std::move(done)](ErrorValue e, std::size_t n) { done(e, n); });
    }
    void finish() override
    {
        // close_notify goes out; the peer's own is not waited for, the connection is closed with it.
        m_stream.async_shutdown([self = shared_from_this()](ErrorValue) { self->close(); });
    }
    void close() override { closeSocket(m_stream.next_layer()); }
    asio::any_io_executor executor() override { return m_stream.get_executor(); }

private:
    asio::ssl::stream<Socket> m_stream;
};

} // namespace

std::shared_ptr<Wire> makePlainWire(Socket socket)
{
    return std::make_shared<PlainWire>(std::move(socket));
}

std::shared_ptr<Wire> makeTlsWire(Socket socket, asio::ssl::context& context)
{
    return std::make_shared<TlsWire>(std::move(socket), context);
}

} // namespace wg::gateway
