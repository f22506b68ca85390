// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/json_reader.h"

#include <simdjson.h>

#include <cstring>
#include <utility>

namespace wg::dialect {

/// The token table of simdjson's first stage, grown to the longest text so far.
struct JsonReader::Tokens {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
};

namespace {

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

bool JsonCursor::checkEscapes(JsonValue& string) noexcept
{
    string.hasEscapes = string.bytes.find('\\') != std::string_view::npos;
    return !string.hasEscapes || isWellEscaped(string.bytes) || fail("a string has a bad escape");
}

JsonReader::JsonReader() : m_tokens(std::make_unique<Tokens>()) {}
JsonReader::~JsonReader() = default;

bool JsonReader::begin(std::string_view text)
{
    m_cursor = {};
    m_cursor.text = text.data();
    m_isFirst = false;
    if (text.empty())
        return m_cursor.fail("it is empty");
    auto& stage = m_tokens->stage;
    if (!stage || stage->capacity() < text.size()) {
        // Half as much again, so a slowly growing message size does not allocate each time.
        const std::size_t capacity = text.size() + text.size() / 2 + 1024;
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, limits::kJsonDepth, stage) !=
            simdjson::SUCCESS)
            return m_cursor.fail("there is not enough memory to read it");
    }
    const auto error = stage->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                     simdjson::stage1_mode::regular);
    if (error == simdjson::UTF8_ERROR)
        return m_cursor.fail("it is not valid UTF-8");
    if (error != simdjson::SUCCESS)
        return m_cursor.fail("it is not JSON");
    m_cursor.at = stage->structural_indexes.get();
    m_cursor.stop = m_cursor.at + stage->n_structural_indexes;
    stage->structural_indexes[stage->n_structural_indexes] = static_cast<std::uint32_t>(text.size());
    m_cursor.hasBackslash = text.find('\\') != std::string_view::npos;
    return true;
}

JsonKind JsonReader::peekKind() const noexcept
{
    switch (m_cursor.current()) {
    case '{': return JsonKind::Object;
    case '[': return JsonKind::Array;
    case '"': return JsonKind::String;
    case 't': return JsonKind::True;
    case 'f': return JsonKind::False;
    case 'n': return JsonKind::Null;
    default: return JsonKind::Number;
    }
}

bool JsonReader::skip()
{
    JsonValue passed;
    return m_cursor.value(passed);
}

bool JsonReader::enterObject()
{
    m_isFirst = true;
    return m_cursor.enter('{', "it is not an object");
}

bool JsonReader::enterArray()
{
    m_isFirst = true;
    return m_cursor.enter('[', "it is not an array");
}

bool JsonReader::nextMember(std::string_view& key)
{
    JsonValue name;
    if (!m_cursor.next('}', std::exchange(m_isFirst, false)) || !m_cursor.member(name))
        return false;
    key = text(name, m_keyScratch);
    return true;
}

bool JsonReader::nextElement()
{
    return m_cursor.next(']', std::exchange(m_isFirst, false)) &&
           (m_cursor.at < m_cursor.stop || m_cursor.fail("it ends too early"));
}

bool JsonReader::atEnd()
{
    if (hasFault())
        return false;
    return m_cursor.at == m_cursor.stop || m_cursor.fail("something follows its end");
}

std::string_view JsonReader::unescaped(std::string_view in, std::string& scratch)
{
    scratch.clear();
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
