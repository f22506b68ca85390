// SPDX-License-Identifier: GPL-3.0-or-later
// How late messages arrive: p50, p95, p99, with the gaps marked.
import QtQuick
import Watchglass

TimeChartPanel {
    required property OverviewModel model
    title: qsTr("Delivery latency")
    unit: qsTr("ms")
    emptyText: qsTr("No message in this range carries a server time.")
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    picture: model.latencyPicture
    legend: model.latencyLegend
    readingAt: wall => model.latencyAt(wall)
    hoverWall: model.hoverWall
    onHovered: wall => model.hoverWall = wall
}
