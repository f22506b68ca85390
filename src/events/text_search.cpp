// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/text_search.h"

#include <algorithm>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wg::events {
namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

} // namespace

TextSearch::TextSearch(std::string_view needle, bool isCaseSensitive)
    : m_needle(needle), m_isCaseSensitive(isCaseSensitive)
{
    if (m_needle.empty())
        return;
    if (!m_isCaseSensitive)
        std::transform(m_needle.begin(), m_needle.end(), m_needle.begin(), lower);
    m_firstOther = m_isCaseSensitive ? m_needle.front() : upper(m_needle.front());
    m_lastOther = m_isCaseSensitive ? m_needle.back() : upper(m_needle.back());
}

bool TextSearch::isAt(const char* text) const noexcept
{
    if (m_isCaseSensitive)
        return std::memcmp(text, m_needle.data(), m_needle.size()) == 0;
    for (std::size_t i = 0; i < m_needle.size(); ++i)
        if (lower(text[i]) != m_needle[i])
            return false;
    return true;
}

std::size_t TextSearch::find(std::string_view text) const noexcept
{
    if (m_needle.empty())
        return 0;
    if (text.size() < m_needle.size())
        return std::string_view::npos;
    const std::size_t places = text.size() - m_needle.size() + 1;
    std::size_t i = 0;
#if defined(__SSE2__)
    // Sixteen places at a time: those where both the first and the last byte fit are compared in full.
    const __m128i first = _mm_set1_epi8(m_needle.front());
    const __m128i firstOther = _mm_set1_epi8(m_firstOther);
    const __m128i last = _mm_set1_epi8(m_needle.back());
    const __m128i lastOther = _mm_set1_epi8(m_lastOther);
    for (; i + 16 <= places; i += 16) {
        const auto* at = reinterpret_cast<const __m128i*>(text.data() + i);
        const auto* atLast = reinterpret_cast<const __m128i*>(text.data() + i + m_needle.size() - 1);
        const __m128i begin = _mm_loadu_si128(at);
        const __m128i end = _mm_loadu_si128(atLast);
        const __m128i fits = _mm_and_si128(_mm_or_si128(_mm_cmpeq_epi8(begin, first), _mm_cmpeq_epi8(begin, firstOther)),
                                           _mm_or_si128(_mm_cmpeq_epi8(end, last), _mm_cmpeq_epi8(end, lastOther)));
        for (auto mask = static_cast<unsigned>(_mm_movemask_epi8(fits)); mask != 0; mask &= mask - 1) {
            const std::size_t place = i + static_cast<unsigned>(std::countr_zero(mask));
            if (isAt(text.data() + place))
                return place;
        }
    }
#endif
    for (; i < places; ++i) {
        const char c = text[i];
        if ((c == m_needle.front() || c == m_firstOther) && isAt(text.data() + i))
            return i;
    }
    return std::string_view::npos;
}

SearchStep search(const EventLog& log, const TextSearch& text, Sequence from, Direction direction, std::size_t maxRows)
{
    const auto view = log.view();
    bool isFound = false;
    std::size_t left = std::max<std::size_t>(maxRows, 1);
    const auto look = [&](const RowView& row) {
        isFound = text.matches(row);
        return !isFound && --left > 0;
    };
    if (direction == Direction::Older) {
        const Sequence to = std::clamp(from, view->first(), view->end());
        const Sequence lowest = view->newestFirst(view->first(), to, look);
        if (isFound)
            return {SearchStep::Outcome::Found, lowest};
        return {lowest > view->first() ? SearchStep::Outcome::More : SearchStep::Outcome::End, lowest};
    }
    const Sequence begin = std::clamp(from == UINT64_MAX ? from : from + 1, view->first(), view->end());
    const Sequence past = view->oldestFirst(begin, view->end(), look);
    if (isFound)
        return {SearchStep::Outcome::Found, past - 1};
    return {past < view->end() ? SearchStep::Outcome::More : SearchStep::Outcome::End, past == 0 ? 0 : past - 1};
}

} // namespace wg::events
