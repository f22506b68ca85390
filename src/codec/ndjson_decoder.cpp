// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/ndjson_decoder.h"

#include "codec/utf8.h"

#include <cstring>

namespace wg::codec
{

namespace
{

bool isBlank(std::string_view line) noexcept
{
    for (const char c : line)
        if (c != ' ' && c != '\t' && c != '\r')
            return false;
    return true;
}

} // namespace

DecodeFault NdjsonDecoder::feed(std::string_view bytes, NdjsonSink& sink)
{
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at < end && !m_isStopped) {
        const auto left = static_cast<std::size_t>(end - at);
        const char* const stop = static_cast<const char*>(std::memchr(at, '\n', left));
        const std::size_t length = stop ? static_cast<std::size_t>(stop - at) : left;
        // One byte more, for a CR that is not part of the line.
        if (m_line.size() + length > m_maxBytes + 1) {
            fail();
            break;
        }
        if (!stop) {
            m_line.append({at, length});
            break;
        }
        if (m_line.isEmpty()) {
            takeLine({at, length}, sink);
        } else {
            m_line.append({at, length});
            takeLine(m_line.view(), sink);
            m_line.clear();
        }
        at = stop + 1;
    }
    return m_fault;
}

bool NdjsonDecoder::finish() noexcept
{
    const bool isCut = m_fault != DecodeFault::None || (!m_isStopped && !isBlank(m_line.view()));
    m_isStopped = true;
    return isCut;
}

void NdjsonDecoder::takeLast(NdjsonSink& sink)
{
    if (!m_isStopped && !m_line.isEmpty())
        takeLine(m_line.view(), sink);
    m_line.clear();
    m_isStopped = true;
}

void NdjsonDecoder::takeLine(std::string_view line, NdjsonSink& sink)
{
    if (m_isFirstLine) {
        m_isFirstLine = false;
        if (line.substr(0, 3) == "\xEF\xBB\xBF")
            line.remove_prefix(3);
    }
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    if (line.size() > m_maxBytes) {
        fail();
        return;
    }
    if (line.empty() || (line.front() <= ' ' && isBlank(line)))
        return;
    if (!sink.ndjsonLine(line, isValidUtf8Padded(line)))
        m_isStopped = true;
}

void NdjsonDecoder::fail() noexcept
{
    m_fault = DecodeFault::LineTooLong;
    m_isStopped = true;
}

} // namespace wg::codec
