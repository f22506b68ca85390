// SPDX-License-Identifier: GPL-3.0-or-later
// Http1Request: writes the head of a GET request. Nothing from outside can end a line in it.
// Errors: an unsuitable name, value or target is refused (isOk() false, fault() names the field, never its value).
// Source: RFC 9112 3, RFC 9110 5.5.
#pragma once

#include <string>
#include <string_view>

namespace wg::codec
{

class Http1Request
{
public:
    /// target: path and query as in a request line; host: host[:port].
    Http1Request(std::string_view target, std::string_view host);

    void add(std::string_view name, std::string_view value);
    /// The whole head with its empty line.
    [[nodiscard]] std::string take() &&;

    [[nodiscard]] bool isOk() const noexcept { return m_fault.empty(); }
    [[nodiscard]] const std::string& fault() const noexcept { return m_fault; }

private:
    std::string m_text;
    std::string m_fault;
};

/// Fields that the transport writes itself and nobody else may set.
[[nodiscard]] bool isFramingField(std::string_view name) noexcept;

} // namespace wg::codec
