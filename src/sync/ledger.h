// SPDX-License-Identifier: GPL-3.0-or-later
// Ledger: for one watch, which span of versions and of time is covered, missing, refilled or unknown, and why.
// It is what the window draws and what is exported as proof that nothing was lost.
// Limits: limits::kLedgerSpans; older spans of equal status are merged, and the merge is marked in their text.
#pragma once

#include "base/time.h"
#include "sync/version.h"

#include <deque>
#include <string>
#include <string_view>

namespace wg::sync {

enum class Coverage : std::uint8_t {
    Covered,  ///< every event was received in order
    Gap,      ///< versions are missing and were not refilled (yet)
    Refilled, ///< missing events, but a snapshot made the state right again
    Snapshot, ///< state taken from a snapshot
    Unknown,  ///< the source proves nothing about this span
};
[[nodiscard]] std::string_view toString(Coverage coverage) noexcept;

struct Span {
    std::string epoch;
    Version from;
    Version to;
    Instant begin;
    Instant end;
    Coverage status = Coverage::Covered;
    std::string why;
};

class Ledger {
public:
    void covered(const std::string& epoch, const Version& from, const Version& to, Instant now); ///< extends the last span
    void gap(const std::string& epoch, const Version& from, const Version& to, std::string_view why, Instant now);
    void snapshot(const std::string& epoch, const Version& at, std::string_view why, Instant now); ///< open gaps become refilled
    void unknown(std::string_view why, Instant now);

    [[nodiscard]] const std::deque<Span>& spans() const noexcept { return m_spans; }

private:
    void push(Span span);
    std::deque<Span> m_spans;
};

} // namespace wg::sync
