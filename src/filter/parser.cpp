// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/parser.h"

#include <charconv>

namespace wg::filter {
namespace {

constexpr std::string_view kFieldExpected = "a field such as status, changes.items[0].sku or /meta/trace, !, ( or exists(";
constexpr std::string_view kValueExpected = "a value such as \"text\", 12, true or null";

std::optional<Envelope> envelopeNamed(std::string_view name)
{
    for (const Envelope e : {Envelope::Type, Envelope::Key, Envelope::Version, Envelope::Size, Envelope::Latency,
                             Envelope::Conn, Envelope::Route})
        if (name == toText(e))
            return e;
    return std::nullopt;
}

std::optional<Compare> compareFor(TokenKind kind)
{
    switch (kind) {
    case TokenKind::Equal: return Compare::Equal;
    case TokenKind::Unequal: return Compare::Unequal;
    case TokenKind::Less: return Compare::Less;
    case TokenKind::LessEqual: return Compare::LessEqual;
    case TokenKind::Greater: return Compare::Greater;
    case TokenKind::GreaterEqual: return Compare::GreaterEqual;
    case TokenKind::In: return Compare::In;
    case TokenKind::Contains: return Compare::Contains;
    case TokenKind::StartsWith: return Compare::StartsWith;
    case TokenKind::EndsWith: return Compare::EndsWith;
    case TokenKind::Match: return Compare::Match;
    default: return std::nullopt;
    }
}

bool asIndex(std::string_view digits, std::uint32_t& index)
{
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0'))
        return false;
    const char* end = digits.data() + digits.size();
    const auto r = std::from_chars(digits.data(), end, index);
    return r.ec == std::errc() && r.ptr == end;
}

} // namespace

std::string_view toText(Envelope e) noexcept
{
    static constexpr std::string_view kNames[] = {"type", "key", "version", "size", "latency", "conn", "route"};
    return kNames[static_cast<std::size_t>(e)];
}

std::string_view toText(Compare c) noexcept
{
    static constexpr std::string_view kNames[] = {"exists", "==", "!=", "<",        "<=",         ">",
                                                  ">=",     "in", "contains", "startswith", "endswith", "~"};
    return kNames[static_cast<std::size_t>(c)];
}

bool Parser::refuse(std::size_t at, std::string_view expected, std::string_view why)
{
    if (!m_error.sentence.empty())
        return false; // the first fault is the one to show
    m_error.column = at + 1;
    m_error.expected = expected;
    m_error.sentence = "Column " + std::to_string(m_error.column) + ": ";
    if (!why.empty())
        m_error.sentence += std::string(why) + "; ";
    m_error.sentence += "expected " + m_error.expected + ".";
    return false;
}

bool Parser::refuseHere(std::string_view expected)
{
    return refuse(m_token.at, m_token.kind == TokenKind::Bad ? m_token.expected : expected);
}

bool Parser::take(TokenKind kind, std::string_view expected)
{
    if (m_token.kind != kind)
        return refuseHere(expected);
    advance();
    return true;
}

std::optional<Syntax> Parser::parse()
{
    if (m_text.size() > kTextBytes) {
        refuse(kTextBytes, "the end of the filter", "a filter has at most " + std::to_string(kTextBytes) + " bytes");
        return std::nullopt;
    }
    m_syntax.root = either(0);
    if (!m_syntax.root)
        return std::nullopt;
    if (m_token.kind != TokenKind::End) {
        refuseHere("&&, || or the end of the filter");
        return std::nullopt;
    }
    return std::move(m_syntax);
}

Parser::NodePtr Parser::either(std::size_t depth)
{
    NodePtr first = both(depth);
    if (!first || m_token.kind != TokenKind::Or)
        return first;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::Or;
    node->children.push_back(std::move(first));
    while (m_token.kind == TokenKind::Or) {
        advance();
        NodePtr more = both(depth);
        if (!more)
            return nullptr;
        node->children.push_back(std::move(more));
    }
    return node;
}

Parser::NodePtr Parser::both(std::size_t depth)
{
    NodePtr first = single(depth);
    if (!first || m_token.kind != TokenKind::And)
        return first;
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::And;
    node->children.push_back(std::move(first));
    while (m_token.kind == TokenKind::And) {
        advance();
        NodePtr more = single(depth);
        if (!more)
            return nullptr;
        node->children.push_back(std::move(more));
    }
    return node;
}

Parser::NodePtr Parser::single(std::size_t depth)
{
    if (depth >= kDepth) {
        refuse(m_token.at, "less nesting", "a filter nests at most " + std::to_string(kDepth) + " deep");
        return nullptr;
    }
    if (m_token.kind == TokenKind::Not) {
        advance();
        NodePtr inner = single(depth + 1);
        if (!inner)
            return nullptr;
        auto node = std::make_unique<Node>();
        node->kind = Node::Kind::Not;
        node->children.push_back(std::move(inner));
        return node;
    }
    if (m_token.kind == TokenKind::Open) {
        advance();
        NodePtr inner = either(depth + 1);
        return inner && take(TokenKind::Close, "&&, || or )") ? std::move(inner) : nullptr;
    }
    if (m_token.kind == TokenKind::Name && m_token.text == "exists") {
        Lexer ahead = m_lexer;
        if (ahead.next().kind == TokenKind::Open)
            return existence();
    }
    return comparison();
}

Parser::NodePtr Parser::existence()
{
    const std::size_t at = m_token.at;
    advance();
    Test test;
    if (!take(TokenKind::Open, "(") || !field(test.left) || !take(TokenKind::Close, ")"))
        return nullptr;
    return keep(std::move(test), at);
}

Parser::NodePtr Parser::comparison()
{
    const std::size_t at = m_token.at;
    Test test;
    if (!field(test.left) || !comparisonRight(test))
        return nullptr;
    return keep(std::move(test), at);
}

Parser::NodePtr Parser::keep(Test test, std::size_t at)
{
    if (m_syntax.tests.size() >= kTests) {
        refuse(at, "fewer comparisons", "a filter has at most " + std::to_string(kTests) + " comparisons");
        return nullptr;
    }
    auto node = std::make_unique<Node>();
    node->test = m_syntax.tests.size();
    m_syntax.tests.push_back(std::move(test));
    return node;
}

bool Parser::field(Operand& out)
{
    const std::size_t at = m_token.at;
    if (m_token.kind == TokenKind::Pointer)
        return pointerField(out) && checkScope(out, at);
    if (m_token.kind != TokenKind::Name || m_token.text == "true" || m_token.text == "false" || m_token.text == "null")
        return refuseHere(kFieldExpected);
    return dottedField(out) && checkScope(out, at);
}

bool Parser::dottedField(Operand& out)
{
    const std::string_view first = m_token.text;
    out.path.push_back({std::string(first)});
    advance();
    while (m_token.kind == TokenKind::Dot || m_token.kind == TokenKind::IndexOpen) {
        const bool isDot = m_token.kind == TokenKind::Dot;
        advance();
        if (isDot) {
            if (m_token.kind != TokenKind::Name)
                return refuseHere("a field name after the dot");
            out.path.push_back({std::string(m_token.text)});
            advance();
            continue;
        }
        PathStep step{{}, 0, true, false};
        if (m_token.kind != TokenKind::Number || !asIndex(m_token.text, step.index))
            return refuseHere("the number of an element, as in [0]");
        out.path.push_back(step);
        advance();
        if (!take(TokenKind::IndexClose, "]"))
            return false;
    }
    if (out.path.size() == 1)
        if (const auto envelope = envelopeNamed(first); envelope && (m_scope == Scope::Display || *envelope <= Envelope::Key)) {
            out.isEnvelope = true;
            out.envelope = *envelope;
            out.path.clear();
        }
    return true;
}

bool Parser::pointerField(Operand& out)
{
    std::string_view rest = m_token.text;
    while (!rest.empty()) {
        rest.remove_prefix(1); // the slash
        const std::string_view token = rest.substr(0, rest.find('/'));
        rest.remove_prefix(token.size());
        PathStep step;
        for (std::size_t i = 0; i < token.size(); ++i)
            step.name += token[i] == '~' ? (token[++i] == '0' ? '~' : '/') : token[i];
        step.hasIndex = asIndex(step.name, step.index);
        out.path.push_back(std::move(step));
    }
    advance();
    return true;
}

bool Parser::checkScope(const Operand& operand, std::size_t at)
{
    if (m_scope != Scope::Server)
        return true;
    static constexpr std::string_view kExpected = "key or a field of the item";
    if (operand.isEnvelope && operand.envelope == Envelope::Type)
        return refuse(at, kExpected, "a server-side filter sees an item's state, not the event's type");
    if (!operand.path.empty() && operand.path.front().name == "type" && m_text[at] != '/')
        return refuse(at, kExpected, "a server-side filter sees an item's state, not the event's type");
    if (!operand.path.empty() && operand.path.front().name == "changes")
        return refuse(at, kExpected, "a server-side filter sees an item's state, not the changes of an event");
    return true;
}

bool Parser::comparisonRight(Test& test)
{
    const auto compare = compareFor(m_token.kind);
    if (!compare)
        return refuseHere("an operator: == != < <= > >= in contains startswith endswith ~");
    test.compare = *compare;
    advance();
    switch (*compare) {
    case Compare::In: return set(test.right);
    case Compare::Match: return pattern(test);
    case Compare::StartsWith:
    case Compare::EndsWith: return textValue(test.right);
    case Compare::Less:
    case Compare::LessEqual:
    case Compare::Greater:
    case Compare::GreaterEqual:
        if (m_token.kind != TokenKind::Number && m_token.kind != TokenKind::Text)
            return refuseHere("a number or text to compare with");
        return value(test.right);
    default: return value(test.right);
    }
}

bool Parser::value(std::vector<Literal>& out)
{
    if (m_token.kind == TokenKind::Text)
        return textValue(out);
    if (m_token.kind == TokenKind::Number) {
        Number number;
        if (!Number::parse(m_token.text, number))
            return refuse(m_token.at, "a number of at most 1.8e308");
        out.emplace_back(number);
    } else if (m_token.kind == TokenKind::Name && (m_token.text == "true" || m_token.text == "false")) {
        out.emplace_back(m_token.text == "true");
    } else if (m_token.kind == TokenKind::Name && m_token.text == "null") {
        out.emplace_back(nullptr);
    } else {
        return refuseHere(kValueExpected);
    }
    advance();
    return true;
}

bool Parser::textValue(std::vector<Literal>& out)
{
    if (m_token.kind != TokenKind::Text)
        return refuseHere("text in double quotes");
    std::string text;
    std::size_t at = 0;
    if (!unescape(m_token.text, text, at))
        return refuse(m_token.at + 1 + at, R"(one of \" \\ \/ \b \f \n \r \t \uXXXX)");
    out.emplace_back(std::move(text));
    advance();
    return true;
}

bool Parser::set(std::vector<Literal>& out)
{
    if (!take(TokenKind::SetOpen, "a set such as {\"a\", \"b\"}"))
        return false;
    do {
        if (!out.empty())
            advance(); // the comma
        if (++m_setMembers > kSetMembers)
            return refuse(m_token.at, "fewer values", "sets have at most " + std::to_string(kSetMembers) + " values");
        if (!value(out))
            return false;
    } while (m_token.kind == TokenKind::Comma);
    return take(TokenKind::SetClose, ", or }");
}

bool Parser::pattern(Test& test)
{
    if (m_token.kind != TokenKind::Text)
        return refuseHere("a regular expression in double quotes");
    std::size_t at = 0;
    std::string reason;
    test.pattern = Pattern::compile(unescapePattern(m_token.text), at, reason);
    if (!test.pattern)
        return refuse(m_token.at + 1 + std::min(at, m_token.text.size()), "a regular expression that compiles", reason);
    advance();
    return true;
}

} // namespace wg::filter
