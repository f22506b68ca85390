// SPDX-License-Identifier: GPL-3.0-or-later
// TextSearch: plain text search in the log, in slices, next or previous from a row.
// Units:  bytes; case folding is ASCII only (other letters compare as they are).
// Thread: a value; the log may be written meanwhile.
#pragma once

#include "events/event_log.h"
#include "events/view.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wg::events {

class TextSearch {
public:
    explicit TextSearch(std::string_view needle, bool isCaseSensitive = false);

    /// True for an empty needle.
    [[nodiscard]] bool isIn(std::string_view text) const noexcept { return find(text) != std::string_view::npos; }
    [[nodiscard]] std::size_t find(std::string_view text) const noexcept;
    /// Looks into payload, key and type.
    [[nodiscard]] bool matches(const RowView& row) const noexcept
    {
        return isIn(row.payload()) || (!row.keyIsInPayload() && isIn(row.key())) || isIn(row.type());
    }

private:
    [[nodiscard]] bool isAt(const char* text) const noexcept;

    std::string m_needle; ///< folded unless case-sensitive
    bool m_isCaseSensitive;
    char m_firstOther = 0; ///< first and last byte in the other case
    char m_lastOther = 0;
};

enum class Direction : std::uint8_t { Older, Newer };

struct SearchStep {
    enum class Outcome : std::uint8_t { Found, More, End };
    Outcome outcome = Outcome::End;
    Sequence at = 0; ///< Found: the row. More: where the next call goes on from. End: nothing further that way.
};

/// Looks at up to maxRows rows beyond from (itself left out) in that direction.
[[nodiscard]] SearchStep search(const EventLog& log, const TextSearch& text, Sequence from, Direction direction,
                                std::size_t maxRows);

} // namespace wg::events
