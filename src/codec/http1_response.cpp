// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/http1_response.h"

#include <algorithm>
#include <cstring>

namespace wg::codec
{

namespace
{

constexpr int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

constexpr bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string_view HttpHead::field(std::string_view name) const noexcept
{
    for (const HttpField& each : fields)
        if (equalsIgnoringCase(each.name, name))
            return each.value;
    return {};
}

HttpStep Http1Response::next(std::string_view& in, std::string_view& body)
{
    for (;;) {
        std::optional<HttpStep> step;
        switch (m_state) {
        case State::HeadLines: {
            std::string_view line;
            step = takeLine(in, line, limits::kHttpHeadBytes) ? readHeadLine(line) : shortOrFailed();
            break;
        }
        case State::KnownBody: step = takeBody(in, body, State::KnownBody); break;
        case State::ChunkSize: step = readChunkSize(in); break;
        case State::ChunkData: step = takeBody(in, body, State::ChunkEnd); break;
        case State::ChunkEnd: step = readChunkEnd(in); break;
        case State::Trailers: step = readTrailers(in); break;
        case State::UntilClose:
            body = in;
            in = {};
            step = body.empty() ? HttpStep::NeedMore : HttpStep::Body;
            break;
        case State::Ended: in = {}; return HttpStep::NeedMore;
        case State::Upgraded: return HttpStep::NeedMore;
        case State::Failed: return HttpStep::Failed;
        }
        if (step)
            return *step;
    }
}

HttpFinish Http1Response::finish() const noexcept
{
    const bool isComplete = m_state == State::Ended || (m_state == State::KnownBody && m_left == 0) ||
                            m_state == State::UntilClose || m_state == State::Upgraded;
    return isComplete ? HttpFinish::Complete : HttpFinish::Truncated;
}

/// The next line without its end. The view lies in `in` or in m_line and is valid until the next call.
bool Http1Response::takeLine(std::string_view& in, std::string_view& line, std::size_t maxBytes)
{
    if (m_usesLineBuffer) {
        m_line.clear();
        m_usesLineBuffer = false;
    }
    const std::size_t stop = in.find('\n');
    const std::size_t length = stop == std::string_view::npos ? in.size() : stop;
    if (m_line.size() + length > maxBytes) {
        fail(m_state == State::HeadLines ? "The response head is larger than 64 KiB."
                                         : "A chunk line of the response is too long.");
        return false;
    }
    if (stop == std::string_view::npos) {
        m_line.append(in);
        in = {};
        return false;
    }
    line = in.substr(0, stop);
    in.remove_prefix(stop + 1);
    if (!m_line.empty()) {
        m_line.append(line);
        line = m_line;
        m_usesLineBuffer = true;
    }
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return true;
}

std::optional<HttpStep> Http1Response::readHeadLine(std::string_view line)
{
    m_headBytes += line.size() + 2;
    if (m_headBytes > limits::kHttpHeadBytes)
        return fail("The response head is larger than 64 KiB.");
    if (!m_hasStatus) {
        if (!readStatusLine(line))
            return HttpStep::Failed;
        m_hasStatus = true;
        return std::nullopt;
    }
    if (line.empty())
        return finishHead();
    if (++m_lines > limits::kHttpHeaderLines)
        return fail("The response has more than 256 header lines.");
    if (!readFieldLine(line))
        return HttpStep::Failed;
    return std::nullopt;
}

bool Http1Response::readStatusLine(std::string_view line)
{
    // HTTP/1.x SP 3DIGIT [SP reason]
    const bool isVersion = line.size() >= 12 && line.substr(0, 7) == "HTTP/1." && isDigit(line[7]) && line[8] == ' ';
    if (!isVersion || !isDigit(line[9]) || !isDigit(line[10]) || !isDigit(line[11]) ||
        (line.size() > 12 && line[12] != ' ')) {
        fail("The answer does not begin with an HTTP/1.1 status line.");
        return false;
    }
    m_head.minorVersion = line[7] - '0';
    m_head.status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    if (m_head.status < 100) {
        fail("The answer carries a status below 100.");
        return false;
    }
    m_head.reason = line.size() > 13 ? std::string(line.substr(13)) : std::string();
    return true;
}

bool Http1Response::readFieldLine(std::string_view line)
{
    if (line.front() == ' ' || line.front() == '\t') {
        if (m_head.fields.empty() || !isHttpFieldValue(line)) {
            fail("The response head holds a continuation line that continues nothing.");
            return false;
        }
        m_head.fields.back().value.append(1, ' ').append(trimmed(line));
        return true;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isHttpToken(line.substr(0, colon))) {
        fail("The response head holds a line that is not a header field.");
        return false;
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!isHttpFieldValue(value)) {
        fail("A header field of the response holds a control character.");
        return false;
    }
    m_head.fields.push_back({std::string(line.substr(0, colon)), std::string(value)});
    return true;
}

std::optional<HttpStep> Http1Response::finishHead()
{
    if (m_head.status < 200 && m_head.status != 101) {
        m_head = {};
        m_hasStatus = false;
        m_headBytes = 0;
        m_lines = 0;
        return std::nullopt;
    }
    if (m_head.status == 101) {
        m_state = State::Upgraded;
        return HttpStep::Head;
    }
    if (!chooseLength())
        return HttpStep::Failed;
    switch (m_length) {
    case HttpLength::None:
    case HttpLength::Known: m_state = State::KnownBody; break;
    case HttpLength::Chunked: m_state = State::ChunkSize; break;
    case HttpLength::UntilClose: m_state = State::UntilClose; break;
    }
    return HttpStep::Head;
}

bool Http1Response::chooseLength()
{
    if (m_head.status == 204 || m_head.status == 304) {
        m_length = HttpLength::None;
        return true;
    }
    bool hasEncoding = false;
    bool isChunked = false;
    bool hasLength = false;
    if (!readTransferEncoding(hasEncoding, isChunked) || !readContentLength(hasLength))
        return false;
    // Transfer-Encoding overrides Content-Length (RFC 9112 6.3).
    if (hasEncoding)
        m_length = isChunked ? HttpLength::Chunked : HttpLength::UntilClose;
    else
        m_length = hasLength ? HttpLength::Known : HttpLength::UntilClose;
    if (m_length != HttpLength::Known)
        m_left = 0;
    return true;
}

bool Http1Response::readTransferEncoding(bool& isPresent, bool& isChunked)
{
    for (const HttpField& field : m_head.fields) {
        if (!equalsIgnoringCase(field.name, "Transfer-Encoding"))
            continue;
        std::string_view list = field.value;
        while (!list.empty()) {
            const std::size_t comma = list.find(',');
            const std::string_view coding = trimmed(list.substr(0, comma));
            list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
            if (coding.empty() || equalsIgnoringCase(coding, "identity"))
                continue;
            if (!equalsIgnoringCase(coding, "chunked") || isChunked) {
                fail("The response uses a transfer coding that was not asked for.");
                return false;
            }
            isPresent = isChunked = true;
        }
    }
    return true;
}

bool Http1Response::readContentLength(bool& isPresent)
{
    for (const HttpField& field : m_head.fields) {
        if (!equalsIgnoringCase(field.name, "Content-Length"))
            continue;
        std::string_view list = field.value;
        do {
            const std::size_t comma = list.find(',');
            const std::string_view digits = trimmed(list.substr(0, comma));
            list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
            std::uint64_t value = 0;
            const bool isNumber =
                !digits.empty() && digits.size() <= 18 && std::all_of(digits.begin(), digits.end(), isDigit);
            for (const char c : isNumber ? digits : std::string_view())
                value = value * 10 + static_cast<std::uint64_t>(c - '0');
            if (!isNumber || (isPresent && value != m_left)) {
                fail("The response has a Content-Length that is no number, or two that differ.");
                return false;
            }
            m_left = value;
            isPresent = true;
        } while (!list.empty());
    }
    return true;
}

std::optional<HttpStep> Http1Response::readChunkSize(std::string_view& in)
{
    std::uint64_t size = 0;
    std::size_t digits = 0;
    const auto readDigits = [&size, &digits](std::string_view text) {
        while (digits < text.size() && digits < kChunkSizeDigits && hexDigit(text[digits]) >= 0)
            size = size * 16 + static_cast<std::uint64_t>(hexDigit(text[digits++]));
    };
    readDigits(in);
    // Nearly always the whole line is here and holds nothing but digits.
    if (m_line.empty() && digits > 0 && digits < kChunkSizeDigits && in.substr(digits, 2) == "\r\n") {
        in.remove_prefix(digits + 2);
    } else {
        std::string_view line;
        if (!takeLine(in, line, kChunkLineBytes))
            return shortOrFailed();
        size = digits = 0;
        readDigits(line);
        const std::string_view rest = trimmed(line.substr(digits));
        if (digits == 0 || digits == kChunkSizeDigits || (!rest.empty() && rest.front() != ';'))
            return fail("The response holds a chunk size that cannot be read.");
    }
    m_left = size;
    m_headBytes = 0;
    m_lines = 0;
    m_state = size == 0 ? State::Trailers : State::ChunkData;
    return std::nullopt;
}

std::optional<HttpStep> Http1Response::readChunkEnd(std::string_view& in)
{
    if (m_line.empty() && in.substr(0, 2) == "\r\n") {
        in.remove_prefix(2);
        m_state = State::ChunkSize;
        return std::nullopt;
    }
    std::string_view line;
    if (!takeLine(in, line, kChunkLineBytes))
        return shortOrFailed();
    if (!line.empty())
        return fail("A chunk of the response is longer than it said.");
    m_state = State::ChunkSize;
    return std::nullopt;
}

/// Trailers are bounded and thrown away: nothing here may change what the head has said.
HttpStep Http1Response::readTrailers(std::string_view& in)
{
    std::string_view line;
    while (takeLine(in, line, limits::kHttpHeadBytes)) {
        if (line.empty()) {
            m_state = State::Ended;
            return HttpStep::End;
        }
        m_headBytes += line.size() + 2;
        if (m_headBytes > limits::kHttpHeadBytes || ++m_lines > limits::kHttpHeaderLines)
            return fail("The trailers of the response are larger than 64 KiB.");
    }
    return shortOrFailed();
}

HttpStep Http1Response::takeBody(std::string_view& in, std::string_view& body, State whenDone)
{
    if (m_left == 0) { // a known body, all handed out
        m_state = State::Ended;
        return HttpStep::End;
    }
    if (in.empty())
        return HttpStep::NeedMore;
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, in.size()));
    body = in.substr(0, taken);
    in.remove_prefix(taken);
    m_left -= taken;
    if (m_left == 0)
        m_state = whenDone;
    return HttpStep::Body;
}

HttpStep Http1Response::shortOrFailed() const noexcept
{
    return m_state == State::Failed ? HttpStep::Failed : HttpStep::NeedMore;
}

HttpStep Http1Response::fail(std::string sentence)
{
    m_state = State::Failed;
    m_fault = std::move(sentence);
    return HttpStep::Failed;
}

} // namespace wg::codec
