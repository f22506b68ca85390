// SPDX-License-Identifier: GPL-3.0-or-later
// ConnectionRow: one watch as the connections table writes it. A plain value, so that a change can be seen by comparing.
#pragma once

#include "engine/publication.h"
#include "ui/charts/samples.h"

#include <QString>

namespace wg::ui {

struct ConnectionRow {
    engine::WatchId id = 0;
    engine::ViewState viewState{};
    QString state, stateText, why, connection, url, transportIcon, transport, fellBack, version;
    QString lag, lagHue; ///< lagHue: empty, or the hue of a state
    QString rate, gaps, lastEvent, up;
    bool isQuiet = false, hasGaps = false;
    Samples samples;

    friend bool operator==(const ConnectionRow&, const ConnectionRow&) = default;
};

[[nodiscard]] ConnectionRow toConnectionRow(const engine::WatchRow& watch, double wallNow);
/// Smaller needs attention sooner.
[[nodiscard]] int attentionRank(engine::ViewState state);
/// Word and icon of a transport: WebSocket, tr-websocket.
[[nodiscard]] QString transportWord(engine::Transport transport);
[[nodiscard]] QString transportIcon(engine::Transport transport);

} // namespace wg::ui
