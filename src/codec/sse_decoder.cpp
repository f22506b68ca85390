// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/sse_decoder.h"

#include "codec/text_scan.h"
#include "codec/utf8.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace wg::codec
{

namespace
{

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Digits only; the empty text is no number (browsers keep the older value).
std::optional<double> parseRetry(std::string_view value) noexcept
{
    if (value.empty())
        return {};
    double ms = 0;
    for (const char c : value) {
        if (c < '0' || c > '9')
            return {};
        ms = ms * 10 + (c - '0');
    }
    return std::min(ms, std::numeric_limits<double>::max());
}

} // namespace

SseDecoder::SseDecoder(std::string_view lastEventId, std::size_t maxEventBytes)
    : m_maxBytes(maxEventBytes)
{
    m_lastId.own().append(lastEventId);
}

DecodeFault SseDecoder::feed(std::string_view bytes, SseSink& sink)
{
    if (m_isStopped || bytes.empty())
        return m_fault;
    if (m_isAtStart && !skipByteOrderMark(bytes))
        return m_fault;
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    if (m_skipsLf && at < end) {
        m_skipsLf = false;
        if (*at == '\n')
            ++at;
    }
    if (!m_line.isEmpty())
        at = finishPartialLine(at, end, sink);
    while (at < end && !m_isStopped) {
        if (*at == '\n' || *at == '\r') {
            dispatch(sink);
            at = afterLineEnd(at, end);
            continue;
        }
        bool hasHighBytes = false;
        const char* const stop = findLineEnd(at, end, hasHighBytes);
        if (stop == end) {
            keepRest({at, static_cast<std::size_t>(end - at)});
            return m_fault;
        }
        takeLine({at, static_cast<std::size_t>(stop - at)}, hasHighBytes, sink);
        at = afterLineEnd(stop, end);
    }
    keepRest({});
    return m_fault;
}

bool SseDecoder::finish() noexcept
{
    const std::string_view line = m_line.view();
    const bool isCut =
        m_fault != DecodeFault::None || m_hasData || m_hasId || m_hasType || (!line.empty() && line.front() != ':');
    m_isStopped = true;
    return isCut;
}

/// False while the fed bytes may still be the beginning of a byte order mark.
bool SseDecoder::skipByteOrderMark(std::string_view& bytes)
{
    while (!bytes.empty() && m_markBytes < kByteOrderMark.size() && bytes.front() == kByteOrderMark[m_markBytes]) {
        ++m_markBytes;
        bytes.remove_prefix(1);
    }
    if (bytes.empty() && m_markBytes < kByteOrderMark.size())
        return false;
    m_isAtStart = false;
    if (m_markBytes > 0 && m_markBytes < kByteOrderMark.size())
        m_line.append(kByteOrderMark.substr(0, m_markBytes));
    return true;
}

const char* SseDecoder::finishPartialLine(const char* at, const char* end, SseSink& sink)
{
    bool hasHighBytes = true; // of the part that came before nothing is known
    const char* const stop = findLineEnd(at, end, hasHighBytes);
    const auto more = static_cast<std::size_t>(stop - at);
    if (m_line.size() + more > m_maxBytes + kFieldNameBytes) {
        m_fault = DecodeFault::LineTooLong;
        m_isStopped = true;
        return end;
    }
    m_line.append({at, more});
    if (stop == end)
        return end;
    takeLine(m_line.view(), hasHighBytes, sink);
    // The line's bytes are borrowed from m_line, which is written to again: the block keeps its own copy.
    m_data.hold();
    m_type.hold();
    m_id.hold();
    m_line.clear();
    return afterLineEnd(stop, end);
}

const char* SseDecoder::afterLineEnd(const char* at, const char* end) noexcept
{
    if (*at++ == '\n')
        return at;
    if (at == end)
        m_skipsLf = true;
    else if (*at == '\n')
        ++at;
    return at;
}

void SseDecoder::takeLine(std::string_view line, bool hasHighBytes, SseSink& sink)
{
    if (line.size() > m_maxBytes + kFieldNameBytes) {
        m_fault = DecodeFault::LineTooLong;
        m_isStopped = true;
        return;
    }
    const bool isValid = !hasHighBytes || isValidUtf8(line);
    // The common fields by their first bytes; what is not one of them has no effect.
    const auto is = [line](std::string_view name) {
        return line.size() >= name.size() && std::memcmp(line.data(), name.data(), name.size()) == 0 &&
               (line.size() == name.size() || line[name.size()] == ':');
    };
    std::size_t nameBytes = 0;
    switch (line.front()) {
    case 'd': nameBytes = is("data") ? 4 : 0; break;
    case 'e': nameBytes = is("event") ? 5 : 0; break;
    case 'i': nameBytes = is("id") ? 2 : 0; break;
    case 'r': nameBytes = is("retry") ? 5 : 0; break;
    default: break;
    }
    if (nameBytes == 0)
        return;
    std::string_view value = line.substr(nameBytes);
    if (!value.empty())
        value.remove_prefix(1);
    if (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    takeField(line.substr(0, nameBytes), value, isValid, sink);
}

void SseDecoder::takeField(std::string_view name, std::string_view value, bool isValid, SseSink& sink)
{
    const auto set = [isValid, value](HeldText& field) {
        field.clear();
        if (isValid)
            field.borrow(value);
        else
            appendRepairedUtf8(value, field.own());
    };
    if (!isValid)
        m_isBlockValid = false;
    if (name.front() == 'd') {
        addData(value, isValid);
    } else if (name.front() == 'e') {
        set(m_type);
        m_hasType = true;
    } else if (name.front() == 'i') {
        if (value.find('\0') != std::string_view::npos)
            return;
        set(m_id);
        m_hasId = true;
    } else if (const auto ms = parseRetry(value)) {
        sink.sseRetry(*ms);
    }
}

void SseDecoder::addData(std::string_view value, bool isValid)
{
    const std::size_t before = m_hasData ? m_data.view().size() + 1 : 0;
    if (before + value.size() > m_maxBytes) {
        m_fault = DecodeFault::EventTooLarge;
        m_isStopped = true;
        return;
    }
    if (!m_hasData && isValid) {
        m_data.borrow(value);
    } else {
        PaddedBuffer& own = m_data.own();
        if (m_hasData)
            own.append('\n');
        if (isValid)
            own.append(value);
        else
            appendRepairedUtf8(value, own);
    }
    m_hasData = true;
}

void SseDecoder::dispatch(SseSink& sink)
{
    if (m_hasId) {
        if (m_id.isOwned())
            std::swap(m_lastId, m_id);
        else
            m_lastId.borrow(m_id.view());
        m_id.clear();
        m_hasId = false;
    }
    if (m_hasData) {
        const std::string_view type = m_type.view();
        const SseEvent event{type.empty() ? std::string_view("message") : type, m_data.view(), m_lastId.view(),
                             m_isBlockValid};
        if (!sink.sseEvent(event))
            m_isStopped = true;
        m_data.clear();
        m_hasData = false;
    }
    if (m_hasType) {
        m_type.clear();
        m_hasType = false;
    }
    m_isBlockValid = true;
}

/// End of the fed bytes: what is not finished becomes our own.
void SseDecoder::keepRest(std::string_view rest)
{
    m_lastId.hold();
    if (m_hasData)
        m_data.hold();
    if (m_hasType)
        m_type.hold();
    if (m_hasId)
        m_id.hold();
    if (m_isStopped)
        return;
    if (rest.size() > m_maxBytes + kFieldNameBytes) {
        m_fault = DecodeFault::LineTooLong;
        m_isStopped = true;
        return;
    }
    m_line.append(rest);
}

} // namespace wg::codec
