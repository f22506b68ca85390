// SPDX-License-Identifier: GPL-3.0-or-later
// Lexer: filter text -> words, one at a time. A token's text is a view into the filter text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wg::filter {

enum class TokenKind : std::uint8_t {
    End, Name, Pointer, Text, Number,
    And, Or, Not, In, Contains, StartsWith, EndsWith, Match,
    Equal, Unequal, Less, LessEqual, Greater, GreaterEqual,
    Open, Close, SetOpen, SetClose, IndexOpen, IndexClose, Comma, Dot,
    Bad, ///< expected says what should stand there
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::size_t at = 0;    ///< byte offset of its first character
    std::string_view text; ///< as written; a Text token without its quotes, still escaped
    std::string_view expected;
};

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) {}
    [[nodiscard]] Token next();

private:
    Token make(TokenKind kind, std::size_t length);
    Token bad(std::size_t at, std::string_view expected);
    Token name();
    Token pointer();
    Token quotedText();
    Token number();
    Token mark();

    std::string_view m_text;
    std::size_t m_at = 0;
};

/// Resolves JSON escapes. False with `at` = offset of the wrong escape inside `raw`.
[[nodiscard]] bool unescape(std::string_view raw, std::string& out, std::size_t& at);
/// Resolves \\ \" \/ and \uXXXX; every other escape is left for the regular expression (\d, \b, \.).
[[nodiscard]] std::string unescapePattern(std::string_view raw);

} // namespace wg::filter
