// SPDX-License-Identifier: GPL-3.0-or-later
// How many connections were active, which came and which went.
import QtQuick
import Watchglass

TimeChartPanel {
    required property OverviewModel model
    title: qsTr("Connections")
    unit: qsTr("count")
    emptyText: qsTr("Nothing connected in this range.")
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    picture: model.connectionsPicture
    legend: model.connectionsLegend
    readingAt: wall => model.connectionsAt(wall)
    hoverWall: model.hoverWall
    onHovered: wall => model.hoverWall = wall
}
