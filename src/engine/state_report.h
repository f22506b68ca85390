// SPDX-License-Identifier: GPL-3.0-or-later
// WatchCondition: how a watch stands now, cheap to ask. StateReport: the same with every item, for `watchglassctl state`.
// Shape:  toJson writes the one line that CLI.md names; objects stand in it as the source wrote them (folded).
// Units:  Ms milliseconds, S seconds.
#pragma once

#include "engine/publication.h"

#include <string>
#include <vector>

namespace wg::engine {

struct WatchCondition {
    ViewState state = ViewState::Closed;
    WallMs sinceWall = 0;
    std::string why;  ///< sentence: what happened, where
    std::string next; ///< sentence: what happens next or what to do
    Transport transport = Transport::WebSocket;
    std::string dialect;
    sync::Cursor cursor;
    ErrorCode code = ErrorCode::None; ///< of the last failure, None while live
    bool hasConnected = false;        ///< some connection or snapshot succeeded at least once
    bool isLive = false;
    Instant liveSince;                ///< meaningful while isLive
    Instant lastEventAt;              ///< last message that was no heartbeat; liveSince before the first
    Instant confirmedAt;              ///< last heartbeat, empty long poll or 304 that came while live

    /// Live, and for this long nothing but heartbeats came, which one of them proved at its end.
    [[nodiscard]] bool isQuietFor(Duration span) const;
    /// One line for a person: what, where, since when, what next.
    [[nodiscard]] std::string sentence() const;
};

struct ReportItem { std::string key, version, object; };

struct StateReport {
    WatchCondition condition;
    std::string resource;
    std::vector<ReportItem> items; ///< by key
    sync::Counters counters;
    std::vector<sync::Span> ledger;
    double p50Ms = 0, p95Ms = 0, p99Ms = 0;
    double elapsedS = 0;
};

[[nodiscard]] std::string toJson(const StateReport& report);

} // namespace wg::engine
