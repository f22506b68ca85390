// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/ledger.h"

#include <algorithm>
#include <utility>

namespace wg::sync
{

namespace
{

/// How bad a span is: a merge keeps the worse of two.
int severity(Coverage coverage)
{
    switch (coverage) {
    case Coverage::Covered: return 0;
    case Coverage::Snapshot: return 1;
    case Coverage::Refilled: return 2;
    case Coverage::Unknown: return 3;
    case Coverage::Gap: return 4;
    }
    return 4;
}

} // namespace

std::string_view toString(Coverage coverage) noexcept
{
    switch (coverage) {
    case Coverage::Covered: return "covered";
    case Coverage::Gap: return "gap";
    case Coverage::Refilled: return "refilled";
    case Coverage::Snapshot: return "snapshot";
    case Coverage::Unknown: return "unknown";
    }
    return "unknown";
}

void Ledger::covered(const std::string& epoch, const Version& from, const Version& to, Instant now)
{
    if (!m_spans.empty()) {
        Span& last = m_spans.back();
        if (last.status == Coverage::Covered && last.epoch == epoch && last.to == from) {
            last.to = to;
            last.end = now;
            return;
        }
    }
    push({epoch, from, to, now, now, Coverage::Covered, {}});
}

void Ledger::gap(const std::string& epoch, const Version& from, const Version& to, std::string_view why, Instant now)
{
    push({epoch, from, to, now, now, Coverage::Gap, std::string(why)});
}

void Ledger::snapshot(const std::string& epoch, const Version& at, std::string_view why, Instant now)
{
    refill("refilled by a snapshot", now);
    push({epoch, at, at, now, now, Coverage::Snapshot, std::string(why)});
}

void Ledger::resent(std::string_view why, Instant now)
{
    refill(why, now);
}

void Ledger::unknown(std::string_view why, Instant now)
{
    if (!m_spans.empty() && m_spans.back().status == Coverage::Unknown && m_spans.back().why == why) {
        m_spans.back().end = now;
        return;
    }
    Span span;
    if (!m_spans.empty()) {
        span.epoch = m_spans.back().epoch;
        span.from = m_spans.back().to;
    }
    span.begin = span.end = now;
    span.status = Coverage::Unknown;
    span.why = why;
    push(std::move(span));
}

void Ledger::refill(std::string_view why, Instant now)
{
    for (auto span = m_spans.rbegin(); m_openGaps > 0 && span != m_spans.rend(); ++span) {
        if (span->status != Coverage::Gap)
            continue;
        span->status = Coverage::Refilled;
        span->end = now;
        if (!span->why.empty())
            span->why += "; ";
        span->why += why;
        --m_openGaps;
    }
}

void Ledger::push(Span span)
{
    if (span.status == Coverage::Gap)
        ++m_openGaps;
    m_spans.push_back(std::move(span));
    while (m_spans.size() > m_maxSpans)
        mergeOldest();
}

void Ledger::mergeOldest()
{
    const Span first = std::move(m_spans.front());
    m_spans.pop_front();
    Span& second = m_spans.front();
    if (first.status == Coverage::Gap && second.status == Coverage::Gap)
        --m_openGaps;
    if (severity(first.status) > severity(second.status))
        second.status = first.status;
    if (first.epoch == second.epoch)
        second.from = first.from;
    second.begin = first.begin;
    second.merged = std::max(first.merged, 1u) + std::max(second.merged, 1u);
    second.why = std::to_string(second.merged) + " older spans merged, the worst state kept";
}

} // namespace wg::sync
