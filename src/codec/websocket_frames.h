// SPDX-License-Identifier: GPL-3.0-or-later
// WebSocket frames of a client: WebSocketDecoder reads a server's, appendClientFrame writes masked ones.
// Shape:  feed() calls the sink for each whole message and each control frame, in order.
// Limits: a message at most maxMessageBytes, checked against the announced length before anything is kept.
// Errors: feed() gives a fault and nothing more is delivered; closeCodeFor() says how to close then.
// Cost:   no copy of a message whose one frame lies wholly in the fed bytes; no allocation in steady state.
// Needs:  kPadding readable bytes after the fed bytes; every message view has them too.
// Source: RFC 6455 5 and 7.4. Taken in spite of it: lengths written longer than needed, close codes 1004, 1005, 1006
//         and 1015 on the wire (they are given as they are).
#pragma once

#include "base/limits.h"
#include "base/prng.h"
#include "codec/padded_buffer.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wg::codec
{

enum class WsOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

enum class WsFault : std::uint8_t {
    None,
    ReservedBits,
    UnknownOpcode,
    Masked,          ///< a server must not mask
    BadControl,      ///< a control frame that is fragmented or longer than 125 bytes
    BadContinuation, ///< continues nothing, or a new message begins inside one
    BadClose,        ///< a close payload of one byte or with a code that cannot be
    MessageTooLarge,
};
[[nodiscard]] std::string_view toSentence(WsFault fault) noexcept;
/// The code to close with after a fault.
[[nodiscard]] std::uint16_t closeCodeFor(WsFault fault) noexcept;

inline constexpr int kCloseWithoutCode = 1005;

class WsSink
{
public:
    /// Views are valid during the call. false: deliver nothing more.
    virtual bool wsMessage(std::string_view payload, bool isBinary, bool hasValidUtf8) = 0;
    virtual bool wsPing(std::string_view payload) = 0;
    virtual bool wsPong(std::string_view payload) = 0;
    /// kCloseWithoutCode where the frame names none. Nothing follows it. reason is valid UTF-8.
    virtual void wsClose(int code, std::string_view reason) = 0;

protected:
    ~WsSink() = default;
};

class WebSocketDecoder
{
public:
    explicit WebSocketDecoder(std::size_t maxMessageBytes = limits::kEventBytes)
        : m_maxBytes(maxMessageBytes)
    {
    }

    WsFault feed(std::string_view bytes, WsSink& sink);
    /// A message has begun and is not whole.
    [[nodiscard]] bool isMidMessage() const noexcept;

private:
    struct Frame {
        WsOpcode opcode = WsOpcode::Continuation;
        bool isFinal = false;
        std::uint64_t length = 0;
        [[nodiscard]] bool isControl() const noexcept { return opcode >= WsOpcode::Close; }
    };

    [[nodiscard]] bool takeHeader(std::string_view& in);
    void openFrame(const unsigned char* header, std::size_t size);
    void takePayload(std::string_view& in, WsSink& sink);
    void finishFrame(std::string_view payload, bool isWholeMessage, WsSink& sink);
    void finishControl(std::string_view payload, WsSink& sink);
    void finishClose(std::string_view payload, WsSink& sink);
    void stop(WsFault fault) noexcept;

    static constexpr std::size_t kMaxHeader = 10;

    std::size_t m_maxBytes;
    Frame m_frame;
    std::uint64_t m_left = 0; ///< payload of the frame in hand that has not come
    std::array<unsigned char, kMaxHeader> m_header{};
    std::size_t m_headerSize = 0;
    PaddedBuffer m_message;
    PaddedBuffer m_control;
    bool m_isInFrame = false;
    bool m_isInMessage = false; ///< between a first fragment and its last
    bool m_isBinary = false;
    bool m_isStopped = false;
    WsFault m_fault = WsFault::None;
};

/// Appends one final, masked frame.
void appendClientFrame(WsOpcode opcode, std::string_view payload, Prng& prng, std::string& out);
/// Appends a close frame; the reason is cut at a character so that it fits into 123 bytes.
void appendClientClose(std::uint16_t code, std::string_view reason, Prng& prng, std::string& out);

} // namespace wg::codec
