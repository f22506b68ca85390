// SPDX-License-Identifier: GPL-3.0-or-later
// HttpCall: one HTTP request with a deadline and a bounded, padded body.
// Shape:  begin(), then the sink hears callHead() and callDone() once each; a call may be begun again after that.
// Limits: the caller's maxBytes; meeting it ends the call with TooLarge. Thread: the engine's.
#pragma once

#include "engine/link.h"

namespace wg::engine {

class HttpCall;

class HttpCallSink {
public:
    virtual ~HttpCallSink() = default;
    /// True: every chunk of the body goes to callBytes() and none is gathered.
    virtual bool callHead(HttpCall&, const HttpHead&, Instant) { return false; }
    virtual void callBytes(HttpCall&, std::string_view, Instant) {}
    virtual void callDone(HttpCall& call, const Error& error, Instant now) = 0;
};

class HttpCall final : private HttpOwner {
public:
    HttpCall(WatchHost& host, HttpCallSink& sink) : m_host(host), m_sink(sink) {}
    ~HttpCall() override { cancel(); }

    void begin(const Departure& departure, Instant now, Duration deadline, std::size_t maxBytes);
    void cancel();
    void tick(Instant now);
    [[nodiscard]] bool isRunning() const noexcept { return m_id != 0; }
    [[nodiscard]] std::optional<Instant> nextDeadline() const { return m_deadline; }
    [[nodiscard]] const HttpHead& head() const noexcept { return m_head; }
    [[nodiscard]] Instant begunAt() const noexcept { return m_begunAt; }
    /// What was gathered; 64 readable bytes follow.
    [[nodiscard]] std::string_view body() const noexcept { return {m_body.data(), m_size}; }
    /// A header field of the answer, case-insensitive.
    [[nodiscard]] std::string_view header(std::string_view name) const;

private:
    void httpHead(const HttpHead& head, Instant now) override;
    void httpBytes(std::string_view bytes, Instant now) override;
    void httpDone(const Error& error, Instant now) override;
    void finish(const Error& error, Instant now);

    WatchHost& m_host;
    HttpCallSink& m_sink;
    RequestId m_id = 0;
    HttpHead m_head;
    std::string m_body;
    std::size_t m_size = 0, m_maxBytes = 0;
    bool m_isStreamed = false;
    Instant m_begunAt;
    std::optional<Instant> m_deadline;
};

/// The same head for the decision tables.
[[nodiscard]] protocol::ResponseHead responseHead(const HttpHead& head);

} // namespace wg::engine
