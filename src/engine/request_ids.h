// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers of a request attempt, for the logs of both sides. Source: W3C Trace Context 3.2 (traceparent).
#pragma once

#include "base/prng.h"

#include <string>

namespace wg::engine {

inline void appendHex(std::string& out, std::uint64_t value)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4)
        out += kDigits[(value >> shift) & 0xF];
}

[[nodiscard]] inline std::string requestId(Prng& random)
{
    std::string out = "wg-";
    appendHex(out, random.next());
    return out;
}

/// 00-TRACE-SPAN-01; neither part is all zeros.
[[nodiscard]] inline std::string traceParent(Prng& random)
{
    std::string out = "00-";
    appendHex(out, random.next() | 1);
    appendHex(out, random.next());
    out += '-';
    appendHex(out, random.next() | 1);
    return out + "-01";
}

} // namespace wg::engine
