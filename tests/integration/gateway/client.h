// SPDX-License-Identifier: GPL-3.0-or-later
// A plain blocking client for tests of the gateway: requests, chunked streams and WebSocket (by Boost.Beast), and a naive
// replica that checks the chain of versions.
#pragma once

#include "gateway/gateway.h"
#include "support/tiny_json.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wg::test {

using Headers = std::vector<std::pair<std::string, std::string>>;
using Json = TinyJson;

[[nodiscard]] Json json(std::string_view text);
/// A member's text without quotes; "" where there is none.
[[nodiscard]] std::string member(const Json& object, const std::string& name);

struct Response {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers; ///< names in lower case
    [[nodiscard]] std::string header(const std::string& name) const;
    [[nodiscard]] std::string code() const { return member(json(body), "code"); }
};
[[nodiscard]] Response request(std::uint16_t port, const std::string& target, const Headers& headers = {},
                               const std::string& method = "GET", const std::string& body = {});

/// The answer to a WebSocket upgrade, as an HTTP client sees it.
[[nodiscard]] Response upgrade(std::uint16_t port, const std::string& target, const Headers& headers = {});

/// An open SSE or NDJSON stream (or any answer), read line by line with a deadline.
class Stream {
public:
    struct Event {
        std::string id, type, data;
        Json value; ///< of data
    };
    Stream(std::uint16_t port, const std::string& target, const Headers& headers);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    [[nodiscard]] int status() const noexcept { return m_status; }
    [[nodiscard]] std::string header(const std::string& name) const;
    /// The next line; nothing at the end of the stream or after `seconds`.
    [[nodiscard]] std::optional<std::string> line(double seconds = 5);
    [[nodiscard]] std::optional<Event> sse(double seconds = 5);
    [[nodiscard]] std::optional<Json> ndjson(double seconds = 5);
    [[nodiscard]] bool isEnded() const noexcept { return m_isEnded; }         ///< the peer closed
    [[nodiscard]] bool hasLastChunk() const noexcept { return m_hasLastChunk; } ///< in an orderly way
    [[nodiscard]] std::size_t bytes() const noexcept { return m_bytes; }
    [[nodiscard]] int retryMs() const noexcept { return m_retryMs; }

private:
    bool fillUntil(std::chrono::steady_clock::time_point deadline);
    void decode();
    int m_fd = -1;
    int m_status = 0;
    std::map<std::string, std::string> m_headers;
    std::string m_raw;  ///< not yet de-chunked
    std::string m_text; ///< body
    std::size_t m_bytes = 0;
    int m_retryMs = -1;
    bool m_isEnded = false;
    bool m_hasLastChunk = false;
};

class Socket {
public:
    Socket(std::uint16_t port, const std::string& target, const Headers& headers = {}, const std::string& protocols = "watch.v1");

    [[nodiscard]] bool isOpen() const noexcept { return m_isOpen; } ///< the upgrade was granted
    [[nodiscard]] const std::string& protocol() const noexcept { return m_protocol; }
    void send(const std::string& text);
    void sendBinary(const std::string& bytes);
    /// The next message; nothing after a close (closeCode then says which) or after `seconds`.
    [[nodiscard]] std::optional<Json> next(double seconds = 5);
    /// Messages up to one whose `op` is this.
    [[nodiscard]] std::optional<Json> nextOp(const std::string& op, double seconds = 5);
    [[nodiscard]] int closeCode() const noexcept { return m_closeCode; }
    void close();
    boost::asio::ip::tcp::socket& raw();

private:
    boost::asio::io_context m_io;
    std::unique_ptr<boost::beast::websocket::stream<boost::beast::tcp_stream>> m_stream;
    bool m_isOpen = false;
    std::string m_protocol;
    int m_closeCode = 0;
};

/// Items by id, moved by events that must chain.
struct Replica {
    std::string epoch;
    std::uint64_t version = 0;
    std::map<std::string, std::string> items; ///< id -> canonical JSON

    void load(const std::string& snapshot);
    /// False where the event does not follow what came before; nothing is changed then.
    bool apply(const Json& event);
    std::size_t applied = 0;
};
/// What the gateway truly holds, in the replica's form.
[[nodiscard]] std::map<std::string, std::string> canonical(const gateway::Truth& truth);

[[nodiscard]] gateway::Options quietOptions();
/// The value of a metric line, as in `watchglass_gateway_slow_consumers_total`.
[[nodiscard]] double metric(const gateway::Gateway& gateway, const std::string& line);
/// Asks every 10 ms until it is true; false after `seconds`.
template <typename Condition>
[[nodiscard]] bool eventually(Condition condition, double seconds = 5);

} // namespace wg::test

#include <thread>
template <typename Condition>
bool wg::test::eventually(Condition condition, double seconds)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}
