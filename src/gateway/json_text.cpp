// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/json_text.h"

#include <charconv>
#include <cmath>

namespace wg::gateway {

void appendEscaped(std::string& out, std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (byte < 0x20) {
                out += "\\u00";
                out += kHex[byte >> 4];
                out += kHex[byte & 15];
            } else {
                out += c;
            }
        }
    }
}

void appendText(std::string& out, std::string_view text)
{
    out += '"';
    appendEscaped(out, text);
    out += '"';
}

void appendNumber(std::string& out, std::uint64_t number)
{
    char digits[24];
    const auto r = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, r.ptr);
}

void appendVersion(std::string& out, std::uint64_t version)
{
    static constexpr std::uint64_t kExact = std::uint64_t{1} << 53;
    if (version <= kExact)
        return appendNumber(out, version);
    out += '"';
    appendNumber(out, version);
    out += '"';
}

void appendMs(std::string& out, std::int64_t microseconds)
{
    appendNumber(out, static_cast<std::uint64_t>(microseconds / 1000));
    const auto rest = static_cast<unsigned>(microseconds % 1000);
    const char tail[4] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                          static_cast<char>('0' + rest % 10)};
    out.append(tail, sizeof tail);
}

std::string fixed(double value, int decimals)
{
    static constexpr std::int64_t kScale[] = {1, 10, 100, 1000, 10000};
    const std::int64_t scaled = std::llround(value * static_cast<double>(kScale[decimals]));
    std::string out = scaled < 0 ? "-" : "";
    const auto size = static_cast<std::uint64_t>(scaled < 0 ? -scaled : scaled);
    appendNumber(out, size / static_cast<std::uint64_t>(kScale[decimals]));
    if (decimals == 0)
        return out;
    std::string rest;
    appendNumber(rest, size % static_cast<std::uint64_t>(kScale[decimals]));
    out += '.';
    out.append(static_cast<std::size_t>(decimals) - rest.size(), '0');
    return out += rest;
}

} // namespace wg::gateway
