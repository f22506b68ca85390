// SPDX-License-Identifier: GPL-3.0-or-later
// NdjsonDecoder: bytes to lines, in any chunking. A line ends with LF or CRLF; blank lines are keep-alives and give
//         nothing; a byte order mark at the start is skipped.
// Shape:  a last line without its newline is an unfinished unit: finish() throws it away and says so. A caller that
//         knows the input to be whole (a file, a body of known length) takes it with takeLast() instead.
// Limits: a line at most maxLineBytes; above it feed() gives a fault and nothing more is delivered.
// Cost:   no copy of a line that lies wholly in the fed bytes; no allocation in steady state.
// Needs:  kPadding readable bytes after the fed bytes; every line view has them too.
#pragma once

#include "base/limits.h"
#include "codec/decode_fault.h"
#include "codec/padded_buffer.h"

#include <string_view>

namespace wg::codec
{

class NdjsonSink
{
public:
    /// The view is valid during the call. false: deliver nothing more.
    virtual bool ndjsonLine(std::string_view line, bool hasValidUtf8) = 0;

protected:
    ~NdjsonSink() = default;
};

class NdjsonDecoder
{
public:
    explicit NdjsonDecoder(std::size_t maxLineBytes = limits::kEventBytes)
        : m_maxBytes(maxLineBytes)
    {
    }

    DecodeFault feed(std::string_view bytes, NdjsonSink& sink);
    /// End of the stream: true if an unfinished line or one above the limit was thrown away.
    bool finish() noexcept;
    /// End of an input that is known to be whole: delivers the last line if it had no newline.
    void takeLast(NdjsonSink& sink);

private:
    void takeLine(std::string_view line, NdjsonSink& sink);
    void fail() noexcept;

    std::size_t m_maxBytes;
    PaddedBuffer m_line;
    bool m_isFirstLine = true;
    bool m_isStopped = false;
    DecodeFault m_fault = DecodeFault::None;
};

} // namespace wg::codec
