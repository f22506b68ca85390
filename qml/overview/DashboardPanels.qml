// SPDX-License-Identifier: GPL-3.0-or-later
// The six panels of the dashboard, in their order; the dashboard places them.
import QtQuick
import Watchglass

QtObject {
    id: root
    required property Session session
    required property OverviewModel model
    property real hoverWall: 0
    readonly property bool isLoading: !model.hasSeries
    readonly property bool isPaused: session.shell.isPaused
    readonly property string loadingText: qsTr("Reading %1").arg(session.shell.rangeName.toLowerCase())
    readonly property list<Component> all: [active, rates, latency, sizes, lanes, own]

    readonly property Component active: Component {
        TimeChartPanel {
            title: qsTr("Connections")
            unit: qsTr("count")
            emptyText: qsTr("Nothing connected in this range.")
            picture: root.model.connectionsPicture
            legend: root.model.connectionsLegend
            readingAt: wall => root.model.connectionsAt(wall)
            hoverWall: root.hoverWall
            onHovered: wall => root.hoverWall = wall
            isLoading: root.isLoading
            loadingText: root.loadingText
            isPaused: root.isPaused
        }
    }
    readonly property Component rates: Component {
        TimeChartPanel {
            title: qsTr("Messages/s")
            unit: qsTr("stacked by connection")
            emptyText: qsTr("No messages in this range.")
            picture: root.model.ratesPicture
            legend: root.model.ratesLegend
            onLegendWidthChanged: root.model.legendWidth = legendWidth
            readingAt: wall => root.model.ratesAt(wall)
            hoverWall: root.hoverWall
            onHovered: wall => root.hoverWall = wall
            isLoading: root.isLoading
            loadingText: root.loadingText
            isPaused: root.isPaused
        }
    }
    readonly property Component latency: Component {
        TimeChartPanel {
            title: qsTr("Delivery latency")
            unit: qsTr("ms")
            emptyText: qsTr("No message in this range carries a server time.")
            picture: root.model.latencyPicture
            legend: root.model.latencyLegend
            readingAt: wall => root.model.latencyAt(wall)
            hoverWall: root.hoverWall
            onHovered: wall => root.hoverWall = wall
            isLoading: root.isLoading
            loadingText: root.loadingText
            isPaused: root.isPaused
        }
    }
    readonly property Component sizes: Component {
        ChartPanel {
            title: qsTr("Message size")
            unit: qsTr("bytes, log bins")
            emptyText: qsTr("No messages in this range.")
            legend: root.model.sizesLegend
            isEmpty: chart.isEmpty
            isLoading: root.isLoading
            loadingText: root.loadingText
            isPaused: root.isPaused
            SizeChartItem {
                id: chart
                anchors.fill: parent
                picture: root.model.sizesPicture
            }
        }
    }
    readonly property Component lanes: Component {
        LanesPanel {
            model: root.model
            isLoading: root.isLoading
            loadingText: root.loadingText
            isPaused: root.isPaused
        }
    }
    readonly property Component own: Component {
        OwnPanel {
            model: root.model
            isLoading: root.isLoading
        }
    }
}
