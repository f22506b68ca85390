// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/http_field.h"

namespace wg::codec
{

namespace
{

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool isTokenByte(char c) noexcept
{
    if ((c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'))
        return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

} // namespace

bool isHttpToken(std::string_view text) noexcept
{
    for (const char c : text)
        if (!isTokenByte(c))
            return false;
    return !text.empty();
}

bool isHttpFieldValue(std::string_view text) noexcept
{
    for (const char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F)
            return false;
    return true;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool listContains(std::string_view list, std::string_view token) noexcept
{
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (equalsIgnoringCase(trimmed(list.substr(0, comma)), token))
            return true;
        if (comma == std::string_view::npos)
            break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

std::string mediaTypeEssence(std::string_view contentType)
{
    const std::string_view essence = trimmed(contentType.substr(0, contentType.find(';')));
    const std::size_t slash = essence.find('/');
    if (slash == std::string_view::npos || !isHttpToken(essence.substr(0, slash)) ||
        !isHttpToken(essence.substr(slash + 1)))
        return {};
    std::string result(essence);
    for (char& c : result)
        c = lower(c);
    return result;
}

} // namespace wg::codec
