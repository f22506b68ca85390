// SPDX-License-Identifier: GPL-3.0-or-later
// A panel with a chart over time and its crosshair.
import QtQuick
import Watchglass

ChartPanel {
    id: root
    property alias picture: chart.picture
    required property OverviewModel model
    required property int kind   ///< one of OverviewModel's charts
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    isEmpty: chart.isEmpty

    ChartItem {
        id: chart
        anchors.fill: parent
    }
    ChartCrosshair {
        chart: chart
        model: root.model
        kind: root.kind
        hoverWall: root.model.hoverWall
        onHovered: wall => root.model.hoverWall = wall
    }
}
