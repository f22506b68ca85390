// SPDX-License-Identifier: GPL-3.0-or-later
#include "rig.h"

#include <algorithm>

namespace wg::test {

namespace {
constexpr std::size_t kPadding = 64;
}

Rig::Rig(Peer& peer, const engine::EngineOptions& options) : m_peer(peer)
{
    engine::Ports ports;
    ports.streams = this;
    ports.http = this;
    ports.vault = this;
    ports.clock = this;
    m_engine = std::make_unique<engine::Engine>(ports, options);
    m_engine->setObserver(this);
}

Rig::~Rig() { m_engine.reset(); }

engine::WatchId Rig::watch(const std::string& url, std::vector<engine::Transport> transports,
                           const std::function<void(engine::WatchSpec&)>& change)
{
    engine::WatchSpec spec;
    spec.connection.id = "c";
    spec.connection.name = "test";
    spec.connection.url = url;
    spec.route.transports = std::move(transports);
    if (change)
        change(spec);
    m_engine->execute(engine::AddWatch{spec});
    return m_engine->lastAdded();
}

bool Rig::step(Instant end)
{
    if (!m_queue.empty()) {
        const auto what = std::move(m_queue.front());
        m_queue.pop_front();
        what();
        return true;
    }
    std::optional<Instant> next = m_engine->nextDeadline();
    const auto peers = m_peer.nextDeadline();
    if (peers && (!next || *peers < *next))
        next = peers;
    if (!next || *next > end) {
        m_now = end;
        return false;
    }
    if (*next > m_now)
        m_now = *next;
    m_peer.tick(*this);
    m_engine->tick(m_now);
    return true;
}

void Rig::run(Duration span)
{
    const Instant end = m_now + span;
    while (step(end)) {
    }
}

bool Rig::runUntil(const std::function<bool()>& done, Duration span)
{
    const Instant end = m_now + span;
    while (!done())
        if (!step(end))
            return done();
    return true;
}

void Rig::opened(engine::StreamId id)
{
    later([this, id] {
        if (isOpen(id))
            m_engine->streamOpened(id, {});
    });
}

void Rig::deliver(engine::StreamId id, std::string_view bytes)
{
    // The padding holds what a careless reader would take for more of the message.
    m_buffer = bytes;
    for (std::size_t i = 0; i < kPadding; ++i)
        m_buffer += "}\"]0,"[i % 5];
    m_engine->streamBytes(id, {m_buffer.data(), bytes.size()});
}

void Rig::send(engine::StreamId id, std::string bytes)
{
    later([this, id, bytes = std::move(bytes)] {
        std::string_view left = bytes;
        bool isCut = false;
        if (id == 1 && cutAfter) {
            left = left.substr(0, *cutAfter - std::min(*cutAfter, delivered));
            isCut = delivered + bytes.size() >= *cutAfter;
        }
        delivered += id == 1 ? bytes.size() : 0;
        const std::size_t piece = chunk == 0 ? bytes.size() : chunk;
        for (; !left.empty() && isOpen(id); left.remove_prefix(std::min(piece, left.size())))
            deliver(id, left.substr(0, piece));
        if (isCut)
            reset(id, ErrorCode::ConnectionLost);
    });
}

void Rig::reset(engine::StreamId id, ErrorCode code)
{
    if (m_open.erase(id) == 0)
        return;
    m_peer.streamClosed(*this, id);
    m_engine->streamClosed(id, {code, code == ErrorCode::None ? "" : "The connection was reset.", {}});
}

void Rig::end(engine::StreamId id, ErrorCode code)
{
    later([this, id, code] { reset(id, code); });
}

void Rig::answer(engine::RequestId id, int status, std::vector<engine::Header> headers, std::string body)
{
    answerCut(id, status, std::move(headers), std::move(body), ErrorCode::None);
}

void Rig::answerCut(engine::RequestId id, int status, std::vector<engine::Header> headers, std::string body, ErrorCode code)
{
    later([this, id, status, headers = std::move(headers), body = std::move(body), code] {
        if (m_pending.count(id) == 0)
            return;
        engine::HttpHead head;
        head.status = status;
        head.headers = headers;
        if (status != 0)
            m_engine->httpHead(id, head);
        const std::size_t piece = chunk == 0 ? body.size() : chunk;
        for (std::size_t at = 0; at < body.size() && m_pending.count(id) > 0; at += piece)
            m_engine->httpBytes(id, std::string_view(body).substr(at, piece));
        if (m_pending.erase(id) > 0)
            m_engine->httpDone(id, {code, code == ErrorCode::None ? "" : "The connection was reset.", {}});
    });
}

std::map<std::string, std::string> Rig::items(engine::WatchId id) const
{
    std::map<std::string, std::string> out;
    for (const engine::ReportItem& item : report(id).items)
        out[item.key] = item.version + " " + item.object;
    return out;
}

void Rig::open(engine::StreamId id, const engine::StreamTarget& target)
{
    targets.push_back(target);
    m_open[id] = true;
    later([this, id, target] {
        if (isOpen(id))
            m_peer.streamOpen(*this, id, target);
    });
}

void Rig::write(engine::StreamId id, std::string_view bytes)
{
    later([this, id, text = std::string(bytes)] { m_peer.streamBytes(*this, id, text); });
}

void Rig::close(engine::StreamId id)
{
    m_open.erase(id);
    later([this, id] { m_peer.streamClosed(*this, id); });
}

void Rig::request(engine::RequestId id, const engine::HttpRequest& request)
{
    requests.push_back(request);
    m_pending[id] = true;
    later([this, id, request] {
        if (m_pending.count(id) > 0)
            m_peer.request(*this, id, request);
    });
}

void Rig::abort(engine::RequestId id) { m_pending.erase(id); }

void Rig::read(const std::string& name, bool isRefresh, Answer answer)
{
    ++secretReads;
    secretRefreshes += isRefresh ? 1 : 0;
    if (isRefresh && !laterSecrets[name].empty()) {
        secrets[name] = laterSecrets[name].front();
        laterSecrets[name].erase(laterSecrets[name].begin());
    }
    if (!answersSecrets)
        return;
    later([this, name, answer = std::move(answer)] {
        const auto at = secrets.find(name);
        if (at == secrets.end())
            answer(Error{ErrorCode::Keychain, "The keychain holds no entry " + name + ".", {}});
        else
            answer(Secret(at->second));
    });
}

void Rig::watchEvent(engine::WatchId id, const sync::EventView& event, sync::Verdict verdict, bool isShown)
{
    if (!keepsHeard)
        return;
    auto one = std::make_unique<Heard>(Heard{id, event, verdict, isShown, std::string(event.type), std::string(event.key),
                                             std::string(event.payload), std::string(event.raw)});
    heard.push_back(std::move(one));
}

void Rig::watchMarker(engine::WatchId id, const sync::Marker& marker) { markers.push_back({id, marker}); }

void Rig::watchChanged(engine::WatchId, const engine::WatchCondition& condition) { changes.push_back(condition.sentence()); }

} // namespace wg::test
