// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/http1_request.h"

#include "codec/http_field.h"

namespace wg::codec
{

namespace
{

bool isTarget(std::string_view text) noexcept
{
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
            return false;
    return !text.empty() && text.front() == '/';
}

} // namespace

Http1Request::Http1Request(std::string_view target, std::string_view host)
{
    if (!isTarget(target))
        m_fault = "The path of the address holds a space, a control character or text that is not percent-encoded.";
    m_text.append("GET ").append(target).append(" HTTP/1.1\r\n");
    add("Host", host);
}

void Http1Request::add(std::string_view name, std::string_view value)
{
    if (!isHttpToken(name)) {
        m_fault = "A header name holds a character that is not allowed there.";
        return;
    }
    if (!isHttpFieldValue(value)) {
        m_fault = "The header " + std::string(name) + " holds a line break or another control character.";
        return;
    }
    m_text.append(name).append(": ").append(value).append("\r\n");
}

std::string Http1Request::take() &&
{
    m_text.append("\r\n");
    return std::move(m_text);
}

bool isFramingField(std::string_view name) noexcept
{
    for (const std::string_view each :
         {"Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Expect",
          "Accept-Encoding", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Extensions", "Sec-WebSocket-Accept"})
        if (equalsIgnoringCase(name, each))
            return true;
    return false;
}

} // namespace wg::codec
