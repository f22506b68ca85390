// SPDX-License-Identifier: GPL-3.0-or-later
// What this program itself uses: CPU, memory, file descriptors, network in.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

WgPanel {
    id: root
    required property OverviewModel model
    readonly property var figures: model.ownFigures
    readonly property bool isLoading: !model.hasSeries
    Accessible.role: Accessible.Chart
    Accessible.name: qsTr("This process: %1").arg(
        figures.map(figure => figure.title + " " + figure.value + " " + figure.rest).join(", "))

    Row {
        id: head
        x: Tokens.space3 + Measures.hair
        y: Measures.panelTop + Measures.hair
        height: Measures.panelLine
        spacing: Measures.gapIcon
        WgText {
            height: parent.height
            text: qsTr("This process")
            font: Tokens.heading
        }
        WgText {
            height: parent.height
            text: qsTr("what Watchglass itself uses")
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    Grid {
        id: grid
        visible: !root.isLoading
        x: Tokens.space3 + Measures.hair
        anchors.top: head.bottom
        anchors.topMargin: Tokens.space1
        columns: 2
        columnSpacing: Measures.ownGap
        rowSpacing: Tokens.space2
        readonly property real cellWidth: Math.floor((root.width - 2 * x - columnSpacing) / 2)
        readonly property real cellHeight: Math.floor((root.height - y - Tokens.space3 - rowSpacing) / 2)
        Repeater {
            model: root.model.ownFigures
            delegate: Item {
                id: cell
                required property OwnFigure modelData
                width: grid.cellWidth
                height: grid.cellHeight
                WgText {
                    height: Tokens.captionLine
                    text: cell.modelData.title
                    font: Tokens.caption
                    color: Theme.textSecondary
                }
                Row {
                    anchors.right: parent.right
                    height: Tokens.captionLine
                    spacing: Tokens.space1
                    WgText {
                        height: parent.height
                        text: cell.modelData.value
                        font: Tokens.captionStrong
                    }
                    WgText {
                        height: parent.height
                        text: cell.modelData.rest
                        font: Tokens.caption
                        color: Theme.textTertiary
                    }
                }
                Sparkline {
                    y: Tokens.captionLine
                    width: parent.width
                    height: parent.height - y
                    samples: cell.modelData.samples
                    hasArea: true
                    startsAtZero: true
                    hasBaseline: true
                }
            }
        }
    }
    PanelWait {
        visible: root.isLoading
        anchors.fill: grid
        text: qsTr("Reading this process")
    }
}
