// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_server.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

namespace wg::test {

std::string parameter(const std::string& query, const std::string& name)
{
    Url url;
    url.query = query;
    for (const QueryParameter& each : url.parameters())
        if (each.name == name)
            return each.value;
    return {};
}

namespace {

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string acceptOf(const std::string& key)
{
    const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    char out[64];
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out), digest, SHA_DIGEST_LENGTH);
    return std::string(out, static_cast<std::size_t>(size));
}

std::string hexSize(std::size_t size)
{
    char text[32];
    std::snprintf(text, sizeof text, "%zx\r\n", size);
    return text;
}

/// The text of a string field in JSON of our own client; empty if it is not there.
std::string field(const std::string& json, const std::string& name)
{
    const std::string lead = "\"" + name + "\":\"";
    const std::size_t at = json.find(lead);
    if (at == std::string::npos)
        return {};
    return json.substr(at + lead.size(), json.find('"', at + lead.size()) - at - lead.size());
}

std::string quoted(std::uint64_t version) { return std::to_string(version); }

} // namespace

ModelServer::ModelServer() { items["a"] = {5, R"({"n":1,"price":9.99})"}; }

void ModelServer::put(const std::string& key, const std::string& object, const std::string& event)
{
    ++version;
    items[key] = {version, object};
    log.push_back({version, "\"event\":\"" + event + "\",\"resource\":\"orders\",\"id\":\"" + key + "\",\"object\":" + object});
}

void ModelServer::patch(const std::string& key, const std::string& changes, const std::string& result)
{
    ++version;
    items[key] = {version, result};
    log.push_back({version, "\"event\":\"order_updated\",\"resource\":\"orders\",\"id\":\"" + key + "\",\"changes\":" + changes});
}

void ModelServer::erase(const std::string& key)
{
    ++version;
    items.erase(key);
    log.push_back({version, R"("event":"order_deleted","resource":"orders","id":")" + key + "\""});
}

void ModelServer::note(const std::string& key)
{
    ++version;
    log.push_back({version, R"("event":"price_alert","resource":"orders","id":")" + key + "\""});
}

std::map<std::string, std::string> ModelServer::truth() const
{
    std::map<std::string, std::string> out;
    for (const auto& [key, item] : items)
        out[key] = std::to_string(item.first) + " " + item.second;
    return out;
}

std::string ModelServer::upgrade(const std::string& key, const std::string& protocol)
{
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: " +
           acceptOf(key) + (protocol.empty() ? "" : "\r\nSec-WebSocket-Protocol: " + protocol) + "\r\n\r\n";
}

std::string ModelServer::frame(unsigned opcode, const std::string& payload)
{
    std::string out(1, static_cast<char>(0x80 | opcode));
    const std::size_t size = payload.size();
    if (size < 126) {
        out += static_cast<char>(size);
    } else if (size < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(size >> 8);
        out += static_cast<char>(size & 0xFF);
    } else {
        out += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>((size >> shift) & 0xFF);
    }
    return out + payload;
}

std::string ModelServer::problem(int status, const std::string& code, const std::string& more)
{
    const std::string body = "{\"status\":" + std::to_string(status) + ",\"code\":\"" + code + "\"}";
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Type: application/problem+json\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::optional<std::uint64_t> ModelServer::cursor(const std::string& text) const
{
    if (text.empty() || text == "now")
        return version;
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || text.substr(0, colon) != epoch)
        return {};
    const std::uint64_t at = std::stoull(text.substr(colon + 1));
    return at >= floor && at <= version ? std::optional(at) : std::nullopt;
}

std::string ModelServer::snapshot() const
{
    std::string out = "{\"resource\":\"orders\",\"epoch\":\"" + epoch + "\",\"version\":" + quoted(version) + ",\"items\":[";
    bool isFirst = true;
    for (const auto& [key, item] : items) {
        out += isFirst ? "" : ",";
        isFirst = false;
        out += "{\"id\":\"" + key + "\",\"version\":" + quoted(item.first) + ",\"object\":" + item.second + "}";
    }
    return out + "]}";
}

void ModelServer::streamOpen(Rig& rig, engine::StreamId id, const engine::StreamTarget&)
{
    if (!acceptsConnections)
        return rig.end(id, ErrorCode::ConnectFailed);
    streams[id] = {};
    rig.opened(id);
}

void ModelServer::streamClosed(Rig&, engine::StreamId id) { streams.erase(id); }

void ModelServer::streamBytes(Rig& rig, engine::StreamId id, const std::string& bytes)
{
    const auto at = streams.find(id);
    if (at == streams.end())
        return;
    Stream& stream = at->second;
    stream.inbox += bytes;
    if (stream.transport.empty()) {
        const std::size_t end = stream.inbox.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        stream.head = stream.inbox.substr(0, end);
        stream.inbox.erase(0, end + 4);
        begin(rig, id, stream);
    }
    if (const auto again = streams.find(id); again != streams.end() && again->second.transport == "ws")
        frames(rig, id, again->second);
}

void ModelServer::begin(Rig& rig, engine::StreamId id, Stream& stream)
{
    heads.push_back(stream.head);
    std::size_t at = stream.head.find("\r\n");
    const std::string line = stream.head.substr(0, at);
    const std::string target = line.substr(4, line.rfind(' ') - 4);
    stream.path = target.substr(0, target.find('?'));
    stream.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
    while (at != std::string::npos) {
        const std::size_t next = stream.head.find("\r\n", at + 2);
        const std::string header = stream.head.substr(at + 2, next - at - 2);
        const std::size_t colon = header.find(':');
        if (colon != std::string::npos)
            stream.headers[lower(header.substr(0, colon))] = header.substr(header.find_first_not_of(' ', colon + 1));
        at = next;
    }
    stream.transport = stream.headers.count("upgrade") > 0                                        ? "ws"
                       : stream.headers["accept"].find("event-stream") != std::string::npos ? "sse"
                                                                                                  : "ndjson";
    if (refuse) {
        const std::string raw = refuse(stream);
        if (!raw.empty())
            return rig.send(id, raw);
    }
    if (!token.empty() && stream.headers["authorization"] != "Bearer " + token)
        return rig.send(id, problem(401, "unauthorized"));
    const bool isShared = stream.path == "/v1/stream";
    if (!isShared && stream.path != "/v1/orders/watch")
        return rig.send(id, problem(404, "not_found"));
    const auto start = cursor(stream.headers.count("last-event-id") > 0 ? stream.headers["last-event-id"] : parameter(stream.query, "since"));
    if (!start && !isShared)
        return rig.send(id, problem(410, "version_expired"));
    stream.number = ++watches;
    const std::string beat = parameter(stream.query, "heartbeat");
    heartbeatS = beat.empty() ? 15 : std::stod(beat);
    if (stream.transport == "ws") {
        rig.send(id, upgrade(stream.headers["sec-websocket-key"], "watch.v1"));
        if (!isShared)
            message(rig, id, R"({"op":"subscribed","sid":"0","epoch":")" + epoch + "\",\"version\":" + quoted(*start) + "}");
    } else {
        const std::string type = stream.transport == "sse" ? "text/event-stream" : "application/x-ndjson";
        rig.send(id, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }
    if (!isShared)
        stream.prev = *start;
    stream.isStreaming = !isShared;
    stream.nextBeat = rig.now() + fromSeconds(heartbeatS);
    if (afterHead)
        afterHead(rig, id, stream);
    if (!stream.isStreaming)
        return;
    heartbeat(rig, id, stream);
    feed(rig, id, stream);
}

void ModelServer::message(Rig& rig, engine::StreamId id, const std::string& json, const std::string& type)
{
    const Stream& stream = streams[id];
    if (stream.transport == "ws")
        return rig.send(id, frame(1, json));
    std::string text = json + "\n";
    if (stream.transport == "sse")
        text = (type.empty() ? "" : "event: " + type + "\n") + "data: " + json + "\n\n";
    rig.send(id, hexSize(text.size()) + text + "\r\n");
}

void ModelServer::closeFrame(Rig& rig, engine::StreamId id, unsigned code)
{
    rig.send(id, frame(8, std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}));
}

void ModelServer::heartbeat(Rig& rig, engine::StreamId id, Stream& stream)
{
    if (beats && !beats(stream))
        return;
    const auto beat = [&](const std::string& sid, std::uint64_t& prev, std::uint64_t at) {
        const std::string lead = stream.transport == "ws" ? R"({"op":"event","sid":")" + sid + "\"," : "{";
        message(rig, id, lead + R"("event":"heartbeat","resource":"orders","version":)" + quoted(at) + ",\"prev\":" + quoted(prev) +
                             ",\"epoch\":\"" + epoch + "\",\"ts\":" + std::to_string(rig.wallNow()) + "}", "heartbeat");
        prev = at;
    };
    if (stream.path == "/v1/stream") {
        for (auto& [sid, prev] : stream.subscriptions)
            beat(sid, prev, prev);
    } else {
        beat("0", stream.prev, stream.prev);
    }
}

void ModelServer::feed(Rig& rig, engine::StreamId id, Stream& stream)
{
    const auto give = [&](const std::string& sid, std::uint64_t& prev) {
        for (const ModelEvent& event : log) {
            if (event.version <= prev)
                continue;
            const std::string lead = stream.transport == "ws" ? R"({"op":"event","sid":")" + sid + "\"," : "{";
            const std::string json = lead + event.body + ",\"version\":" + quoted(event.version) + ",\"prev\":" + quoted(prev) +
                                     ",\"epoch\":\"" + epoch + "\",\"ts\":" + std::to_string(rig.wallNow()) + "}";
            prev = event.version;
            ++stream.sent;
            if (!deliver) {
                message(rig, id, json, "order");
                continue;
            }
            for (const std::string& text : deliver(stream, json, event.version))
                message(rig, id, text, "order");
            if (streams.find(id) == streams.end())
                return;
        }
    };
    if (stream.path != "/v1/stream")
        return give("0", stream.prev);
    for (auto& [sid, prev] : stream.subscriptions)
        give(sid, prev);
}

void ModelServer::frames(Rig& rig, engine::StreamId id, Stream& stream)
{
    while (stream.inbox.size() >= 6) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(stream.inbox[i]); };
        std::size_t size = byte(1) & 0x7F, offset = 2;
        if (size == 126) {
            size = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
            offset = 4;
        }
        if (stream.inbox.size() < offset + 4 + size)
            return;
        std::string payload = stream.inbox.substr(offset + 4, size);
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ stream.inbox[offset + i % 4]);
        const unsigned opcode = byte(0) & 0x0F;
        stream.inbox.erase(0, offset + 4 + size);
        if (opcode == 1)
            operation(rig, id, stream, payload);
        else if (opcode == 9)
            rig.send(id, frame(10, payload));
        else if (opcode == 8)
            return rig.end(id);
    }
}

void ModelServer::operation(Rig& rig, engine::StreamId id, Stream& stream, const std::string& text)
{
    const std::string sid = field(text, "sid");
    if (field(text, "op") == "unsubscribe") {
        stream.subscriptions.erase(sid);
        return message(rig, id, R"({"op":"unsubscribed","sid":")" + sid + "\"}");
    }
    if (field(text, "op") != "subscribe")
        return;
    const auto start = cursor(field(text, "since"));
    if (!start || field(text, "resource") != "orders")
        return message(rig, id, R"({"op":"error","sid":")" + sid + "\",\"code\":\"" + (start ? "not_found" : "version_expired") + "\",\"detail\":\"\"}");
    stream.subscriptions[sid] = *start;
    stream.isStreaming = true;
    message(rig, id, R"({"op":"subscribed","sid":")" + sid + "\",\"epoch\":\"" + epoch + "\",\"version\":" + quoted(*start) + "}");
    heartbeat(rig, id, stream);
    feed(rig, id, stream);
}

void ModelServer::flush(Rig& rig)
{
    std::vector<engine::StreamId> ids;
    for (const auto& [id, stream] : streams)
        ids.push_back(id);
    for (const engine::StreamId id : ids)
        if (const auto at = streams.find(id); at != streams.end() && at->second.isStreaming)
            feed(rig, id, at->second);
    m_held.erase(std::remove_if(m_held.begin(), m_held.end(), [&](const Held& held) { return answerHeld(rig, held, false); }), m_held.end());
}

void ModelServer::request(Rig& rig, engine::RequestId id, const engine::HttpRequest& request)
{
    if (intercept && intercept(rig, id, request))
        return;
    const auto header = [&](const std::string& name) {
        for (const engine::Header& each : request.headers)
            if (lower(each.name) == name)
                return each.value;
        return std::string();
    };
    const engine::Header json{"Content-Type", "application/json"};
    const auto refused = [&](int status, const std::string& code) {
        rig.answer(id, status, {{"Content-Type", "application/problem+json"}}, "{\"code\":\"" + code + "\"}");
    };
    if (!token.empty() && header("authorization") != "Bearer " + token)
        return refused(401, "unauthorized");
    if (request.url.path == "/v1")
        return rig.answer(id, 200, {json}, R"({"resources":[{"name":"orders","events":["order_created"],"transports":["ws","sse","ndjson","longpoll","poll"]}],"epoch":")" + epoch + R"(","server":"model"})");
    if (request.url.path == "/v1/orders") {
        const std::string tag = "W/\"" + epoch + ":" + quoted(version) + "\"";
        if (header("if-none-match") == tag)
            return rig.answer(id, 304, {{"ETag", tag}}, "");
        return rig.answer(id, 200, {json, {"ETag", tag}}, snapshot());
    }
    if (request.url.path != "/v1/orders/watch")
        return refused(404, "not_found");
    const auto start = cursor(parameter(request.url.query, "since"));
    if (!start)
        return refused(410, "version_expired");
    const double wait = std::stod(parameter(request.url.query, "wait"));
    ++watches;
    const Held held{id, *start, rig.now() + fromSeconds(wait)};
    if (!answerHeld(rig, held, wait <= 0))
        m_held.push_back(held);
}

/// False while there is nothing to say yet.
bool ModelServer::answerHeld(Rig& rig, const Held& held, bool isOver)
{
    std::string events;
    std::uint64_t prev = held.since;
    Stream nobody;
    nobody.transport = "longpoll";
    nobody.number = watches;
    for (const ModelEvent& event : log) {
        if (event.version <= held.since)
            continue;
        const std::string json = "{" + event.body + ",\"version\":" + quoted(event.version) + ",\"prev\":" + quoted(prev) + ",\"epoch\":\"" +
                                 epoch + "\",\"ts\":" + std::to_string(rig.wallNow()) + "}";
        for (const std::string& text : deliver ? deliver(nobody, json, event.version) : std::vector<std::string>{json})
            events += (events.empty() ? "" : ",") + text;
        prev = event.version;
    }
    if (prev == held.since && !isOver)
        return false;
    rig.answer(held.id, 200, {{"Content-Type", "application/json"}},
               "{\"events\":[" + events + "],\"epoch\":\"" + epoch + "\",\"version\":" + quoted(prev) + ",\"prev\":" + quoted(held.since) + "}");
    return true;
}

void ModelServer::tick(Rig& rig)
{
    for (auto& [id, stream] : streams)
        if (stream.isStreaming && stream.nextBeat <= rig.now()) {
            stream.nextBeat = rig.now() + fromSeconds(heartbeatS);
            heartbeat(rig, id, stream);
        }
    std::vector<Held> left;
    for (const Held& held : m_held)
        if (held.until > rig.now() || !answerHeld(rig, held, true))
            left.push_back(held);
    m_held = std::move(left);
}

std::optional<Instant> ModelServer::nextDeadline()
{
    std::optional<Instant> out;
    for (const auto& [id, stream] : streams)
        if (stream.isStreaming && (!out || stream.nextBeat < *out))
            out = stream.nextBeat;
    for (const Held& held : m_held)
        if (!out || held.until < *out)
            out = held.until;
    return out;
}

} // namespace wg::test
