// SPDX-License-Identifier: GPL-3.0-or-later
// HttpRequests: whole HTTP requests (snapshots, discovery, long polls); engine::HttpPort by QNetworkAccessManager.
// Rules:  redirects are followed here, at most limits::kRedirects, never from https to http; on another origin only
//         headers that name nobody go along (kHarmless). No cookies, no cache, no HTTP/2, no login dialogue.
// Limits: limits::kSnapshotBytes of body after decompression, then ErrorCode::TooLarge; a slow reader holds back the
//         sender (bounded read buffer). A host allows six connections at a time for one access manager of Qt, and long
//         polls hold theirs, so busy ones get company (Lane).
// Errors: an answer with any status is a whole answer; httpDone carries an error only where the answer is not whole.
// Thread: the one it was made on, which runs an event loop. The sink is only called from that loop.
#pragma once

#include "engine/ports.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace wg::io {

class HttpRequests final : public engine::HttpPort {
public:
    HttpRequests();
    ~HttpRequests() override;
    /// Before the first request(); must outlive the requests.
    void setSink(engine::HttpSink& sink) { m_sink = &sink; }

    void request(engine::RequestId id, const engine::HttpRequest& request) override;
    void abort(engine::RequestId id) override;

private:
    class Exchange;
    struct Lane;
    Lane& laneFor(const engine::HttpRequest& request);

    engine::HttpSink* m_sink = nullptr;
    std::vector<char> m_buffer;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::unordered_map<engine::RequestId, std::shared_ptr<Exchange>> m_exchanges;
};

} // namespace wg::io
