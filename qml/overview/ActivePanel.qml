// SPDX-License-Identifier: GPL-3.0-or-later
// How many connections were active, which came and which went.
import QtQuick
import Watchglass

TimeChartPanel {
    kind: OverviewModel.ConnectionsChart
    title: qsTr("Connections")
    unit: qsTr("count")
    emptyText: qsTr("Nothing connected in this range.")
    picture: model.connectionsPicture
    legend: model.connectionsLegend
}
