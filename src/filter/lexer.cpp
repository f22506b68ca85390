// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/lexer.h"

#include <array>
#include <charconv>
#include <utility>

namespace wg::filter {
namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@'
           || static_cast<unsigned char>(c) >= 0x80;
}
bool continuesName(char c)
{
    return startsName(c) || isDigit(c) || c == '-';
}
bool endsPointer(char c)
{
    return isSpace(c) || std::string_view("(){},=!<>&|\"").find(c) != std::string_view::npos;
}

constexpr std::array<std::pair<std::string_view, TokenKind>, 7> kWords = {{{"and", TokenKind::And},
                                                                          {"or", TokenKind::Or},
                                                                          {"not", TokenKind::Not},
                                                                          {"in", TokenKind::In},
                                                                          {"contains", TokenKind::Contains},
                                                                          {"startswith", TokenKind::StartsWith},
                                                                          {"endswith", TokenKind::EndsWith}}};

/// Longer marks stand before their beginnings.
constexpr std::array<std::pair<std::string_view, TokenKind>, 18> kMarks = {{{"&&", TokenKind::And},
                                                                           {"||", TokenKind::Or},
                                                                           {"==", TokenKind::Equal},
                                                                           {"!=", TokenKind::Unequal},
                                                                           {"<=", TokenKind::LessEqual},
                                                                           {">=", TokenKind::GreaterEqual},
                                                                           {"<", TokenKind::Less},
                                                                           {">", TokenKind::Greater},
                                                                           {"!", TokenKind::Not},
                                                                           {"~", TokenKind::Match},
                                                                           {"(", TokenKind::Open},
                                                                           {")", TokenKind::Close},
                                                                           {"{", TokenKind::SetOpen},
                                                                           {"}", TokenKind::SetClose},
                                                                           {"[", TokenKind::IndexOpen},
                                                                           {"]", TokenKind::IndexClose},
                                                                           {",", TokenKind::Comma},
                                                                           {".", TokenKind::Dot}}};

void appendUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

bool hex4(std::string_view raw, std::size_t at, std::uint32_t& code)
{
    if (at + 4 > raw.size())
        return false;
    const char* end = raw.data() + at + 4;
    return std::from_chars(raw.data() + at, end, code, 16).ptr == end;
}

/// Reads XXXX of a \u escape at `at` (with its low surrogate); gives the bytes used, 0 if it is wrong.
std::size_t readUnicode(std::string_view raw, std::size_t at, std::string& out)
{
    std::uint32_t code = 0;
    if (!hex4(raw, at, code) || (code >= 0xDC00 && code < 0xE000))
        return 0;
    if (code < 0xD800 || code >= 0xE000)
        return appendUtf8(out, code), 4;
    std::uint32_t low = 0;
    if (raw.substr(at + 4, 2) != "\\u" || !hex4(raw, at + 6, low) || low < 0xDC00 || low >= 0xE000)
        return 0;
    appendUtf8(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
    return 10;
}

} // namespace

Token Lexer::make(TokenKind kind, std::size_t length)
{
    Token token{kind, m_at, m_text.substr(m_at, length), {}};
    m_at += length;
    return token;
}

Token Lexer::bad(std::size_t at, std::string_view expected)
{
    m_at = m_text.size();
    return {TokenKind::Bad, at, {}, expected};
}

Token Lexer::next()
{
    while (m_at < m_text.size() && isSpace(m_text[m_at]))
        ++m_at;
    if (m_at == m_text.size())
        return {TokenKind::End, m_at, {}, {}};
    const char c = m_text[m_at];
    if (startsName(c))
        return name();
    if (c == '/')
        return pointer();
    if (c == '"')
        return quotedText();
    if (isDigit(c) || c == '-')
        return number();
    return mark();
}

Token Lexer::name()
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && continuesName(m_text[end]))
        ++end;
    const std::string_view word = m_text.substr(m_at, end - m_at);
    const bool isStep = m_at > 0 && m_text[m_at - 1] == '.'; // after a dot every word is a field's name
    if (!isStep)
        for (const auto& [text, kind] : kWords)
            if (word == text)
                return make(kind, word.size());
    return make(TokenKind::Name, word.size());
}

Token Lexer::pointer()
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && !endsPointer(m_text[end])) {
        if (m_text[end] == '~') {
            if (end + 1 >= m_text.size() || (m_text[end + 1] != '0' && m_text[end + 1] != '1'))
                break; // the operator ~
            ++end;
        }
        ++end;
    }
    return make(TokenKind::Pointer, end - m_at);
}

Token Lexer::quotedText()
{
    std::size_t end = m_at + 1;
    while (end < m_text.size() && m_text[end] != '"')
        end += m_text[end] == '\\' ? 2 : 1;
    if (end >= m_text.size())
        return bad(m_text.size(), "the closing quote \"");
    Token token{TokenKind::Text, m_at, m_text.substr(m_at + 1, end - m_at - 1), {}};
    m_at = end + 1;
    return token;
}

Token Lexer::number()
{
    const auto digits = [this](std::size_t at) {
        while (at < m_text.size() && isDigit(m_text[at]))
            ++at;
        return at;
    };
    std::size_t end = m_at + (m_text[m_at] == '-' ? 1 : 0);
    const std::size_t whole = digits(end);
    if (whole == end)
        return bad(end, "a digit");
    end = whole;
    if (end < m_text.size() && m_text[end] == '.') {
        const std::size_t fraction = digits(end + 1);
        if (fraction == end + 1)
            return bad(fraction, "a digit");
        end = fraction;
    }
    if (end < m_text.size() && (m_text[end] == 'e' || m_text[end] == 'E')) {
        std::size_t at = end + 1;
        if (at < m_text.size() && (m_text[at] == '+' || m_text[at] == '-'))
            ++at;
        const std::size_t exponent = digits(at);
        if (exponent == at)
            return bad(at, "a digit of the exponent");
        end = exponent;
    }
    if (end < m_text.size() && continuesName(m_text[end]))
        return bad(end, "the end of the number");
    return make(TokenKind::Number, end - m_at);
}

Token Lexer::mark()
{
    const std::string_view rest = m_text.substr(m_at);
    for (const auto& [text, kind] : kMarks)
        if (rest.substr(0, text.size()) == text)
            return make(kind, text.size());
    switch (rest.front()) {
    case '=': return bad(m_at, "== (a single = is no operator)");
    case '&': return bad(m_at, "&&");
    case '|': return bad(m_at, "||");
    case '\'': return bad(m_at, "text in double quotes");
    default: return bad(m_at, "a field, a value or an operator");
    }
}

bool unescape(std::string_view raw, std::string& out, std::size_t& at)
{
    static constexpr std::string_view kFrom = "\"\\/bfnrt";
    static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    out.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        at = i++;
        if (const std::size_t k = kFrom.find(raw[i]); k != std::string_view::npos) {
            out += kTo[k];
        } else if (raw[i] == 'u') {
            const std::size_t used = readUnicode(raw, i + 1, out);
            if (used == 0)
                return false;
            i += used;
        } else {
            return false;
        }
    }
    return true;
}

std::string unescapePattern(std::string_view raw)
{
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 >= raw.size()) {
            out += raw[i];
            continue;
        }
        const char c = raw[++i];
        if (c == '\\' || c == '"' || c == '/')
            out += c;
        else if (const std::size_t used = c == 'u' ? readUnicode(raw, i + 1, out) : 0; used > 0)
            i += used;
        else
            (out += '\\') += c;
    }
    return out;
}

} // namespace wg::filter
