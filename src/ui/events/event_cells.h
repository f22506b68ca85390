// SPDX-License-Identifier: GPL-3.0-or-later
// EventCells: one row of the event log in the words of the table. Made for visible rows only.
// Rules:  a verdict is always a word with a shape; a colour comes third. Names of hues, icons and words are those of the
//         design tokens.
#pragma once

#include "events/event_log.h"

#include <QString>

#include <string_view>

namespace wg::ui {

struct EventCells {
    events::Sequence sequence = 0;
    bool isMarker = false;
    bool isQuiet = false; ///< heartbeats and the like
    QString timeQuiet, timeLoud;
    QString connection, type, key, version;
    QString delta, deltaIcon, deltaHue; ///< empty icon and hue: a plain +1
    QString size, latency;
    QString summary;                    ///< of a marker: its text
    QString markerTitle, markerIcon, markerHue;
    bool isSlow = false; ///< latency belongs to a row that is marked stale
};

/// How much of a payload cellsOf needs.
inline constexpr std::size_t kCellPayloadBytes = 2048;

[[nodiscard]] EventCells cellsOf(const events::Row& row, const QString& connection);

/// The order of a row in words for the inspector: "+1, in order", "duplicate, dropped".
[[nodiscard]] QString orderText(const events::Row& row);

struct MarkerLook { QString title, icon, hue; };
/// markerKind is a sync::MarkerKind.
[[nodiscard]] MarkerLook markerLook(std::uint8_t markerKind);

/// The text of a marker as sentences, without the name of its kind, which the title says.
[[nodiscard]] QString markerText(std::string_view text, std::uint8_t markerKind);

/// The whole row as one JSON object; the payload stands in it as it came, or as a string where it is not JSON.
[[nodiscard]] QString rowAsJson(const events::Row& row, const QString& connection);

} // namespace wg::ui
