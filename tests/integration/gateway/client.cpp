// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace wg::test {
namespace {

namespace http = boost::beast::http;
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

asio::ip::tcp::endpoint at(std::uint16_t port)
{
    return {asio::ip::make_address("127.0.0.1"), port};
}

Clock::time_point after(double seconds)
{
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

} // namespace

Json json(std::string_view text)
{
    Json value;
    if (!Json::parse(text, value))
        value.scalar = "unreadable";
    return value;
}

std::string member(const Json& object, const std::string& name)
{
    const auto it = object.members.find(name);
    if (it == object.members.end())
        return "";
    const std::string text = it->second.toText();
    return text.size() > 1 && text.front() == '"' ? text.substr(1, text.size() - 2) : text;
}

std::string Response::header(const std::string& name) const
{
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
}

Response request(std::uint16_t port, const std::string& target, const Headers& headers, const std::string& method,
                 const std::string& body)
{
    asio::io_context io;
    boost::beast::tcp_stream stream(io);
    stream.connect(at(port));
    http::request<http::string_body> message;
    message.method_string(method);
    message.target(target);
    message.version(11);
    message.set(http::field::host, "127.0.0.1:" + std::to_string(port));
    for (const auto& [name, value] : headers)
        message.insert(name, value);
    message.body() = body;
    message.prepare_payload();
    http::write(stream, message);
    boost::beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(64 * 1024 * 1024);
    parser.skip(method == "HEAD");
    http::read(stream, buffer, parser);
    Response out;
    out.status = static_cast<int>(parser.get().result_int());
    out.body = parser.get().body();
    for (const auto& field : parser.get())
        out.headers[lowered(std::string(field.name_string()))] = std::string(field.value());
    return out;
}

Response upgrade(std::uint16_t port, const std::string& target, const Headers& headers)
{
    Headers all = {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", "13"},
                   {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}, {"Sec-WebSocket-Protocol", "watch.v1"}};
    all.insert(all.end(), headers.begin(), headers.end());
    return request(port, target, all);
}

Stream::Stream(std::uint16_t port, const std::string& target, const Headers& headers)
{
    m_fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return;
    std::string text = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    text += "\r\n";
    if (::send(m_fd, text.data(), text.size(), MSG_NOSIGNAL) < 0)
        return;
    const auto deadline = after(5);
    while (m_raw.find("\r\n\r\n") == std::string::npos)
        if (!fillUntil(deadline))
            return;
    const std::size_t end = m_raw.find("\r\n\r\n");
    std::string head = m_raw.substr(0, end + 2);
    m_raw.erase(0, end + 4);
    m_status = std::stoi(head.substr(9, 3));
    for (std::size_t from = head.find("\r\n") + 2; from < head.size();) {
        const std::size_t stop = head.find("\r\n", from);
        const std::string one = head.substr(from, stop - from);
        const std::size_t colon = one.find(": ");
        m_headers[lowered(one.substr(0, colon))] = one.substr(colon + 2);
        from = stop + 2;
    }
    decode();
}

Stream::~Stream()
{
    ::close(m_fd);
}

std::string Stream::header(const std::string& name) const
{
    const auto it = m_headers.find(name);
    return it == m_headers.end() ? "" : it->second;
}

bool Stream::fillUntil(Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd one{m_fd, POLLIN, 0};
    if (m_isEnded || left <= 0 || ::poll(&one, 1, static_cast<int>(left)) <= 0)
        return false;
    char bytes[64 * 1024];
    const ssize_t size = ::recv(m_fd, bytes, sizeof bytes, 0);
    if (size <= 0) {
        m_isEnded = true;
        return false;
    }
    m_bytes += static_cast<std::size_t>(size);
    m_raw.append(bytes, static_cast<std::size_t>(size));
    return true;
}

void Stream::decode()
{
    if (header("transfer-encoding") != "chunked") {
        m_text += m_raw;
        m_raw.clear();
        return;
    }
    for (;;) {
        const std::size_t line = m_raw.find("\r\n");
        if (line == std::string::npos)
            return;
        const std::size_t size = std::stoul(m_raw.substr(0, line), nullptr, 16);
        if (size == 0)
            m_hasLastChunk = true;
        if (m_raw.size() < line + 2 + size + 2)
            return;
        m_text.append(m_raw, line + 2, size);
        m_raw.erase(0, line + 2 + size + 2);
    }
}

std::optional<std::string> Stream::line(double seconds)
{
    const auto deadline = after(seconds);
    for (;;) {
        if (const std::size_t end = m_text.find('\n'); end != std::string::npos) {
            std::string out = m_text.substr(0, end);
            m_text.erase(0, end + 1);
            return out;
        }
        if (!fillUntil(deadline))
            return std::nullopt;
        decode();
    }
}

std::optional<Stream::Event> Stream::sse(double seconds)
{
    Event event;
    const auto deadline = after(seconds);
    for (;;) {
        const auto text = line(std::chrono::duration<double>(deadline - Clock::now()).count());
        if (!text)
            return std::nullopt;
        if (text->rfind("retry: ", 0) == 0)
            m_retryMs = std::stoi(text->substr(7));
        else if (text->rfind("id: ", 0) == 0)
            event.id = text->substr(4);
        else if (text->rfind("event: ", 0) == 0)
            event.type = text->substr(7);
        else if (text->rfind("data: ", 0) == 0)
            event.data = text->substr(6);
        else if (text->empty() && !event.data.empty()) {
            event.value = json(event.data);
            return event;
        }
    }
}

std::optional<Json> Stream::ndjson(double seconds)
{
    const auto text = line(seconds);
    return text ? std::optional<Json>(json(*text)) : std::nullopt;
}

Socket::Socket(std::uint16_t port, const std::string& target, const Headers& headers, const std::string& protocols)
{
    namespace ws = boost::beast::websocket;
    m_stream = std::make_unique<ws::stream<boost::beast::tcp_stream>>(m_io);
    boost::beast::get_lowest_layer(*m_stream).connect(at(port));
    m_stream->set_option(ws::stream_base::decorator([&](ws::request_type& r) {
        if (!protocols.empty())
            r.set(http::field::sec_websocket_protocol, protocols);
        for (const auto& [name, value] : headers)
            r.set(name, value);
    }));
    ws::response_type response;
    boost::beast::error_code error;
    m_stream->handshake(response, "127.0.0.1:" + std::to_string(port), target, error);
    m_protocol = std::string(response[http::field::sec_websocket_protocol]);
    m_isOpen = !error;
}

void Socket::send(const std::string& text)
{
    m_stream->text(true);
    boost::beast::error_code error;
    m_stream->write(asio::buffer(text), error);
}

void Socket::sendBinary(const std::string& bytes)
{
    m_stream->binary(true);
    boost::beast::error_code error;
    m_stream->write(asio::buffer(bytes), error);
}

std::optional<Json> Socket::next(double seconds)
{
    boost::beast::flat_buffer buffer;
    boost::beast::error_code result = boost::beast::error::timeout;
    boost::beast::get_lowest_layer(*m_stream).expires_after(std::chrono::milliseconds(static_cast<int>(seconds * 1000)));
    m_stream->async_read(buffer, [&](boost::beast::error_code error, std::size_t) { result = error; });
    m_io.restart();
    m_io.run();
    if (result) {
        m_closeCode = result == boost::beast::websocket::error::closed ? m_stream->reason().code : -1;
        return std::nullopt;
    }
    boost::beast::get_lowest_layer(*m_stream).expires_never();
    return json({static_cast<const char*>(buffer.data().data()), buffer.size()});
}

std::optional<Json> Socket::nextOp(const std::string& op, double seconds)
{
    const auto deadline = after(seconds);
    while (Clock::now() < deadline) {
        auto message = next(std::chrono::duration<double>(deadline - Clock::now()).count());
        if (!message || member(*message, "op") == op)
            return message;
    }
    return std::nullopt;
}

void Socket::close()
{
    boost::beast::error_code ignored;
    m_stream->close(boost::beast::websocket::close_code::normal, ignored);
}

asio::ip::tcp::socket& Socket::raw()
{
    return boost::beast::get_lowest_layer(*m_stream).socket();
}

void Replica::load(const std::string& snapshot)
{
    const Json whole = json(snapshot);
    epoch = member(whole, "epoch");
    version = std::stoull(member(whole, "version"));
    items.clear();
    for (const Json& item : whole.members.at("items").elements)
        items[member(item, "id")] = item.members.at("object").toText();
}

bool Replica::apply(const Json& event)
{
    if (member(event, "epoch") != epoch || member(event, "prev") != std::to_string(version))
        return false;
    version = std::stoull(member(event, "version"));
    const std::string type = member(event, "event");
    if (type == "heartbeat")
        return true;
    ++applied;
    const std::string id = member(event, "id");
    const bool isDelete = type.size() > 8 && type.substr(type.size() - 8) == "_deleted";
    if (isDelete) {
        items.erase(id);
    } else if (event.members.count("object") > 0) {
        items[id] = event.members.at("object").toText();
    } else if (event.members.count("changes") > 0) {
        Json state = json(items[id]);
        state.merge(event.members.at("changes"));
        items[id] = state.toText();
    }
    return true;
}

std::map<std::string, std::string> canonical(const gateway::Truth& truth)
{
    std::map<std::string, std::string> out;
    for (const auto& [id, item] : truth.items)
        out[id] = json(item.object).toText();
    return out;
}

gateway::Options quietOptions()
{
    gateway::Options options;
    options.port = 0;
    options.rate = 0;
    return options;
}

double metric(const gateway::Gateway& gateway, const std::string& line)
{
    const std::string text = "\n" + gateway.metrics();
    const std::size_t found = text.find("\n" + line + " ");
    return found == std::string::npos ? -1 : std::stod(text.substr(found + line.size() + 2));
}

} // namespace wg::test
