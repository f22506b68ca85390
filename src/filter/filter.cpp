// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include "filter/parser.h"
#include "filter/program.h"

namespace wg::filter {

FilterResult Filter::compile(std::string_view text, Scope scope)
{
    Parser parser(text, scope);
    std::optional<Syntax> syntax = parser.parse();
    FilterResult result;
    if (!syntax) {
        result.error = parser.error();
        return result;
    }
    result.filter = Filter(std::make_shared<const Program>(std::move(*syntax), std::string(text), scope));
    return result;
}

bool Filter::matches(const Record& record) const
{
    return m_program->run(record);
}

const std::string& Filter::text() const noexcept
{
    return m_program->text();
}

Scope Filter::scope() const noexcept
{
    return m_program->scope();
}

bool Filter::readsPayload() const noexcept
{
    return m_program->readsPayload();
}

std::string Filter::explain() const
{
    return m_program->explain();
}

} // namespace wg::filter
