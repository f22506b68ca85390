// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/frames.h"

#include <cstring>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <simdjson.h>

namespace wg::gateway {
namespace {

constexpr std::size_t kWidestHead = 10; ///< an unmasked head with a 64-bit length
constexpr std::size_t kMostControl = 125;
constexpr unsigned char kFinal = 0x80;

std::size_t writeHead(char* to, Opcode opcode, std::size_t size)
{
    to[0] = static_cast<char>(kFinal | static_cast<unsigned char>(opcode));
    if (size < 126) {
        to[1] = static_cast<char>(size);
        return 2;
    }
    const std::size_t width = size < 65536 ? 2 : 8;
    to[1] = static_cast<char>(width == 2 ? 126 : 127);
    for (std::size_t i = 0; i < width; ++i)
        to[2 + i] = static_cast<char>(size >> (8 * (width - 1 - i)));
    return 2 + width;
}

bool isSendableClose(unsigned code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

} // namespace

void appendFrame(std::string& out, Opcode opcode, std::string_view payload)
{
    char head[kWidestHead];
    out.append(head, writeHead(head, opcode, payload.size()));
    out += payload;
}

void appendCloseFrame(std::string& out, std::uint16_t code, std::string_view reason)
{
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    payload += reason.substr(0, kMostControl - 2);
    appendFrame(out, Opcode::Close, payload);
}

std::size_t reserveFrameHead(std::string& out)
{
    const std::size_t start = out.size();
    out.append(4, '\0'); // right for payloads of 126 bytes to 64 KiB: nearly all
    return start;
}

void closeTextFrame(std::string& out, std::size_t start)
{
    const std::size_t size = out.size() - start - 4;
    char head[kWidestHead];
    const std::size_t width = writeHead(head, Opcode::Text, size);
    out.replace(start, 4, head, width);
}

FrameReader::Read FrameReader::bad(std::uint16_t code, std::string_view reason)
{
    m_errorCode = code;
    m_errorReason = reason;
    return Read::Bad;
}

FrameReader::Read FrameReader::next(Message& out)
{
    for (;;) {
        const std::string_view rest = std::string_view(m_bytes).substr(m_at);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
        if (rest.size() < 2)
            break;
        if ((byte(0) & 0x70) != 0)
            return bad(1002, "reserved bits are set");
        if ((byte(1) & 0x80) == 0)
            return bad(1002, "a client's frame must be masked");
        const bool isFinal = (byte(0) & kFinal) != 0;
        const auto opcode = static_cast<Opcode>(byte(0) & 15);
        std::uint64_t size = byte(1) & 0x7F;
        std::size_t head = 2;
        if (size >= 126) {
            const std::size_t width = size == 126 ? 2 : 8;
            if (rest.size() < head + width)
                break;
            size = 0;
            for (std::size_t i = 0; i < width; ++i)
                size = size << 8 | byte(head + i);
            head += width;
        }
        const bool isControl = static_cast<unsigned char>(opcode) >= 8;
        if (isControl && (size > kMostControl || !isFinal))
            return bad(1002, "a control frame is too long or in parts");
        if (size > kMessageBytes || m_message.size() + size > kMessageBytes)
            return bad(1009, "a message has at most 64 KiB here");
        if (rest.size() < head + 4 + size)
            break;
        std::string payload(rest.substr(head + 4, size));
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ rest[head + (i & 3)]);
        m_at += head + 4 + size;
        if (isControl)
            return control(opcode, std::move(payload), out);
        bool isWhole = false;
        if (const Read read = fragment(opcode, isFinal, std::move(payload), out, isWhole); isWhole || read == Read::Bad)
            return read;
    }
    m_bytes.erase(0, m_at);
    m_at = 0;
    return Read::NeedMore;
}

FrameReader::Read FrameReader::fragment(Opcode opcode, bool isFinal, std::string payload, Message& out, bool& isWhole)
{
    if (opcode == Opcode::Binary)
        return bad(1003, "only text is understood");
    if (opcode != Opcode::Text && opcode != Opcode::Continuation)
        return bad(1002, "an opcode is unknown");
    if ((opcode == Opcode::Continuation) != m_isInMessage)
        return bad(1002, "fragments are out of order");
    m_message += payload;
    m_isInMessage = !isFinal;
    if (!isFinal)
        return Read::NeedMore;
    if (!simdjson::validate_utf8(m_message.data(), m_message.size()))
        return bad(1007, "text is not UTF-8");
    out.opcode = Opcode::Text;
    out.payload = std::move(m_message);
    m_message.clear();
    isWhole = true;
    return Read::Message;
}

FrameReader::Read FrameReader::control(Opcode opcode, std::string payload, Message& out)
{
    if (opcode != Opcode::Close && opcode != Opcode::Ping && opcode != Opcode::Pong)
        return bad(1002, "an opcode is unknown");
    out.opcode = opcode;
    out.closeCode = 1005;
    if (opcode == Opcode::Close && !payload.empty()) {
        const unsigned code = payload.size() < 2 ? 0
                                                 : static_cast<unsigned>(static_cast<unsigned char>(payload[0])) << 8
                                                       | static_cast<unsigned char>(payload[1]);
        if (!isSendableClose(code))
            return bad(1002, "a close code is not one that may be sent");
        if (!simdjson::validate_utf8(payload.data() + 2, payload.size() - 2))
            return bad(1007, "a close reason is not UTF-8");
        out.closeCode = static_cast<std::uint16_t>(code);
    }
    out.payload = std::move(payload);
    return Read::Message;
}

std::string acceptKey(std::string_view key)
{
    std::string text(key);
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    unsigned char encoded[32];
    const int size = EVP_EncodeBlock(encoded, digest, sizeof digest);
    return {reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)};
}

} // namespace wg::gateway
