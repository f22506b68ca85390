// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields of HTTP: the pair, and the small rules for names, values, lists and media types.
// Source: RFC 9110 5.5, 5.6.1, 5.6.2, 8.3.1; WHATWG MIME Sniffing 4.4 (essence).
#pragma once

#include <string>
#include <string_view>

namespace wg::codec
{

struct HttpField {
    std::string name;
    std::string value;
};

[[nodiscard]] bool isHttpToken(std::string_view text) noexcept;
/// Visible text, spaces and tabs; no CR, LF or NUL, nor any other control character.
[[nodiscard]] bool isHttpFieldValue(std::string_view text) noexcept;
/// ASCII only, case-insensitive.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept;
/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;
/// True if the comma-separated list holds the token (case-insensitive).
[[nodiscard]] bool listContains(std::string_view list, std::string_view token) noexcept;
/// "type/subtype" in lower case of a Content-Type value; empty if it is not one. Parameters are left out.
[[nodiscard]] std::string mediaTypeEssence(std::string_view contentType);

} // namespace wg::codec
