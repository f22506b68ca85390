// SPDX-License-Identifier: GPL-3.0-or-later
// Pattern: a compiled regular expression (PCRE2, 8 bit, JIT where there is one), searched anywhere in the subject.
// Limits: kMatchLimit steps a search; a search that meets it does not match.
// Thread: immutable; contains() may run on any number of threads.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;
struct pcre2_real_match_context_8;

namespace wg::filter {

class Pattern {
public:
    /// Null with the offset of the fault in the expression and the reason.
    [[nodiscard]] static std::shared_ptr<const Pattern> compile(std::string_view expression, std::size_t& at,
                                                                std::string& reason);
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;
    ~Pattern();

    [[nodiscard]] bool isIn(std::string_view subject) const;
    [[nodiscard]] const std::string& expression() const noexcept { return m_expression; }

private:
    Pattern() = default;
    std::string m_expression;
    pcre2_real_code_8* m_code = nullptr;
    pcre2_real_match_context_8* m_context = nullptr;
};

} // namespace wg::filter
