// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json.h"
#include "codec/utf8.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wg::codec
{

namespace
{

constexpr bool isSpace(char c) noexcept
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
constexpr bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}
constexpr bool isHex(char c) noexcept
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Behind the escape at `at`; nullptr if there is none or it cannot be.
[[gnu::noinline]] const char* afterEscape(const char* at, const char* end) noexcept
{
    if (end - at < 2 || *at != '\\')
        return nullptr;
    if (at[1] == 'u')
        return end - at >= 6 && isHex(at[2]) && isHex(at[3]) && isHex(at[4]) && isHex(at[5]) ? at + 6 : nullptr;
    return at[1] != '\0' && std::strchr("\"\\/bfnrt", at[1]) != nullptr ? at + 2 : nullptr;
}

/// The moves of JsonScanner on local variables, so that the compiler keeps position and end in registers.
struct Walk {
    const char* at;
    const char* const end;
    const char* why = nullptr;
    bool hasHighBytes = false;

    [[gnu::always_inline]] bool fail(const char* reason) noexcept
    {
        why = reason;
        return false;
    }
    [[gnu::always_inline]] char peek() const noexcept { return at < end ? *at : '\0'; }
    [[gnu::always_inline]] bool take(char c) noexcept
    {
        if (at == end || *at != c)
            return false;
        ++at;
        return true;
    }
    [[gnu::always_inline]] void skipSpace() noexcept
    {
        while (at < end && *at <= ' ' && isSpace(*at))
            ++at;
    }

    /// To the next quote, backslash or control character.
    [[gnu::always_inline]] void skipPlain() noexcept
    {
#if defined(__SSE2__)
        while (end - at >= 16) {
            const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            // Below 0x20: the smaller of the byte and 0x1F is the byte itself.
            const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
            const __m128i stops = _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')),
                                                                     _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
            const auto hits = static_cast<unsigned>(_mm_movemask_epi8(stops));
            const auto high = static_cast<unsigned>(_mm_movemask_epi8(block));
            // The bits below the lowest hit, or all where there is none.
            hasHighBytes |= (high & (hits - 1) & ~hits) != 0;
            if (hits) {
                at += __builtin_ctz(hits);
                return;
            }
            at += 16;
        }
#endif
        while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20)
            hasHighBytes |= static_cast<unsigned char>(*at++) >= 0x80;
    }

    /// From behind the opening quote to behind the closing one.
    [[gnu::always_inline]] bool skipString() noexcept
    {
        for (;;) {
            skipPlain();
            if (take('"'))
                return true;
            const char* const next = afterEscape(at, end);
            if (!next)
                return fail(at < end && *at != '\\' ? "a string holds a control character"
                                                    : "a string is not closed or has a bad escape");
            at = next;
        }
    }

    [[gnu::always_inline]] bool skipDigits() noexcept
    {
        const char* const begin = at;
        while (at < end && isDigit(*at))
            ++at;
        return at > begin;
    }

    [[gnu::always_inline]] bool skipNumber() noexcept
    {
        take('-');
        if (!take('0') && !skipDigits())
            return fail("a value is missing or not JSON");
        if (take('.') && !skipDigits())
            return fail("a number has no digits after its point");
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!skipDigits())
                return fail("a number has no digits in its exponent");
        }
        return true;
    }

    [[gnu::always_inline]] bool skipWord(std::string_view word) noexcept
    {
        if (static_cast<std::size_t>(end - at) < word.size() || std::memcmp(at, word.data(), word.size()) != 0)
            return fail("a word is not JSON");
        at += word.size();
        return true;
    }

    [[gnu::always_inline]] bool skipScalar(JsonKind& kind) noexcept
    {
        switch (peek()) {
        case '"':
            kind = JsonKind::String;
            ++at;
            return skipString();
        case 't': kind = JsonKind::True; return skipWord("true");
        case 'f': kind = JsonKind::False; return skipWord("false");
        case 'n': kind = JsonKind::Null; return skipWord("null");
        default: kind = JsonKind::Number; return skipNumber();
        }
    }

    [[gnu::always_inline]] bool skipKey() noexcept
    {
        skipSpace();
        if (!take('"'))
            return fail("a key is missing");
        if (!skipString())
            return false;
        if (take(':'))
            return true;
        skipSpace();
        return take(':') || fail("a colon is missing");
    }

    /// Stands on '{' or '['. One flag a level says which bracket is open.
    [[gnu::always_inline]] bool skipContainer(std::size_t maxDepth) noexcept
    {
        bool isObject[limits::kJsonDepth + 1]; // each level is written before it is read
        std::size_t depth = 0;
        JsonKind ignored{};
        for (;;) {
            skipSpace();
            const char c = peek();
            if (c == '{' || c == '[') {
                if (++depth > maxDepth || depth > limits::kJsonDepth)
                    return fail("it is nested too deeply");
                isObject[depth] = c == '{';
                ++at;
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
};

} // namespace

bool JsonScanner::fail(const char* why) noexcept
{
    if (!m_why)
        m_why = why;
    return false;
}

void JsonScanner::skipMoreSpace() noexcept
{
    while (m_at < m_end && isSpace(*m_at))
        ++m_at;
}

bool JsonScanner::takeString(std::string_view& inside) noexcept
{
    if (!take('"'))
        return fail("a string is missing");
    Walk walk{m_at, m_end};
    const bool isWhole = walk.skipString();
    inside = {m_at, static_cast<std::size_t>(walk.at - m_at - (isWhole ? 1 : 0))};
    m_at = walk.at;
    m_hasHighBytes |= walk.hasHighBytes;
    return isWhole || fail(walk.why);
}

bool JsonScanner::takeValue(JsonValue& out, std::size_t maxDepth) noexcept
{
    skipSpace();
    Walk walk{m_at, m_end};
    const char c = walk.peek();
    bool isWhole = false;
    if (c == '{' || c == '[') {
        out.kind = c == '{' ? JsonKind::Object : JsonKind::Array;
        isWhole = walk.skipContainer(maxDepth);
    } else {
        isWhole = walk.skipScalar(out.kind);
    }
    out.bytes = {m_at, static_cast<std::size_t>(walk.at - m_at)};
    m_at = walk.at;
    m_hasHighBytes |= walk.hasHighBytes;
    return isWhole || fail(walk.why);
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
