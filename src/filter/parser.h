// SPDX-License-Identifier: GPL-3.0-or-later
// Parser: recursive descent, depth bounded.
//   either  := both   { ("||" | "or")  both }
//   both    := single { ("&&" | "and") single }
//   single  := ("!" | "not") single | "(" either ")" | "exists" "(" field ")" | field compare
//   compare := ("==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "startswith" | "endswith") value
//            | "~" text | "in" "{" value { "," value } "}"
//   field   := name { "." name | "[" number "]" } | JSON pointer
//   value   := number | text | "true" | "false" | "null"
#pragma once

#include "filter/filter.h"
#include "filter/lexer.h"
#include "filter/syntax.h"

#include <optional>

namespace wg::filter {

class Parser {
public:
    Parser(std::string_view text, Scope scope) : m_lexer(text), m_text(text), m_scope(scope) { advance(); }
    /// Nothing where the text is refused; error() then says why.
    [[nodiscard]] std::optional<Syntax> parse();
    [[nodiscard]] const FilterError& error() const noexcept { return m_error; }

private:
    using NodePtr = std::unique_ptr<Node>;
    void advance() { m_token = m_lexer.next(); }
    bool refuse(std::size_t at, std::string_view expected, std::string_view why = {});
    bool refuseHere(std::string_view expected);
    bool take(TokenKind kind, std::string_view expected);

    NodePtr either(std::size_t depth);
    NodePtr both(std::size_t depth);
    NodePtr single(std::size_t depth);
    NodePtr existence();
    NodePtr comparison();
    bool field(Operand& out);
    bool dottedField(Operand& out);
    bool pointerField(Operand& out);
    bool checkScope(const Operand& field, std::size_t at);
    bool comparisonRight(Test& test);
    bool value(std::vector<Literal>& out);
    bool textValue(std::vector<Literal>& out);
    bool set(std::vector<Literal>& out);
    bool pattern(Test& test);
    NodePtr keep(Test test, std::size_t at);

    Lexer m_lexer;
    std::string_view m_text;
    Scope m_scope;
    Token m_token;
    Syntax m_syntax;
    std::size_t m_setMembers = 0;
    FilterError m_error;
};

} // namespace wg::filter
