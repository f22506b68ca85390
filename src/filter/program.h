// SPDX-License-Identifier: GPL-3.0-or-later
// Program: a filter as a decision graph. Each step is one test with two exits, so && || ! cost nothing at run time;
// tests on columns come before tests that read the payload.
#pragma once

#include "filter/filter.h"
#include "filter/syntax.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wg::filter {

class Program {
public:
    Program(Syntax syntax, std::string text, Scope scope);

    [[nodiscard]] bool run(const Record& record) const;
    [[nodiscard]] std::string explain() const;
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    [[nodiscard]] Scope scope() const noexcept { return m_scope; }
    [[nodiscard]] bool readsPayload() const noexcept { return m_readsPayload; }

private:
    using Exit = std::uint16_t;
    static constexpr Exit kAccept = 0xFFFF;
    static constexpr Exit kReject = 0xFFFE;
    struct Step {
        std::uint16_t test = 0;
        Exit whenTrue = kReject;
        Exit whenFalse = kReject;
    };
    Exit emit(const Node& node, Exit whenTrue, Exit whenFalse);
    Exit emitChain(const Node& node, Exit whenTrue, Exit whenFalse);

    std::vector<Test> m_tests;
    std::vector<Step> m_steps; ///< laid out from the end: exits are known before a step is written
    Exit m_start = kReject;
    std::string m_text;
    Scope m_scope;
    bool m_readsPayload = false;
};

} // namespace wg::filter
