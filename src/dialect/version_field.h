// SPDX-License-Identifier: GPL-3.0-or-later
// How watch.v1 writes versions and epochs: a whole number, as JSON number or decimal string, of any size; never a float.
#pragma once

#include "dialect/digits.h"
#include "dialect/json_reader.h"
#include "sync/version.h"

namespace wg::dialect {

inline constexpr std::size_t kVersionDigits = 64; ///< far beyond 2^63-1; a longer one is an attack

/// False for anything but a non-negative whole number (digits only).
inline bool readVersion(const JsonValue& value, sync::Version& out)
{
    std::uint64_t number = 0;
    if ((value.kind == JsonKind::Number || value.kind == JsonKind::String) && readDigits(value.bytes, number)) {
        out.assign(number);
        return true;
    }
    if (value.bytes.size() > kVersionDigits || (value.kind != JsonKind::Number && value.kind != JsonKind::String) || !isDecimal(value.bytes))
        return false;
    out.assign(value.bytes);
    return true;
}

/// [A-Za-z0-9._-]{1,64}
inline bool isEpoch(std::string_view text) noexcept
{
    constexpr std::size_t kEpochBytes = 64;
    if (text.empty() || text.size() > kEpochBytes)
        return false;
    for (const char c : text)
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
            return false;
    return true;
}

/// EPOCH:VERSION, split at the last colon; nothing if it is not that.
inline bool readCursor(std::string_view text, sync::Cursor& out)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || !isEpoch(text.substr(0, colon)) || text.size() - colon > kVersionDigits + 1 ||
        !isDecimal(text.substr(colon + 1)))
        return false;
    out.epoch = text.substr(0, colon);
    out.version.assign(text.substr(colon + 1));
    return true;
}

} // namespace wg::dialect
