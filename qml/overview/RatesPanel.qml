// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second, stacked by connection.
import QtQuick
import Watchglass

TimeChartPanel {
    required property OverviewModel model
    title: qsTr("Messages/s")
    unit: qsTr("stacked by connection")
    emptyText: qsTr("No messages in this range.")
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    picture: model.ratesPicture
    legend: model.ratesLegend
    onLegendWidthChanged: model.legendWidth = legendWidth
    readingAt: wall => model.ratesAt(wall)
    hoverWall: model.hoverWall
    onHovered: wall => model.hoverWall = wall
}
