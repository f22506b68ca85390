// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json.h"
#include "codec/utf8.h"

#include <bitset>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wg::codec {

namespace {

constexpr bool isSpace(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool isHex(char c) noexcept { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

} // namespace

bool JsonScanner::fail(const char* why) noexcept
{
    if (!m_why)
        m_why = why;
    return false;
}

void JsonScanner::skipSpace() noexcept
{
    while (m_at < m_end && isSpace(*m_at))
        ++m_at;
}

bool JsonScanner::take(char c) noexcept
{
    if (m_at == m_end || *m_at != c)
        return false;
    ++m_at;
    return true;
}

bool JsonScanner::takeString(std::string_view& inside) noexcept
{
    if (!take('"'))
        return fail("a string is missing");
    const char* const begin = m_at;
    if (!skipString())
        return false;
    inside = {begin, static_cast<std::size_t>(m_at - 1 - begin)};
    return true;
}

bool JsonScanner::skipString() noexcept
{
    for (;;) {
#if defined(__SSE2__)
        while (m_end - m_at >= 16) {
            const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(m_at));
            // Below 0x20: the smaller of the byte and 0x1F is the byte itself.
            const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
            const __m128i stops = _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')),
                                                                    _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
            const int hits = _mm_movemask_epi8(stops);
            const int high = _mm_movemask_epi8(block);
            if (hits) {
                const int first = __builtin_ctz(static_cast<unsigned>(hits));
                m_hasHighBytes |= (high & ((1 << first) - 1)) != 0;
                m_at += first;
                break;
            }
            m_hasHighBytes |= high != 0;
            m_at += 16;
        }
#endif
        while (m_at < m_end && *m_at != '"' && *m_at != '\\' && static_cast<unsigned char>(*m_at) >= 0x20)
            m_hasHighBytes |= static_cast<unsigned char>(*m_at++) >= 0x80;
        if (m_at == m_end)
            return fail("a string is not closed");
        if (*m_at == '"') {
            ++m_at;
            return true;
        }
        if (*m_at != '\\')
            return fail("a string holds a control character");
        if (!skipEscape())
            return false;
    }
}

bool JsonScanner::skipEscape() noexcept
{
    if (m_end - m_at < 2)
        return fail("a string is not closed");
    const char c = m_at[1];
    if (c == 'u') {
        if (m_end - m_at < 6 || !isHex(m_at[2]) || !isHex(m_at[3]) || !isHex(m_at[4]) || !isHex(m_at[5]))
            return fail("a string has a bad escape");
        m_at += 6;
        return true;
    }
    if (c == '\0' || std::strchr("\"\\/bfnrt", c) == nullptr)
        return fail("a string has a bad escape");
    m_at += 2;
    return true;
}

bool JsonScanner::skipNumber() noexcept
{
    const auto digits = [this] {
        const char* const begin = m_at;
        while (m_at < m_end && isDigit(*m_at))
            ++m_at;
        return m_at > begin;
    };
    if (peek() == '-')
        ++m_at;
    if (peek() == '0')
        ++m_at;
    else if (!digits())
        return fail("a value is missing or not JSON");
    if (peek() == '.') {
        ++m_at;
        if (!digits())
            return fail("a number has no digits after its point");
    }
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!digits())
            return fail("a number has no digits in its exponent");
    }
    return true;
}

bool JsonScanner::skipWord(std::string_view word) noexcept
{
    if (static_cast<std::size_t>(m_end - m_at) < word.size() || std::memcmp(m_at, word.data(), word.size()) != 0)
        return fail("a word is not JSON");
    m_at += word.size();
    return true;
}

bool JsonScanner::skipScalar(JsonKind& kind) noexcept
{
    switch (peek()) {
    case '"':
        kind = JsonKind::String;
        ++m_at;
        return skipString();
    case 't': kind = JsonKind::True; return skipWord("true");
    case 'f': kind = JsonKind::False; return skipWord("false");
    case 'n': kind = JsonKind::Null; return skipWord("null");
    default: kind = JsonKind::Number; return skipNumber();
    }
}

bool JsonScanner::skipKey() noexcept
{
    skipSpace();
    if (!take('"'))
        return fail("a key is missing");
    if (!skipString())
        return false;
    skipSpace();
    return take(':') || fail("a colon is missing");
}

/// Stands on '{' or '['. One bit a level says which bracket is open.
bool JsonScanner::skipContainer(std::size_t maxDepth) noexcept
{
    std::bitset<limits::kJsonDepth + 1> isObject;
    std::size_t depth = 0;
    JsonKind ignored{};
    for (;;) {
        skipSpace();
        const char c = peek();
        if (c == '{' || c == '[') {
            if (++depth > maxDepth || depth > limits::kJsonDepth)
                return fail("it is nested too deeply");
            isObject[depth] = c == '{';
            ++m_at;
            skipSpace();
            if (!take(c == '{' ? '}' : ']')) {
                if (c == '{' && !skipKey())
                    return false;
                continue;
            }
            --depth;
        } else if (!skipScalar(ignored)) {
            return false;
        }
        for (;;) { // behind a value
            if (depth == 0)
                return true;
            skipSpace();
            if (take(',')) {
                if (isObject[depth] && !skipKey())
                    return false;
                break;
            }
            if (!take(isObject[depth] ? '}' : ']'))
                return fail("a comma or a bracket is missing");
            --depth;
        }
    }
}

bool JsonScanner::takeValue(JsonValue& out, std::size_t maxDepth) noexcept
{
    skipSpace();
    const char* const begin = m_at;
    const char c = peek();
    if (c == '{' || c == '[') {
        out.kind = c == '{' ? JsonKind::Object : JsonKind::Array;
        if (!skipContainer(maxDepth))
            return false;
    } else if (!skipScalar(out.kind)) {
        return false;
    }
    out.bytes = {begin, static_cast<std::size_t>(m_at - begin)};
    return true;
}

JsonFault checkJson(std::string_view text, std::size_t maxDepth) noexcept
{
    JsonScanner scanner(text);
    JsonValue value;
    if (!scanner.takeValue(value, maxDepth))
        return scanner.fault();
    scanner.skipSpace();
    if (!scanner.isAtEnd())
        scanner.fail("something follows its end");
    else if (scanner.hasHighBytes() && !isValidUtf8(text))
        scanner.fail("it is not valid UTF-8");
    return scanner.fault();
}

bool JsonObjectReader::next(JsonMember& out) noexcept
{
    if (m_isWhole || m_scanner.fault())
        return false;
    m_scanner.skipSpace();
    if (!m_isInside) {
        if (!m_scanner.take('{'))
            return m_scanner.fail("it is not an object");
        m_scanner.skipSpace();
    }
    if (m_scanner.take('}')) {
        m_scanner.skipSpace();
        m_isWhole = m_scanner.isAtEnd() || m_scanner.fail("something follows its end");
        return false;
    }
    if (m_isInside && !m_scanner.take(','))
        return m_scanner.fail("a comma or a bracket is missing");
    m_isInside = true;
    m_scanner.skipSpace();
    if (!m_scanner.takeString(out.key))
        return false;
    m_scanner.skipSpace();
    if (!m_scanner.take(':'))
        return m_scanner.fail("a colon is missing");
    return m_scanner.takeValue(out.value, limits::kJsonDepth - 1);
}

bool JsonArrayReader::next(JsonValue& out) noexcept
{
    if (m_isWhole || m_scanner.fault())
        return false;
    m_scanner.skipSpace();
    if (!m_isInside) {
        if (!m_scanner.take('['))
            return m_scanner.fail("it is not an array");
        m_scanner.skipSpace();
    }
    if (m_scanner.take(']')) {
        m_scanner.skipSpace();
        m_isWhole = m_scanner.isAtEnd() || m_scanner.fail("something follows its end");
        return false;
    }
    if (m_isInside && !m_scanner.take(','))
        return m_scanner.fail("a comma or a bracket is missing");
    m_isInside = true;
    return m_scanner.takeValue(out, limits::kJsonDepth - 1);
}

} // namespace wg::codec
