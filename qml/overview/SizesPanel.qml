// SPDX-License-Identifier: GPL-3.0-or-later
// How large messages are, in powers of two.
import QtQuick
import Watchglass

ChartPanel {
    id: root
    required property OverviewModel model
    title: qsTr("Message size")
    unit: qsTr("bytes, log bins")
    emptyText: qsTr("No messages in this range.")
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    legend: model.sizesLegend
    isEmpty: chart.isEmpty
    SizeChartItem {
        id: chart
        anchors.fill: parent
        picture: root.model.sizesPicture
    }
}
