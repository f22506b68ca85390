// SPDX-License-Identifier: GPL-3.0-or-later
// PollLink: one request after the other. Long poll: each held by the server until there is news. Poll: a conditional
// snapshot at an interval (ETag, 304).
// Limits: long poll: the hold time + 10 s an answer; poll: 30 s to the first byte, then progress every 15 s.
// Source: PROTOCOL 3 and 5.7 of this project; RFC 9110 13 (conditional requests).
#pragma once

#include "engine/http_call.h"

namespace wg::engine {

class PollLink final : public Link, private HttpCallSink {
public:
    struct Rhythm {
        bool isLongPoll = true;
        Duration hold = std::chrono::seconds(30);    ///< long poll: how long the server may hold a request
        Duration interval = std::chrono::seconds(5); ///< poll: from one answer to the next request
        /// Long poll of a source that need not hold requests: a quick answer waits for interval instead of being a failure.
        bool mayAnswerAtOnce = false;
    };
    PollLink(WatchHost& host, LinkSink& sink, const Rhythm& rhythm, sync::FoldPatches fold);

    void start(Instant now) override;
    void drop(Instant now) override;
    void tick(Instant now) override;
    [[nodiscard]] std::optional<Instant> nextDeadline() const override;
    [[nodiscard]] bool excusesSilence() const noexcept override { return m_sink != nullptr; }

private:
    bool callHead(HttpCall& call, const HttpHead& head, Instant now) override;
    void callBytes(HttpCall& call, std::string_view bytes, Instant now) override;
    void callDone(HttpCall& call, const Error& error, Instant now) override;
    void ask(Instant now);
    void fail(const Error& error, Instant now);
    void refuse(Instant now);
    void answered(Instant now);
    void again(Instant now, bool hadNews);
    [[nodiscard]] bool hasValidator() const;

    WatchHost& m_host;
    LinkSink* m_sink;
    Rhythm m_rhythm;
    sync::FoldPatches m_fold;
    HttpCall m_call;
    std::unique_ptr<dialect::SnapshotReader> m_reader; ///< poll, while a snapshot comes in
    std::optional<Instant> m_progressBy;
    std::optional<Instant> m_askAt;
    bool m_isHeld = false;    ///< the request under way asked to be held
    bool m_hasAnswer = false; ///< the first answer has come: from now on requests are held
};

} // namespace wg::engine
