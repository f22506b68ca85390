// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/json_reader.h"

#include "base/limits.h"

#include <simdjson.h>

#include <bitset>
#include <cstring>

namespace wg::dialect {

/// The token table of simdjson's first stage, grown to the longest text so far.
struct JsonReader::Tokens {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
};

namespace {

constexpr bool isSpace(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

int hexValue(char c) noexcept
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// Four hexadecimal digits at text[at], or -1.
int hex4(std::string_view text, std::size_t at) noexcept
{
    if (at + 4 > text.size())
        return -1;
    int unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

bool isWellEscaped(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\')
            continue;
        if (++i >= text.size())
            return false;
        if (text[i] == 'u') {
            if (hex4(text, i + 1) < 0)
                return false;
            i += 4;
        } else if (std::strchr("\"\\/bfnrt", text[i]) == nullptr) {
            return false;
        }
    }
    return true;
}

inline bool isNumber(std::string_view text) noexcept
{
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto digits = [&]() noexcept {
        const char* const begin = at;
        while (at != end && isDigit(*at))
            ++at;
        return at != begin;
    };
    if (*at == '-')
        ++at;
    if (at != end && *at == '0')
        ++at;
    else if (!digits())
        return false;
    if (at != end && *at == '.' && (++at, !digits()))
        return false;
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == end;
}

void appendUtf8(std::string& out, unsigned point)
{
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | (point >> 6));
        out += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | (point >> 12));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (point >> 18));
        out += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (point & 0x3F));
    }
}

/// Resolves the \uXXXX whose digits begin at text[at]; moves at behind what was used.
unsigned codePoint(std::string_view text, std::size_t& at) noexcept
{
    constexpr unsigned kReplacement = 0xFFFD;
    const auto high = static_cast<unsigned>(hex4(text, at));
    at += 4;
    if (high < 0xD800 || high > 0xDFFF)
        return high;
    if (high > 0xDBFF || text.substr(at, 2) != "\\u")
        return kReplacement;
    const auto low = static_cast<unsigned>(hex4(text, at + 2));
    if (low < 0xDC00 || low > 0xDFFF)
        return kReplacement;
    at += 6;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

} // namespace

JsonReader::JsonReader() : m_tokens(std::make_unique<Tokens>()) {}
JsonReader::~JsonReader() = default;

bool JsonReader::begin(std::string_view text)
{
    m_text = text;
    m_at = m_count = 0;
    m_depth = 0;
    m_isFirst = false;
    m_fault = nullptr;
    if (text.empty())
        return fail("it is empty");
    auto& stage = m_tokens->stage;
    if (!stage || stage->capacity() < text.size()) {
        // Half as much again, so a slowly growing message size does not allocate each time.
        const std::size_t capacity = text.size() + text.size() / 2 + 1024;
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, limits::kJsonDepth, stage) !=
            simdjson::SUCCESS)
            return fail("there is not enough memory to read it");
    }
    const auto error = stage->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                     simdjson::stage1_mode::regular);
    if (error == simdjson::UTF8_ERROR)
        return fail("it is not valid UTF-8");
    if (error != simdjson::SUCCESS)
        return fail("it is not JSON");
    m_hasEscapes = text.find('\\') != std::string_view::npos;
    m_index = stage->structural_indexes.get();
    m_count = stage->n_structural_indexes;
    return true;
}

bool JsonReader::fail(const char* why) noexcept
{
    if (!m_fault)
        m_fault = why;
    m_count = 0;
    return false;
}

/// The token at the cursor, which must be there, without the white space behind it.
inline std::string_view JsonReader::token() const noexcept
{
    const char* const begin = m_text.data() + m_index[m_at];
    const char* end = m_text.data() + (m_at + 1 < m_count ? m_index[m_at + 1] : m_text.size());
    while (isSpace(end[-1]))
        --end;
    return {begin, static_cast<std::size_t>(end - begin)};
}

JsonKind JsonReader::peekKind() const noexcept
{
    switch (current()) {
    case '{': return JsonKind::Object;
    case '[': return JsonKind::Array;
    case '"': return JsonKind::String;
    case 't': return JsonKind::True;
    case 'f': return JsonKind::False;
    case 'n': return JsonKind::Null;
    default: return JsonKind::Number;
    }
}

/// Simdjson has seen to it that a string is closed; what may still be wrong are its escapes.
inline bool JsonReader::scalar(JsonValue& out)
{
    if (m_at >= m_count)
        return fail("it ends too early");
    const std::string_view word = token();
    out.hasEscapes = false;
    out.bytes = word;
    if (word.front() == '"') {
        if (word.size() < 2 || word.back() != '"')
            return fail("a string is not closed");
        out.kind = JsonKind::String;
        out.bytes = word.substr(1, word.size() - 2);
        if (m_hasEscapes && out.bytes.find('\\') != std::string_view::npos) {
            out.hasEscapes = true;
            if (!isWellEscaped(out.bytes))
                return fail("a string has a bad escape");
        }
    } else if (isNumber(word)) {
        out.kind = JsonKind::Number;
    } else if (word == "true") {
        out.kind = JsonKind::True;
    } else if (word == "false") {
        out.kind = JsonKind::False;
    } else if (word == "null") {
        out.kind = JsonKind::Null;
    } else {
        return fail("a word in it is not JSON");
    }
    ++m_at;
    return true;
}

/// A key and its colon.
inline bool JsonReader::member(std::string_view& key)
{
    if (current() != '"')
        return fail("a key is missing");
    JsonValue name;
    if (!scalar(name))
        return false;
    if (current() != ':')
        return fail("a colon is missing");
    ++m_at;
    key = text(name, m_keyScratch);
    return true;
}

inline bool JsonReader::skipMember()
{
    if (current() != '"')
        return fail("a key is missing");
    JsonValue name;
    if (!scalar(name))
        return false;
    if (current() != ':')
        return fail("a colon is missing");
    ++m_at;
    return true;
}

/// Walks the object or array at the cursor to its end, without recursion.
bool JsonReader::container()
{
    std::bitset<limits::kJsonDepth + 1> isObject;
    const unsigned base = m_depth;
    JsonValue ignored;
    for (;;) {
        const char c = current();
        if (c == '{' || c == '[') {
            if (++m_depth > limits::kJsonDepth)
                return fail("it is nested too deeply");
            isObject[m_depth] = c == '{';
            ++m_at;
            if (current() != (c == '{' ? '}' : ']')) {
                if (c == '{' && !skipMember())
                    return false;
                continue;
            }
            ++m_at;
            --m_depth;
        } else if (!scalar(ignored)) {
            return false;
        }
        for (;;) { // behind a value
            if (m_depth == base)
                return true;
            const char next = current();
            if (next == ',') {
                ++m_at;
                if (isObject[m_depth] && !skipMember())
                    return false;
                break;
            }
            if (next != (isObject[m_depth] ? '}' : ']'))
                return fail("a comma or a bracket is missing");
            ++m_at;
            --m_depth;
        }
    }
}

bool JsonReader::value(JsonValue& out)
{
    const char c = current();
    if (c != '{' && c != '[')
        return scalar(out);
    const std::size_t begin = m_index[m_at];
    if (!container())
        return false;
    out.kind = c == '{' ? JsonKind::Object : JsonKind::Array;
    out.bytes = m_text.substr(begin, m_index[m_at - 1] + 1 - begin);
    out.hasEscapes = false;
    return true;
}

bool JsonReader::skip()
{
    JsonValue ignored;
    return value(ignored);
}

bool JsonReader::enterObject()
{
    if (current() != '{')
        return fail("it is not an object");
    ++m_at;
    m_isFirst = true;
    return ++m_depth <= limits::kJsonDepth || fail("it is nested too deeply");
}

bool JsonReader::enterArray()
{
    if (current() != '[')
        return fail("it is not an array");
    ++m_at;
    m_isFirst = true;
    return ++m_depth <= limits::kJsonDepth || fail("it is nested too deeply");
}

bool JsonReader::nextMember(std::string_view& key)
{
    const char c = current();
    if (c == '}') {
        ++m_at;
        --m_depth;
        m_isFirst = false;
        return false;
    }
    if (!m_isFirst) {
        if (c != ',')
            return fail("a comma or a bracket is missing");
        ++m_at;
    }
    m_isFirst = false;
    return member(key);
}

bool JsonReader::nextElement()
{
    const char c = current();
    if (c == ']') {
        ++m_at;
        --m_depth;
        m_isFirst = false;
        return false;
    }
    if (!m_isFirst) {
        if (c != ',')
            return fail("a comma or a bracket is missing");
        ++m_at;
    }
    m_isFirst = false;
    return m_at < m_count || fail("it ends too early");
}

bool JsonReader::atEnd()
{
    if (hasFault())
        return false;
    return m_at == m_count || fail("something follows its end");
}

std::string_view JsonReader::text(const JsonValue& value, std::string& scratch)
{
    if (!value.hasEscapes)
        return value.bytes;
    scratch.clear();
    const std::string_view in = value.bytes;
    for (std::size_t i = 0; i < in.size();) {
        if (in[i] != '\\') {
            scratch += in[i++];
            continue;
        }
        const char c = in[i + 1];
        i += 2;
        switch (c) {
        case 'b': scratch += '\b'; break;
        case 'f': scratch += '\f'; break;
        case 'n': scratch += '\n'; break;
        case 'r': scratch += '\r'; break;
        case 't': scratch += '\t'; break;
        case 'u': appendUtf8(scratch, codePoint(in, i)); break;
        default: scratch += c;
        }
    }
    return scratch;
}

} // namespace wg::dialect
