// SPDX-License-Identifier: GPL-3.0-or-later
// WebSocket frames, the server's side: appending frames to a batch, and reading a client's masked frames from any chunks.
// Limits: a client message has at most kMessageBytes.
// Errors: a close code (1002, 1003, 1007, 1009) and a reason.
// Source: RFC 6455 5-7.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wg::gateway {

inline constexpr std::size_t kMessageBytes = 64 * 1024;

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

void appendFrame(std::string& out, Opcode opcode, std::string_view payload);
void appendCloseFrame(std::string& out, std::uint16_t code, std::string_view reason);
/// Puts a text frame's head before the payload that stands at out[start..]; reserveFrameHead must have made the place.
/// Lets a payload be written straight into the batch.
[[nodiscard]] std::size_t reserveFrameHead(std::string& out);
void closeTextFrame(std::string& out, std::size_t start);

class FrameReader {
public:
    struct Message {
        Opcode opcode = Opcode::Text; ///< Text, Close, Ping or Pong
        std::string payload;
        std::uint16_t closeCode = 0;  ///< Close: 1005 where the peer gave none
    };
    enum class Read : std::uint8_t { Message, NeedMore, Bad };

    void append(std::string_view bytes) { m_bytes += bytes; }
    [[nodiscard]] Read next(Message& out);
    [[nodiscard]] std::uint16_t errorCode() const noexcept { return m_errorCode; }
    [[nodiscard]] std::string_view errorReason() const noexcept { return m_errorReason; }

private:
    Read bad(std::uint16_t code, std::string_view reason);
    Read control(Opcode opcode, std::string payload, Message& out);
    Read fragment(Opcode opcode, bool isFinal, std::string payload, Message& out, bool& isWhole);

    std::string m_bytes;
    std::size_t m_at = 0;
    std::string m_message;
    bool m_isInMessage = false;
    std::uint16_t m_errorCode = 0;
    std::string_view m_errorReason;
};

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key.
[[nodiscard]] std::string acceptKey(std::string_view key);

} // namespace wg::gateway
