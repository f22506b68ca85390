// SPDX-License-Identifier: GPL-3.0-or-later
// The dashboard: six key figures, six panels, the connections. Below its least height the panels scroll, the figures stay.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property Session session
    required property OverviewModel model
    readonly property bool isCompact: Window.window !== null && Window.window.width < Tokens.breakpointDefault - Tokens.space10
    readonly property bool isUltra: Window.window !== null && Window.window.width >= Tokens.breakpointUltra
    readonly property real gap: Tokens.space3

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
    Connections {
        target: root.session.shell
        enabled: root.visible
        function onFilterAsked() { table.focusFilter(); }
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
            readonly property int columns: root.isUltra ? 2 : Measures.chartColumns
            readonly property int lines: root.isUltra ? Measures.chartColumns : 2
            readonly property real chartsWidth: root.isUltra ? Math.round(width * Measures.ultraChartsShare) : width
            readonly property real tableLeast: Tokens.panelHeader + Tokens.tableHeader + Measures.tableMinRows * Tokens.row + 2 * Measures.hair
            readonly property real least: root.isUltra ? lines * (Tokens.chartMinH + root.gap)
                : lines * (Tokens.chartMinH + root.gap) + tableLeast + Tokens.space4
            readonly property real inner: height - Tokens.space4
            readonly property real chartH: root.isUltra ? Math.floor((inner - (lines - 1) * root.gap) / lines)
                : Math.max(Tokens.chartMinH, Math.min(Measures.chartMaxH, Math.round((inner - lines * root.gap) * Measures.chartShare)))

            Repeater {
                model: ["ActivePanel", "RatesPanel", "LatencyPanel", "SizesPanel", "LanesPanel", "OwnPanel"]
                delegate: Loader {
                    required property string modelData
                    required property int index
                    readonly property real pitch: (area.chartsWidth + root.gap) / area.columns
                    readonly property int column: index % area.columns
                    x: Math.round(pitch * column)
                    y: Math.floor(index / area.columns) * (area.chartH + root.gap)
                    width: Math.round(pitch * (column + 1)) - x - root.gap
                    height: area.chartH
                    Component.onCompleted: setSource(modelData + ".qml", { model: root.model })
                }
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
                onConnectAsked: root.session.shell.askConnect()
            }
        }
    }
}
