// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http_call.h"

#include "codec/http_field.h"

namespace wg::engine {

namespace {
constexpr std::size_t kPadding = 64;
} // namespace

void HttpCall::begin(const Departure& departure, Instant now, Duration deadline, std::size_t maxBytes)
{
    cancel();
    m_head = {};
    m_size = 0;
    m_maxBytes = maxBytes;
    m_isStreamed = false;
    m_begunAt = now;
    m_deadline.reset();
    if (deadline > Duration::zero())
        m_deadline = now + deadline;
    HttpRequest request;
    request.url = departure.url;
    request.headers = departure.headers;
    request.tls = departure.tls;
    request.proxy = departure.proxy;
    m_id = m_host.request(request, *this);
}

void HttpCall::cancel()
{
    if (m_id != 0)
        m_host.abortRequest(m_id);
    m_id = 0;
    m_deadline.reset();
}

void HttpCall::tick(Instant now)
{
    if (!m_deadline || now < *m_deadline || m_id == 0)
        return;
    m_host.abortRequest(m_id);
    finish({ErrorCode::Timeout, "No answer came in time.", {}}, now);
}

std::string_view HttpCall::header(std::string_view name) const
{
    for (const Header& field : m_head.headers)
        if (codec::equalsIgnoringCase(field.name, name))
            return field.value;
    return {};
}

void HttpCall::httpHead(const HttpHead& head, Instant now)
{
    m_head = head;
    m_isStreamed = m_sink.callHead(*this, m_head, now);
}

void HttpCall::httpBytes(std::string_view bytes, Instant now)
{
    if (m_isStreamed)
        return m_sink.callBytes(*this, bytes, now);
    if (m_size + bytes.size() > m_maxBytes) {
        m_host.abortRequest(m_id);
        return finish({ErrorCode::TooLarge, "The answer is larger than " + std::to_string(m_maxBytes / limits::kKiB) + " KiB.", {}}, now);
    }
    m_body.resize(m_size);
    m_body.append(bytes);
    m_size = m_body.size();
    m_body.append(kPadding, '\0');
}

void HttpCall::httpDone(const Error& error, Instant now) { finish(error, now); }

void HttpCall::finish(const Error& error, Instant now)
{
    m_id = 0;
    m_deadline.reset();
    if (m_size == 0)
        m_body.assign(kPadding, '\0');
    m_sink.callDone(*this, error, now);
}

protocol::ResponseHead responseHead(const HttpHead& head)
{
    protocol::ResponseHead out;
    out.status = head.status;
    for (const Header& field : head.headers)
        out.headers.push_back({field.name, field.value});
    return out;
}

} // namespace wg::engine
