// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/utf8.h"

#include "codec/text_scan.h"

#include <simdjson.h>

namespace wg::codec
{

bool isValidUtf8(std::string_view text) noexcept
{
    return simdjson::validate_utf8(text.data(), text.size());
}

bool isValidUtf8Padded(std::string_view text) noexcept
{
    return isAscii(text.data(), text.data() + text.size()) || isValidUtf8(text);
}

namespace
{

/// What may follow a lead byte: how many more bytes, and the range of the first of them.
struct Lead {
    int more = -1; ///< -1: cannot begin a character
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
};

Lead leadOf(unsigned char byte) noexcept
{
    if (byte < 0x80)
        return {0, 0, 0};
    if (byte >= 0xC2 && byte <= 0xDF)
        return {1, 0x80, 0xBF};
    if (byte >= 0xE0 && byte <= 0xEF)
        return {2, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    if (byte >= 0xF0 && byte <= 0xF4)
        return {3, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
    return {};
}

} // namespace

void appendRepairedUtf8(std::string_view text, PaddedBuffer& out)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const Lead lead = leadOf(static_cast<unsigned char>(text[at]));
        std::size_t next = at + 1;
        bool isWhole = lead.more >= 0;
        for (int i = 0; isWhole && i < lead.more; ++i) {
            const auto byte = next < text.size() ? static_cast<unsigned char>(text[next]) : 0;
            const unsigned char low = i == 0 ? lead.low : 0x80;
            const unsigned char high = i == 0 ? lead.high : 0xBF;
            if (byte < low || byte > high)
                isWhole = false;
            else
                ++next;
        }
        out.append(isWhole ? text.substr(at, next - at) : std::string_view("\xEF\xBF\xBD"));
        at = next;
    }
}

} // namespace wg::codec
