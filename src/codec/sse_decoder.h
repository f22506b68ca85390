// SPDX-License-Identifier: GPL-3.0-or-later
// SseDecoder: bytes of a text/event-stream body to events, in any chunking.
// Shape:  feed() calls the sink for each event as soon as its blank line is seen (a CR ends a line at once).
//         finish() drops the unfinished block. One decoder reads one connection; hand lastEventId() to the next.
// Limits: data of an event and each line at most maxEventBytes (a line may be longer by its field name);
//         above it feed() gives a fault and nothing more is delivered.
// Cost:   no copy of an event that lies wholly in the fed bytes; no allocation in steady state.
// Needs:  kPadding readable bytes after the fed bytes; every data view has them too.
// Source: WHATWG HTML 9.2.5 and 9.2.6; as browsers do, the last event ID of the connection before is kept.
#pragma once

#include "base/limits.h"
#include "codec/decode_fault.h"
#include "codec/padded_buffer.h"

#include <optional>
#include <string_view>

namespace wg::codec
{

struct SseEvent {
    std::string_view type; ///< "message" where none was given
    std::string_view data;
    std::string_view lastEventId; ///< as it stands at dispatch
    bool hasValidUtf8 = true;     ///< false: U+FFFD stands for bytes that were not UTF-8
};

class SseSink
{
public:
    /// Views are valid during the call. false: deliver nothing more.
    virtual bool sseEvent(const SseEvent& event) = 0;
    /// A retry field, in milliseconds, where it stands in the stream.
    virtual void sseRetry(double ms) = 0;

protected:
    ~SseSink() = default;
};

class SseDecoder
{
public:
    explicit SseDecoder(std::string_view lastEventId = {}, std::size_t maxEventBytes = limits::kEventBytes);

    DecodeFault feed(std::string_view bytes, SseSink& sink);
    /// End of the stream: true if an unfinished block (more than comments) or one above the limit was thrown away.
    bool finish() noexcept;

    [[nodiscard]] std::string_view lastEventId() const noexcept { return m_lastId.view(); }

private:
    [[nodiscard]] bool skipByteOrderMark(std::string_view& bytes);
    [[nodiscard]] const char* finishPartialLine(const char* at, const char* end, SseSink& sink);
    [[nodiscard]] const char* afterLineEnd(const char* at, const char* end) noexcept;
    void takeLine(std::string_view line, bool hasHighBytes, SseSink& sink);
    void takeField(std::string_view name, std::string_view value, bool isValid, SseSink& sink);
    void addData(std::string_view value, bool isValid);
    void dispatch(SseSink& sink);
    void keepRest(std::string_view rest);

    static constexpr std::size_t kFieldNameBytes = 16;

    std::size_t m_maxBytes;
    HeldText m_data;
    HeldText m_type;
    HeldText m_id;                ///< of the block in hand
    HeldText m_lastId;            ///< committed at the last blank line
    PaddedBuffer m_line;          ///< a line whose end has not come
    std::uint8_t m_markBytes = 0; ///< bytes of the byte order mark seen at the start
    bool m_isAtStart = true;
    bool m_hasData = false;
    bool m_hasId = false;
    bool m_hasType = false;
    bool m_isBlockValid = true;
    bool m_skipsLf = false;
    bool m_isStopped = false;
    DecodeFault m_fault = DecodeFault::None;
};

} // namespace wg::codec
