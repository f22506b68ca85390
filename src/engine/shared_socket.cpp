// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/shared_socket.h"

#include "dialect/json_reader.h"
#include "engine/stream_link.h"

#include <algorithm>
#include <vector>

namespace wg::engine {

/// The connection itself. Members join when they start and leave when they are dropped.
class SharedSockets::Socket final : public LinkSink, public std::enable_shared_from_this<Socket> {
public:
    Socket(WatchHost& host, Departure departure) : m_host(host), m_departure(std::move(departure)) {}
    ~Socket() override { end(m_host.now()); }

    void join(Member& member, Instant now);
    void leave(Member& member, Instant now);
    void tick(Instant now)
    {
        if (m_link)
            m_link->tick(now);
    }
    [[nodiscard]] std::optional<Instant> nextDeadline() const { return m_link ? m_link->nextDeadline() : std::nullopt; }
    [[nodiscard]] bool isOver() const noexcept { return m_isOver; }

private:
    void linkOpened(const protocol::ResponseHead& head, Instant now) override;
    void linkBytes(std::size_t count, Instant now) override;
    void linkMessage(const dialect::Received& message, Instant now) override;
    void linkRetryHint(double) override {}
    void linkRefused(protocol::Where where, const protocol::ResponseHead& head, std::string_view body, const Error& error,
                     Instant now) override;
    void linkEnded(const protocol::StreamEnd& end, Instant now) override;
    Departure nextRequest(bool) override { return m_departure; }
    bool linkAnswered(const HttpHead&, std::string_view, Instant) override { return false; }
    void linkPolled(dialect::Snapshot, Instant) override {}
    void linkUnchanged(Instant) override {}

    void end(Instant now);
    std::string_view sidOf(std::string_view text);
    /// Calls each member that is still there; members may leave meanwhile.
    template <typename Call>
    void forAll(Call call);

    WatchHost& m_host;
    Departure m_departure;
    std::unique_ptr<StreamLink> m_link;
    std::vector<Member*> m_members;
    std::optional<protocol::ResponseHead> m_head; ///< once open
    bool m_isOver = false;
    dialect::JsonReader m_reader;
    std::string m_sid;
};

class SharedSockets::Member final : public Link {
public:
    Member(std::shared_ptr<Socket> onto, LinkSink& hearer, std::string name, std::string hello, std::string goodbye)
        : socket(std::move(onto)), sink(&hearer), sid(std::move(name)), subscribe(std::move(hello)), unsubscribe(std::move(goodbye))
    {
    }
    ~Member() override
    {
        if (socket)
            socket->leave(*this, {});
    }
    void start(Instant now) override { socket->join(*this, now); }
    void drop(Instant now) override
    {
        sink = nullptr;
        if (socket)
            std::exchange(socket, nullptr)->leave(*this, now);
    }
    void tick(Instant) override {}
    [[nodiscard]] std::optional<Instant> nextDeadline() const override { return {}; }

    std::shared_ptr<Socket> socket;
    LinkSink* sink;
    std::string sid, subscribe, unsubscribe;
};

void SharedSockets::Socket::join(Member& member, Instant now)
{
    m_members.push_back(&member);
    if (!m_link) {
        m_link = std::make_unique<StreamLink>(m_host, *this, protocol::Framing::WebSocket, m_departure, StreamLink::Manner{});
        m_link->start(now);
    } else if (m_head) {
        m_link->send(member.subscribe);
        member.sink->linkOpened(*m_head, now);
    }
}

void SharedSockets::Socket::leave(Member& member, Instant now)
{
    const auto at = std::find(m_members.begin(), m_members.end(), &member);
    if (at == m_members.end())
        return;
    m_members.erase(at);
    if (m_members.empty())
        end(now);
    else if (m_link && m_head)
        m_link->send(member.unsubscribe);
}

void SharedSockets::Socket::end(Instant now)
{
    m_isOver = true;
    if (!m_link)
        return;
    std::unique_ptr<StreamLink> link = std::move(m_link);
    link->drop(now);
    m_host.bury(std::move(link));
}

template <typename Call>
void SharedSockets::Socket::forAll(Call call)
{
    const auto self = shared_from_this();
    const std::vector<Member*> all = m_members;
    for (Member* member : all)
        if (std::find(m_members.begin(), m_members.end(), member) != m_members.end() && member->sink)
            call(*member);
}

void SharedSockets::Socket::linkOpened(const protocol::ResponseHead& head, Instant now)
{
    m_head = head;
    forAll([&](Member& member) {
        m_link->send(member.subscribe);
        member.sink->linkOpened(head, now);
    });
}

void SharedSockets::Socket::linkBytes(std::size_t count, Instant now)
{
    // Any byte is life for all of them; its size is counted once.
    forAll([&](Member& member) { member.sink->linkBytes(std::exchange(count, 0), now); });
}

std::string_view SharedSockets::Socket::sidOf(std::string_view text)
{
    if (!m_reader.begin(text) || !m_reader.enterObject())
        return {};
    std::string_view key;
    dialect::JsonValue value;
    while (m_reader.nextMember(key)) {
        const bool isSid = key == "sid";
        if (!m_reader.value(value))
            return {};
        if (isSid && value.kind == dialect::JsonKind::String)
            return dialect::JsonReader::text(value, m_sid);
    }
    return {};
}

void SharedSockets::Socket::linkMessage(const dialect::Received& message, Instant now)
{
    const auto self = shared_from_this();
    const std::string_view sid = message.isBinary ? std::string_view() : sidOf(message.text);
    if (sid.empty())
        return forAll([&](Member& member) { member.sink->linkMessage(message, now); });
    for (Member* member : m_members)
        if (member->sid == sid && member->sink)
            return member->sink->linkMessage(message, now);
    // A late message of a subscription that has ended.
}

void SharedSockets::Socket::linkRefused(protocol::Where where, const protocol::ResponseHead& head, std::string_view body,
                                        const Error& error, Instant now)
{
    m_isOver = true;
    forAll([&](Member& member) { std::exchange(member.sink, nullptr)->linkRefused(where, head, body, error, now); });
}

void SharedSockets::Socket::linkEnded(const protocol::StreamEnd& streamEnd, Instant now)
{
    m_isOver = true;
    forAll([&](Member& member) { std::exchange(member.sink, nullptr)->linkEnded(streamEnd, now); });
}

SharedSockets::SharedSockets(WatchHost& host) : m_host(host) {}
SharedSockets::~SharedSockets() = default;

std::shared_ptr<SharedSockets::Socket> SharedSockets::socketFor(const Departure& departure)
{
    std::string key = departure.url.toString() + "\n" + departure.proxy + "\n" + departure.tls.certFile;
    for (const Header& header : departure.headers)
        if (header.name != "X-Request-Id" && header.name != "traceparent")
            key += "\n" + header.name + ": " + std::to_string(std::hash<std::string>{}(header.value));
    if (auto socket = m_sockets[key].lock(); socket && !socket->isOver())
        return socket;
    auto socket = std::make_shared<Socket>(m_host, departure);
    m_sockets[key] = socket;
    return socket;
}

std::unique_ptr<Link> SharedSockets::makeLink(const Departure& departure, LinkSink& sink, const std::string& sid,
                                              std::string subscribe, std::string unsubscribe)
{
    return std::make_unique<Member>(socketFor(departure), sink, sid, std::move(subscribe), std::move(unsubscribe));
}

void SharedSockets::tick(Instant now)
{
    for (auto it = m_sockets.begin(); it != m_sockets.end();) {
        if (const auto socket = it->second.lock()) {
            socket->tick(now);
            ++it;
        } else {
            it = m_sockets.erase(it);
        }
    }
}

std::optional<Instant> SharedSockets::nextDeadline() const
{
    std::optional<Instant> out;
    for (const auto& [key, weak] : m_sockets)
        if (const auto socket = weak.lock())
            if (const auto at = socket->nextDeadline(); at && (!out || *at < *out))
                out = at;
    return out;
}

} // namespace wg::engine
