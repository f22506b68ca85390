// SPDX-License-Identifier: GPL-3.0-or-later
// Wire: one accepted connection, plain or TLS, behind one face. At most one read and one write at a time.
// Thread: the io_context's one thread; callbacks come from it, never from inside the call.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <functional>
#include <memory>
#include <string>

namespace wg::gateway {

namespace asio = boost::asio;
using ErrorValue = boost::system::error_code;

class Wire {
public:
    using Done = std::function<void(ErrorValue, std::size_t)>;
    virtual ~Wire() = default;

    virtual void handshake(std::function<void(ErrorValue)> done) = 0;
    virtual void read(asio::mutable_buffer into, Done done) = 0;
    /// Writes all of it; the bytes must stay until done is called.
    virtual void write(asio::const_buffer bytes, Done done) = 0;
    /// Says that nothing more will be written; what the peer still sends may be read.
    virtual void finish() = 0;
    /// Breaks the connection; callbacks under way come with an error.
    virtual void close() = 0;
    [[nodiscard]] virtual asio::any_io_executor executor() = 0;
    [[nodiscard]] const asio::ip::address& peer() const noexcept { return m_peer; }

protected:
    asio::ip::address m_peer;
};

[[nodiscard]] std::shared_ptr<Wire> makePlainWire(asio::ip::tcp::socket socket);
[[nodiscard]] std::shared_ptr<Wire> makeTlsWire(asio::ip::tcp::socket socket, asio::ssl::context& context);

} // namespace wg::gateway
