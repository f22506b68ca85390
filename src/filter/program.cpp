// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/program.h"

#include "filter/evaluate.h"

#include <algorithm>

namespace wg::filter {
namespace {

bool needsPayload(const Node& node, const std::vector<Test>& tests)
{
    if (node.kind == Node::Kind::Test)
        return !tests[node.test].left.isEnvelope;
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const auto& child) { return needsPayload(*child, tests); });
}

std::string toText(const Operand& operand)
{
    if (operand.isEnvelope)
        return std::string(toText(operand.envelope));
    std::string out;
    for (const PathStep& step : operand.path) {
        out += '/';
        if (!step.hasName)
            out += std::to_string(step.index);
        for (const char c : step.name)
            out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return out;
}

std::string toText(const Test& test)
{
    if (test.compare == Compare::Exists)
        return "exists(" + toText(test.left) + ")";
    std::string out = toText(test.left) + " " + std::string(toText(test.compare)) + " ";
    if (test.compare == Compare::Match)
        return out + inQuotes(test.pattern->expression());
    if (test.compare != Compare::In)
        return out + toText(test.right.front());
    out += '{';
    for (const Literal& literal : test.right)
        (out += out.back() == '{' ? "" : ", ") += toText(literal);
    return out + "}";
}

} // namespace

Program::Program(Syntax syntax, std::string text, Scope scope)
    : m_tests(std::move(syntax.tests))
    , m_text(std::move(text))
    , m_scope(scope)
{
    m_readsPayload = needsPayload(*syntax.root, m_tests);
    m_start = emit(*syntax.root, kAccept, kReject);
}

Program::Exit Program::emit(const Node& node, Exit whenTrue, Exit whenFalse)
{
    switch (node.kind) {
    case Node::Kind::Test:
        m_steps.push_back({static_cast<std::uint16_t>(node.test), whenTrue, whenFalse});
        return static_cast<Exit>(m_steps.size() - 1);
    case Node::Kind::Not: return emit(*node.children.front(), whenFalse, whenTrue);
    case Node::Kind::And:
    case Node::Kind::Or: break;
    }
    return emitChain(node, whenTrue, whenFalse);
}

Program::Exit Program::emitChain(const Node& node, Exit whenTrue, Exit whenFalse)
{
    std::vector<const Node*> order;
    for (const auto& child : node.children)
        order.push_back(child.get());
    std::stable_partition(order.begin(), order.end(), [this](const Node* child) { return !needsPayload(*child, m_tests); });
    Exit next = node.kind == Node::Kind::And ? whenTrue : whenFalse;
    for (auto it = order.rbegin(); it != order.rend(); ++it)
        next = node.kind == Node::Kind::And ? emit(**it, next, whenFalse) : emit(**it, whenTrue, next);
    return next;
}

bool Program::run(const Record& record) const
{
    Evaluation evaluation(record);
    Exit at = m_start;
    while (at < m_steps.size()) {
        const Step& step = m_steps[at];
        at = evaluation.holds(m_tests[step.test]) ? step.whenTrue : step.whenFalse;
    }
    return at == kAccept;
}

std::string Program::explain() const
{
    const auto number = [this](Exit exit) {
        return exit == kAccept   ? std::string("match")
               : exit == kReject ? std::string("no match")
                                 : std::to_string(m_steps.size() - 1 - exit);
    };
    std::string out;
    for (std::size_t i = m_steps.size(); i-- > 0;) {
        const Step& step = m_steps[i];
        out += number(static_cast<Exit>(i)) + "  " + toText(m_tests[step.test]) + "  true: " + number(step.whenTrue)
               + "  false: " + number(step.whenFalse)
               + (m_tests[step.test].left.isEnvelope ? "\n" : "  (reads the payload)\n");
    }
    return out;
}

} // namespace wg::filter
