// SPDX-License-Identifier: GPL-3.0-or-later
// Crosshair over a time chart, at the same time on all of them; the tooltip belongs to the hovered one.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Item {
    id: root
    required property ChartItem chart
    /// Time under the pointer on any of the charts; 0 = none.
    property real hoverWall: 0
    required property OverviewModel model
    /// Which of the model's charts this is; only the hovered one is asked for { clock, note, rows }.
    required property int kind
    readonly property alias isHovered: hover.hovered
    readonly property real pointerX: hover.point.position.x
    signal hovered(real wall)

    readonly property real lineX: hoverWall > 0 && !chart.isEmpty ? chart.xAt(hoverWall) : -1
    readonly property var reading: isHovered && hoverWall > 0 ? model.readingAt(kind, hoverWall) : undefined

    anchors.fill: chart
    HoverHandler {
        id: hover
        onPointChanged: if (hover.hovered) root.hovered(root.chart.wallAt(hover.point.position.x))
        onHoveredChanged: if (!hover.hovered) root.hovered(0)
    }
    Rectangle {
        visible: root.lineX >= 0
        x: Math.round(root.lineX)
        y: root.chart.plot.y
        width: Measures.hair
        height: root.chart.plot.height
        color: Theme.chartCrosshair
        opacity: Measures.crosshairAlpha
    }
    Rectangle {
        id: tip
        visible: root.reading !== undefined && root.reading.rows !== undefined
        readonly property bool isFlipped: root.lineX > root.width * Measures.chartTipFlip
        x: isFlipped ? root.lineX - width - Measures.chartTipOffset : root.lineX + Measures.chartTipOffset
        y: Tokens.space2
        width: Math.max(Measures.chartTipW, head.implicitWidth + 2 * Tokens.space2, rows.implicitWidth + 2 * Tokens.space2)
        height: head.height + rows.height + 2 * Measures.gapIcon
        radius: Tokens.radiusControl
        color: Theme.bgTooltip
        border.width: Measures.hair
        border.color: Theme.borderDefault
        Row {
            id: head
            x: Tokens.space2
            y: Measures.gapIcon
            height: Tokens.captionLine
            spacing: Tokens.space2
            WgText {
                height: parent.height
                text: tip.visible ? root.reading.clock : ""
                font: Tokens.captionStrong
            }
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: note.text !== ""
                name: "state-gap"
                size: Measures.iconTiny
                color: Theme.warnFg
            }
            WgText {
                id: note
                height: parent.height
                text: tip.visible ? root.reading.note : ""
                font: Tokens.caption
                color: Theme.warnFg
            }
        }
        Column {
            id: rows
            x: Tokens.space2
            anchors.top: head.bottom
            Repeater {
                model: tip.visible ? root.reading.rows : []
                delegate: Item {
                    id: line
                    required property var modelData
                    width: tip.width - 2 * Tokens.space2
                    implicitWidth: name.x + name.implicitWidth + value.implicitWidth + Tokens.space3
                    height: Tokens.captionLine
                    SeriesSwatch {
                        anchors.verticalCenter: parent.verticalCenter
                        shape: line.modelData.shape
                        color: line.modelData.series < 0 ? Theme.textTertiary : Theme.chartSeries[line.modelData.series]
                    }
                    WgText {
                        id: name
                        x: Measures.legendSwatchW + Measures.gapIcon
                        height: parent.height
                        text: line.modelData.text
                        font: Tokens.caption
                        color: Theme.textSecondary
                    }
                    WgText {
                        id: value
                        anchors.right: parent.right
                        height: parent.height
                        text: line.modelData.value
                        font: Tokens.dataSmall
                    }
                }
            }
        }
    }
}
