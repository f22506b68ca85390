// SPDX-License-Identifier: GPL-3.0-or-later
// Messages a second, stacked by connection.
import QtQuick
import Watchglass

TimeChartPanel {
    kind: OverviewModel.RatesChart
    title: qsTr("Messages/s")
    unit: qsTr("stacked by connection")
    emptyText: qsTr("No messages in this range.")
    picture: model.ratesPicture
    legend: model.ratesLegend
    onLegendWidthChanged: model.legendWidth = legendWidth
}
