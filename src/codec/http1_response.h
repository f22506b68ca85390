// SPDX-License-Identifier: GPL-3.0-or-later
// Http1Response: reads one HTTP/1.1 response out of a byte stream, in any chunking.
// Shape:  call next() until it says NeedMore; it takes what it used off the front of `in`. Interim (1xx) answers are
//         skipped, except 101, which is final: what follows it in `in` belongs to the new protocol.
//         finish() tells what the end of the connection means.
// Limits: kHttpHeadBytes and kHttpHeaderLines for the head (each, interim ones too), the same for trailers;
//         a chunk line at most kChunkLineBytes.
// Errors: Failed with a sentence in fault(). Bad framing is never guessed at.
// Cost:   body bytes are handed out as views into the fed bytes; nothing is allocated after the head.
// Source: RFC 9112 (LF without CR is taken as a line end, 2.2; obs-fold becomes a space, 5.2; 6.3 body length).
#pragma once

#include "base/limits.h"
#include "codec/http_field.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wg::codec
{

struct HttpHead {
    int status = 0;
    int minorVersion = 1;
    std::string reason;
    std::vector<HttpField> fields;

    /// First value of a field; empty if absent.
    [[nodiscard]] std::string_view field(std::string_view name) const noexcept;
};

enum class HttpStep : std::uint8_t { NeedMore, Head, Body, End, Failed };
enum class HttpFinish : std::uint8_t {
    Complete,  ///< the response had ended, or it ends with the connection
    Truncated, ///< it is cut: in the head, or short of its announced length
};
enum class HttpLength : std::uint8_t { None, Known, Chunked, UntilClose };

class Http1Response
{
public:
    /// Body: `body` is the next piece. Head and End come once each.
    HttpStep next(std::string_view& in, std::string_view& body);
    [[nodiscard]] HttpFinish finish() const noexcept;

    [[nodiscard]] const HttpHead& head() const noexcept { return m_head; }
    [[nodiscard]] bool isUpgraded() const noexcept { return m_state == State::Upgraded; }
    [[nodiscard]] HttpLength length() const noexcept { return m_length; }
    [[nodiscard]] const std::string& fault() const noexcept { return m_fault; }

private:
    enum class State : std::uint8_t {
        HeadLines,
        KnownBody,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        UntilClose,
        Ended,
        Upgraded,
        Failed
    };

    [[nodiscard]] bool takeLine(std::string_view& in, std::string_view& line, std::size_t maxBytes);
    // nullopt: go on with the next line or state.
    std::optional<HttpStep> readHeadLine(std::string_view line);
    std::optional<HttpStep> readChunkSize(std::string_view& in);
    std::optional<HttpStep> readChunkEnd(std::string_view& in);
    HttpStep takeBody(std::string_view& in, std::string_view& body, State whenDone);
    bool readStatusLine(std::string_view line);
    bool readFieldLine(std::string_view line);
    std::optional<HttpStep> finishHead();
    HttpStep readTrailers(std::string_view& in);
    bool chooseLength();
    bool readContentLength(bool& isPresent);
    bool readTransferEncoding(bool& isPresent, bool& isChunked);
    [[nodiscard]] HttpStep shortOrFailed() const noexcept;
    HttpStep fail(std::string sentence);

    static constexpr std::size_t kChunkLineBytes = 4096;
    static constexpr std::size_t kChunkSizeDigits = 16; ///< as many no longer make a size

    HttpHead m_head;
    std::string m_line; ///< a line whose end has not come
    std::size_t m_headBytes = 0;
    std::size_t m_lines = 0;
    std::uint64_t m_left = 0; ///< of the known body or the chunk in hand
    State m_state = State::HeadLines;
    HttpLength m_length = HttpLength::None;
    bool m_hasStatus = false;
    bool m_usesLineBuffer = false;
    std::string m_fault;
};

} // namespace wg::codec
