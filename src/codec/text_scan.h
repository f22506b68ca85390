// SPDX-License-Identifier: GPL-3.0-or-later
// Byte searches of the line formats, 16 bytes at a step where the processor can (SSE2), else one at a step.
// Needs:  kPadding readable bytes after `end` (their content is not looked at).
#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wg::codec
{

/// First '\n' or '\r' in [begin, end), or end. hasHighBytes is set if a byte >= 0x80 may stand before it
/// (it can be set without need, never left out).
inline const char* findLineEnd(const char* begin, const char* end, bool& hasHighBytes) noexcept
{
#if defined(__SSE2__)
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r');
    __m128i seen = _mm_setzero_si128();
    const char* at = begin;
    while (at < end) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const int hits = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr)));
        seen = _mm_or_si128(seen, block);
        if (hits) {
            at += __builtin_ctz(static_cast<unsigned>(hits));
            break;
        }
        at += 16;
    }
    if (_mm_movemask_epi8(seen))
        hasHighBytes = true;
    return at < end ? at : end;
#else
    for (const char* at = begin; at < end; ++at) {
        if (*at == '\n' || *at == '\r')
            return at;
        if (static_cast<unsigned char>(*at) >= 0x80)
            hasHighBytes = true;
    }
    return end;
#endif
}

/// True if every byte in [begin, end) is below 0x80. Can say false without need where high bytes follow the end.
inline bool isAscii(const char* begin, const char* end) noexcept
{
#if defined(__SSE2__)
    __m128i seen = _mm_setzero_si128();
    for (; begin < end; begin += 16)
        seen = _mm_or_si128(seen, _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin)));
    return _mm_movemask_epi8(seen) == 0;
#else
    unsigned seen = 0;
    for (; begin < end; ++begin)
        seen |= static_cast<unsigned char>(*begin);
    return seen < 0x80;
#endif
}

} // namespace wg::codec
