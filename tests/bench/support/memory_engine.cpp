// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/memory_engine.h"

#include "base/limits.h"
#include "support/stream_server.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace wg::bench {
namespace {

constexpr std::size_t kPadding = 64; ///< readable bytes behind what a stream port gives

[[noreturn]] void giveUp(const char* what)
{
    std::fprintf(stderr, "memory engine: %s\n", what);
    std::exit(1);
}

} // namespace

MemoryEngine::MemoryEngine(Wire wire, const StreamShape& shape) : m_buffer(limits::kReadChunkBytes + kPadding)
{
    m_engine.emplace(engine::Ports{this, this, this, this}, engine::EngineOptions{});
    engine::WatchSpec spec;
    spec.id = 1;
    spec.connection.url = "http://localhost:8080";
    spec.route.path = "/v1/orders";
    spec.route.dialect = "watch.v1";
    spec.route.transports = {wire == Wire::Sse      ? engine::Transport::Sse
                             : wire == Wire::Ndjson ? engine::Transport::Ndjson
                                                    : engine::Transport::WebSocket};
    m_engine->execute(engine::AddWatch{spec});
    for (int step = 0; step < 10 && !m_stream; ++step) {
        if (m_asked)
            answerSnapshot(shape);
        if (m_opened)
            answerStream(wire);
    }
    if (!m_engine->condition(1)->isLive)
        giveUp("the watch does not come alive");
}

void MemoryEngine::read(const std::string&, bool, Answer) { giveUp("a credential is asked for"); }

void MemoryEngine::answerSnapshot(const StreamShape& shape)
{
    const engine::RequestId id = *m_asked;
    m_asked.reset();
    const std::string body = snapshotJson(shape);
    engine::HttpHead head;
    head.status = 200;
    head.headers.push_back({"Content-Type", "application/json"});
    m_engine->httpHead(id, head);
    for (std::size_t at = 0; at < body.size(); at += limits::kReadChunkBytes)
        m_engine->httpBytes(id, std::string_view(body).substr(at, limits::kReadChunkBytes));
    m_engine->httpDone(id, Error{ErrorCode::None, {}, {}});
}

void MemoryEngine::answerStream(Wire wire)
{
    m_stream = m_opened;
    m_opened.reset();
    m_engine->streamOpened(*m_stream, {});
    feed(streamHead(wire, m_written) + framedHeartbeat(wire, 0));
}

void MemoryEngine::feed(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size(); at += limits::kReadChunkBytes) {
        const std::string_view piece = bytes.substr(at, limits::kReadChunkBytes);
        std::copy(piece.begin(), piece.end(), m_buffer.begin()); // as recv() does
        if (!m_stream)
            giveUp("the stream was closed");
        m_engine->streamBytes(*m_stream, {m_buffer.data(), piece.size()});
        m_now = m_now + std::chrono::microseconds(100);
    }
}

} // namespace wg::bench
