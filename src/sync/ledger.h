// SPDX-License-Identifier: GPL-3.0-or-later
// Ledger: for one watch, which span of versions and of time is covered, missing, refilled or unknown, and why.
// It is what the window draws and what is exported as proof that nothing was lost.
// Shape:  spans in order of time; only the last one grows. A gap stays a gap until a snapshot or a resume refills it.
// Limits: limits::kLedgerSpans. Above it the two oldest spans become one that has the worse of their two states, and
//         its text says how many were merged: an old loss is never hidden by a merge.
// Cost:   extend() allocates nothing for versions that are 64-bit numbers.
#pragma once

#include "base/limits.h"
#include "base/time.h"
#include "sync/version.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace wg::sync
{

enum class Coverage : std::uint8_t {
    Covered,  ///< every event was received in order
    Gap,      ///< versions are missing and were not refilled (yet)
    Refilled, ///< missing events, but a snapshot made the state right again, or a resume brought them
    Snapshot, ///< state taken from a snapshot
    Unknown,  ///< the source proves nothing about this span
};
[[nodiscard]] std::string_view toString(Coverage coverage) noexcept; ///< covered gap refilled snapshot unknown

struct Span {
    std::string epoch;
    Version from;
    Version to; ///< absent where unknown
    Instant begin;
    Instant end;
    Coverage status = Coverage::Covered;
    std::string why;
    std::uint32_t merged = 0; ///< how many older spans this one stands for; 0 = only itself
};

class Ledger
{
public:
    explicit Ledger(std::size_t maxSpans = limits::kLedgerSpans)
        : m_maxSpans(maxSpans < 2 ? 2 : maxSpans)
    {
    }

    /// Every event after from, up to and including to, came in order. Extends the last span where it joins.
    void covered(const std::string& epoch, const Version& from, const Version& to, Instant now);
    /// As covered() where the last span is known to join (the hot path). False: it does not, call covered().
    bool extend(const Version& to, Instant now)
    {
        if (m_spans.empty() || m_spans.back().status != Coverage::Covered)
            return false;
        m_spans.back().to = to;
        m_spans.back().end = now;
        return true;
    }
    /// True if the last span is a gap or unknown, so that what comes next does not join to what was before.
    [[nodiscard]] bool endsInLoss() const
    {
        return !m_spans.empty() &&
               (m_spans.back().status == Coverage::Gap || m_spans.back().status == Coverage::Unknown);
    }
    void gap(const std::string& epoch, const Version& from, const Version& to, std::string_view why, Instant now);
    void snapshot(const std::string& epoch, const Version& at, std::string_view why,
                  Instant now);                     ///< open gaps become refilled
    void resent(std::string_view why, Instant now); ///< a resume brought what was missing: open gaps become refilled
    void unknown(std::string_view why, Instant now);

    [[nodiscard]] const std::deque<Span>& spans() const noexcept { return m_spans; }

private:
    void push(Span span);
    void refill(std::string_view why, Instant now);
    void mergeOldest();

    std::deque<Span> m_spans;
    std::size_t m_maxSpans;
    std::uint32_t m_openGaps = 0; ///< spans of status Gap
};

} // namespace wg::sync
