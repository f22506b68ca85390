// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/websocket_frames.h"

#include "codec/utf8.h"

#include <algorithm>
#include <cstring>

namespace wg::codec
{

namespace
{

constexpr std::size_t kMaxControl = 125;

/// Bytes of a header whose second byte is given (a server's: no mask).
constexpr std::size_t headerSize(unsigned char second) noexcept
{
    const unsigned length = second & 0x7F;
    return length == 127 ? 10 : length == 126 ? 4 : 2;
}

constexpr bool isKnownOpcode(unsigned opcode) noexcept
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

} // namespace

std::string_view toSentence(WsFault fault) noexcept
{
    switch (fault) {
    case WsFault::None: break;
    case WsFault::ReservedBits: return "The server sent a WebSocket frame with reserved bits set.";
    case WsFault::UnknownOpcode: return "The server sent a WebSocket frame of an unknown kind.";
    case WsFault::Masked: return "The server sent a masked WebSocket frame.";
    case WsFault::BadControl: return "The server sent a WebSocket control frame that is fragmented or too long.";
    case WsFault::BadContinuation: return "The server sent WebSocket fragments out of order.";
    case WsFault::BadClose: return "The server sent a WebSocket close frame that cannot be read.";
    case WsFault::MessageTooLarge: return "A WebSocket message is larger than the limit.";
    }
    return {};
}

std::uint16_t closeCodeFor(WsFault fault) noexcept
{
    return fault == WsFault::MessageTooLarge ? 1009 : 1002;
}

WsFault WebSocketDecoder::feed(std::string_view bytes, WsSink& sink)
{
    while (!m_isStopped) {
        if (!m_isInFrame && (bytes.empty() || !takeHeader(bytes)))
            break;
        if (m_isStopped || (m_left > 0 && bytes.empty()))
            break;
        takePayload(bytes, sink);
    }
    return m_fault;
}

bool WebSocketDecoder::isMidMessage() const noexcept
{
    return m_isInMessage || m_headerSize > 0 || (m_isInFrame && !m_frame.isControl());
}

/// True once a header is whole: openFrame has judged it then.
bool WebSocketDecoder::takeHeader(std::string_view& in)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(in.data());
    if (m_headerSize == 0 && in.size() >= 2 && in.size() >= headerSize(bytes[1])) {
        const std::size_t size = headerSize(bytes[1]);
        in.remove_prefix(size);
        openFrame(bytes, size);
        return true;
    }
    while (!in.empty()) {
        m_header[m_headerSize++] = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        if (m_headerSize >= 2 && m_headerSize == headerSize(m_header[1])) {
            openFrame(m_header.data(), m_headerSize);
            m_headerSize = 0;
            return true;
        }
    }
    return false;
}

void WebSocketDecoder::openFrame(const unsigned char* header, std::size_t size)
{
    const unsigned opcode = header[0] & 0x0F;
    if (header[0] & 0x70)
        return stop(WsFault::ReservedBits);
    if (!isKnownOpcode(opcode))
        return stop(WsFault::UnknownOpcode);
    if (header[1] & 0x80)
        return stop(WsFault::Masked);
    m_frame.opcode = static_cast<WsOpcode>(opcode);
    m_frame.isFinal = (header[0] & 0x80) != 0;
    m_frame.length = header[1] & 0x7F;
    if (size > 2) {
        m_frame.length = 0;
        for (std::size_t i = 2; i < size; ++i)
            m_frame.length = m_frame.length << 8 | header[i];
    }
    if (m_frame.isControl()) {
        if (!m_frame.isFinal || m_frame.length > kMaxControl)
            return stop(WsFault::BadControl);
    } else {
        if ((m_frame.opcode == WsOpcode::Continuation) != m_isInMessage)
            return stop(WsFault::BadContinuation);
        if (m_frame.length > m_maxBytes || m_message.size() + m_frame.length > m_maxBytes)
            return stop(WsFault::MessageTooLarge);
        if (m_frame.opcode != WsOpcode::Continuation)
            m_isBinary = m_frame.opcode == WsOpcode::Binary;
    }
    m_left = m_frame.length;
    m_isInFrame = true;
}

void WebSocketDecoder::takePayload(std::string_view& in, WsSink& sink)
{
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, in.size()));
    const std::string_view piece = in.substr(0, taken);
    in.remove_prefix(taken);
    const bool isWhole = taken == m_frame.length;
    m_left -= taken;
    PaddedBuffer& kept = m_frame.isControl() ? m_control : m_message;
    const bool isAlone = isWhole && (m_frame.isControl() || (m_frame.isFinal && !m_isInMessage));
    if (!isAlone)
        kept.append(piece);
    if (m_left > 0)
        return;
    m_isInFrame = false;
    if (m_frame.isControl()) {
        finishControl(isAlone ? piece : kept.view(), sink);
        m_control.clear();
    } else {
        finishFrame(isAlone ? piece : kept.view(), m_frame.isFinal, sink);
    }
}

void WebSocketDecoder::finishFrame(std::string_view payload, bool isWholeMessage, WsSink& sink)
{
    m_isInMessage = !isWholeMessage;
    if (!isWholeMessage)
        return;
    if (!sink.wsMessage(payload, m_isBinary, m_isBinary || isValidUtf8Padded(payload)))
        stop(WsFault::None);
    m_message.clear();
}

void WebSocketDecoder::finishControl(std::string_view payload, WsSink& sink)
{
    if (m_frame.opcode == WsOpcode::Close)
        finishClose(payload, sink);
    else if (!(m_frame.opcode == WsOpcode::Ping ? sink.wsPing(payload) : sink.wsPong(payload)))
        stop(WsFault::None);
}

void WebSocketDecoder::finishClose(std::string_view payload, WsSink& sink)
{
    if (payload.empty()) {
        stop(WsFault::None);
        sink.wsClose(kCloseWithoutCode, {});
        return;
    }
    const int code =
        payload.size() < 2 ? 0 : static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    if (code < 1000 || code > 4999)
        return stop(WsFault::BadClose);
    stop(WsFault::None);
    PaddedBuffer reason;
    appendRepairedUtf8(payload.substr(2), reason);
    sink.wsClose(code, reason.view());
}

void WebSocketDecoder::stop(WsFault fault) noexcept
{
    m_fault = fault;
    m_isStopped = true;
}

void appendClientFrame(WsOpcode opcode, std::string_view payload, Prng& prng, std::string& out)
{
    out.push_back(static_cast<char>(0x80 | static_cast<unsigned>(opcode)));
    const std::uint64_t length = payload.size();
    const int lengthBytes = length < 126 ? 0 : length <= 0xFFFF ? 2 : 8;
    out.push_back(static_cast<char>(0x80 | (lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127)));
    for (int i = lengthBytes - 1; i >= 0; --i)
        out.push_back(static_cast<char>(length >> (8 * i) & 0xFF));
    const auto key = static_cast<std::uint32_t>(prng.next());
    std::array<char, 4> mask{};
    std::memcpy(mask.data(), &key, mask.size());
    out.append(mask.data(), mask.size());
    const std::size_t start = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[start + i] = static_cast<char>(out[start + i] ^ mask[i & 3]);
}

void appendClientClose(std::uint16_t code, std::string_view reason, Prng& prng, std::string& out)
{
    std::size_t size = std::min<std::size_t>(reason.size(), kMaxControl - 2);
    while (size < reason.size() && size > 0 && (static_cast<unsigned char>(reason[size]) & 0xC0) == 0x80)
        --size;
    std::string payload;
    payload.push_back(static_cast<char>(code >> 8));
    payload.push_back(static_cast<char>(code & 0xFF));
    payload.append(reason.substr(0, size));
    appendClientFrame(WsOpcode::Close, payload, prng, out);
}

} // namespace wg::codec
