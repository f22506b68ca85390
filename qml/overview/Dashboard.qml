// SPDX-License-Identifier: GPL-3.0-or-later
// The dashboard: six key figures, six panels, the connections. Below its least height the panels scroll, the figures stay.
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property Session session
    required property OverviewModel model
    readonly property bool isCompact: Window.window !== null && Window.window.width < Tokens.breakpointDefault - Tokens.space10
    readonly property bool isUltra: Window.window !== null && Window.window.width >= Tokens.breakpointUltra
    readonly property bool isLoading: !model.hasSeries
    readonly property real gap: Tokens.space3
    property real hoverWall: 0
    signal connectAsked()
    function focusFilter() { table.focusFilter(); }

    Row {
        id: tiles
        x: Tokens.space4
        y: Tokens.space4
        spacing: root.gap
        Repeater {
            model: root.model.tiles
            delegate: KpiTileView {
                required property KpiTile modelData
                required property int index
                // Whole pixels: the widths differ by at most one.
                readonly property real pitch: (root.width - 2 * tiles.x + root.gap) / root.model.tiles.length
                width: Math.round(pitch * (index + 1)) - Math.round(pitch * index) - root.gap
                tile: modelData
                isCompact: root.isCompact
            }
        }
    }
    Flickable {
        id: scroll
        anchors.fill: parent
        anchors.topMargin: tiles.y + Tokens.kpiTile + root.gap
        contentHeight: area.height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        clip: interactive
        T.ScrollBar.vertical: WgScrollBar {}

        Item {
            id: area
            x: Tokens.space4
            width: scroll.width - 2 * x
            height: Math.max(scroll.height, least)
            readonly property int columns: root.isUltra ? 2 : 3
            readonly property int lines: root.isUltra ? 3 : 2
            readonly property real chartsWidth: root.isUltra ? Math.round(width * Measures.ultraChartsShare) : width
            readonly property real tableLeast: Tokens.panelHeader + Tokens.tableHeader + Measures.tableMinRows * Tokens.row + 2 * Measures.hair
            readonly property real least: root.isUltra ? lines * (Tokens.chartMinH + root.gap)
                : lines * (Tokens.chartMinH + root.gap) + tableLeast + Tokens.space4
            readonly property real inner: height - Tokens.space4
            readonly property real chartH: root.isUltra ? Math.floor((inner - (lines - 1) * root.gap) / lines)
                : Math.max(Tokens.chartMinH, Math.min(Measures.chartMaxH, Math.round((inner - lines * root.gap) * Measures.chartShare)))

            function placeX(index: int): real { return Math.round((chartsWidth + root.gap) / columns * (index % columns)); }
            function placeW(index: int): real {
                return Math.round((chartsWidth + root.gap) / columns * (index % columns + 1)) - placeX(index) - root.gap;
            }
            function placeY(index: int): real { return Math.floor(index / columns) * (chartH + root.gap); }

            ChartPanel {
                x: area.placeX(0)
                y: area.placeY(0)
                width: area.placeW(0)
                height: area.chartH
                title: qsTr("Connections")
                unit: qsTr("count")
                legend: root.model.connectionsLegend
                isLoading: root.isLoading
                loadingText: qsTr("Reading %1").arg(root.session.shell.rangeName.toLowerCase())
                isEmpty: activeChart.isEmpty
                emptyText: qsTr("Nothing connected in this range.")
                isPaused: root.session.shell.isPaused
                ChartItem {
                    id: activeChart
                    anchors.fill: parent
                    picture: root.model.connectionsPicture
                }
                ChartCrosshair {
                    chart: activeChart
                    hoverWall: root.hoverWall
                    readingAt: wall => root.model.connectionsAt(wall)
                    onHovered: wall => root.hoverWall = wall
                }
            }
            ChartPanel {
                x: area.placeX(1)
                y: area.placeY(1)
                width: area.placeW(1)
                height: area.chartH
                title: qsTr("Messages/s")
                unit: qsTr("stacked by connection")
                legend: root.model.ratesLegend
                isLoading: root.isLoading
                loadingText: qsTr("Reading %1").arg(root.session.shell.rangeName.toLowerCase())
                isEmpty: ratesChart.isEmpty
                emptyText: qsTr("No messages in this range.")
                isPaused: root.session.shell.isPaused
                ChartItem {
                    id: ratesChart
                    anchors.fill: parent
                    picture: root.model.ratesPicture
                }
                ChartCrosshair {
                    chart: ratesChart
                    hoverWall: root.hoverWall
                    readingAt: wall => root.model.ratesAt(wall)
                    onHovered: wall => root.hoverWall = wall
                }
            }
            ChartPanel {
                x: area.placeX(2)
                y: area.placeY(2)
                width: area.placeW(2)
                height: area.chartH
                title: qsTr("Delivery latency")
                unit: qsTr("ms")
                legend: root.model.latencyLegend
                isLoading: root.isLoading
                loadingText: qsTr("Reading %1").arg(root.session.shell.rangeName.toLowerCase())
                isEmpty: latencyChart.isEmpty
                emptyText: qsTr("No message in this range carries a server time.")
                isPaused: root.session.shell.isPaused
                ChartItem {
                    id: latencyChart
                    anchors.fill: parent
                    picture: root.model.latencyPicture
                }
                ChartCrosshair {
                    chart: latencyChart
                    hoverWall: root.hoverWall
                    readingAt: wall => root.model.latencyAt(wall)
                    onHovered: wall => root.hoverWall = wall
                }
            }
            ChartPanel {
                x: area.placeX(3)
                y: area.placeY(3)
                width: area.placeW(3)
                height: area.chartH
                title: qsTr("Message size")
                unit: qsTr("bytes, log bins")
                legend: root.model.sizesLegend
                isLoading: root.isLoading
                loadingText: qsTr("Reading %1").arg(root.session.shell.rangeName.toLowerCase())
                isEmpty: sizesChart.isEmpty
                emptyText: qsTr("No messages in this range.")
                isPaused: root.session.shell.isPaused
                SizeChartItem {
                    id: sizesChart
                    anchors.fill: parent
                    picture: root.model.sizesPicture
                }
            }
            LanesPanel {
                x: area.placeX(4)
                y: area.placeY(4)
                width: area.placeW(4)
                height: area.chartH
                model: root.model
                isLoading: root.isLoading
                loadingText: qsTr("Reading %1").arg(root.session.shell.rangeName.toLowerCase())
            }
            OwnPanel {
                x: area.placeX(5)
                y: area.placeY(5)
                width: area.placeW(5)
                height: area.chartH
                model: root.model
                isLoading: root.isLoading
            }
            ConnectionsTable {
                id: table
                focus: true
                session: root.session
                model: root.model
                isCompact: root.isCompact
                x: root.isUltra ? area.chartsWidth + root.gap : 0
                y: root.isUltra ? 0 : area.lines * (area.chartH + root.gap)
                width: area.width - x
                height: area.inner - y
                onConnectAsked: root.connectAsked()
            }
        }
    }
}
