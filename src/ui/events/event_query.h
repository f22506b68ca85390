// SPDX-License-Identifier: GPL-3.0-or-later
// EventQuery: everything that decides which rows the events table shows, as one value.
// Rules:  markers survive every filter unless isMarkersShown is off; the chosen connections apply to them too.
#pragma once

#include "events/filtered_view.h"
#include "filter/filter.h"
#include "ui/events/second_bins.h"
#include "ui/events/watch_names.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace wg::ui {

struct EventQuery {
    static constexpr double kSlowMs = 250;

    std::optional<filter::Filter> filter;
    std::vector<std::uint32_t> watches; ///< empty = all
    bool isMarkersShown = true;
    bool isGapsOnly = false;   ///< markers, and rows behind a gap
    bool isSlowOnly = false;   ///< latency over kSlowMs
    bool isFaultsOnly = false; ///< undecodable, duplicate and stale rows

    /// True if every row passes, so that no scan is needed.
    [[nodiscard]] bool isEverything() const
    {
        return !filter && watches.empty() && isMarkersShown && !isGapsOnly && !isSlowOnly && !isFaultsOnly;
    }
};

/// The filter text that asks for one key, or for all others.
[[nodiscard]] QString keyTest(const QString& key, bool isIncluded);

/// The view that finds the rows of query; matched events (markers apart) are counted into bins by their second.
[[nodiscard]] std::shared_ptr<events::FilteredView> viewOf(const events::EventLog& log, const EventQuery& query,
                                                           std::shared_ptr<const WatchNames> names,
                                                           std::shared_ptr<SecondBins> bins);

/// The standing survey: its matches are the markers, its bins are all events.
[[nodiscard]] std::shared_ptr<events::FilteredView> surveyOf(const events::EventLog& log, std::shared_ptr<SecondBins> bins);

} // namespace wg::ui
