// SPDX-License-Identifier: GPL-3.0-or-later
// A panel with a chart over time and its crosshair.
import QtQuick
import Watchglass

ChartPanel {
    id: root
    property alias picture: chart.picture
    property real hoverWall: 0
    property var readingAt
    signal hovered(real wall)
    isEmpty: chart.isEmpty

    ChartItem {
        id: chart
        anchors.fill: parent
    }
    ChartCrosshair {
        chart: chart
        hoverWall: root.hoverWall
        readingAt: root.readingAt
        onHovered: wall => root.hovered(wall)
    }
}
