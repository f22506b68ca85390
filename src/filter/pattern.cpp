// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdint>

namespace wg::filter {
namespace {

constexpr std::uint32_t kMatchLimit = 100'000;  ///< back-tracking steps of one search
constexpr std::uint32_t kHeapLimitKiB = 1024;   ///< of the interpreter, where there is no JIT
constexpr std::uint32_t kPatternParens = 100;   ///< nesting of groups

/// One thread's place for match results; a single pair is enough for yes or no.
pcre2_match_data* threadMatch()
{
    struct Owner {
        pcre2_match_data* place = pcre2_match_data_create(1, nullptr);
        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        ~Owner() { pcre2_match_data_free(place); }
    };
    thread_local Owner owner;
    return owner.place;
}

} // namespace

std::shared_ptr<const Pattern> Pattern::compile(std::string_view expression, std::size_t& at, std::string& reason)
{
    std::shared_ptr<Pattern> pattern(new Pattern);
    pattern->m_expression = expression;
    pcre2_compile_context* how = pcre2_compile_context_create(nullptr);
    pcre2_set_parens_nest_limit(how, kPatternParens);
    int error = 0;
    PCRE2_SIZE offset = 0;
    pattern->m_code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                                    PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &offset, how);
    pcre2_compile_context_free(how);
    if (pattern->m_code == nullptr) {
        PCRE2_UCHAR text[160];
        pcre2_get_error_message(error, text, sizeof text);
        at = offset;
        reason = reinterpret_cast<const char*>(text);
        return nullptr;
    }
    pcre2_jit_compile(pattern->m_code, PCRE2_JIT_COMPLETE); // without JIT the interpreter does the work
    pattern->m_context = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(pattern->m_context, kMatchLimit);
    pcre2_set_heap_limit(pattern->m_context, kHeapLimitKiB);
    return pattern;
}

Pattern::~Pattern()
{
    pcre2_match_context_free(m_context);
    pcre2_code_free(m_code);
}

bool Pattern::isIn(std::string_view subject) const
{
    return pcre2_match(m_code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, 0, threadMatch(),
                       m_context)
           >= 0;
}

} // namespace wg::filter
