// SPDX-License-Identifier: GPL-3.0-or-later
// How late messages arrive: p50, p95, p99, with the gaps marked.
import QtQuick
import Watchglass

TimeChartPanel {
    kind: OverviewModel.LatencyChart
    title: qsTr("Delivery latency")
    unit: qsTr("ms")
    emptyText: qsTr("No message in this range carries a server time.")
    picture: model.latencyPicture
    legend: model.latencyLegend
}
