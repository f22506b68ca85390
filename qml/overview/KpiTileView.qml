// SPDX-License-Identifier: GPL-3.0-or-later
// One key figure: title, value, unit, a line or ticks, and a note.
import QtQuick
import Watchglass

WgPanel {
    id: root
    required property KpiTile tile
    property bool isCompact: false
    implicitHeight: Tokens.kpiTile
    Accessible.role: Accessible.StaticText
    Accessible.name: Spoken.joined([tile.title, tile.value, tile.unit, tile.lead, tile.note], " ")

    WgText {
        id: title
        x: Tokens.space3 + Measures.hair
        y: Measures.kpiPaddingTop + Measures.hair
        width: parent.width - 2 * x
        height: Tokens.labelLine
        text: root.tile.title
        font: Tokens.label
        color: Theme.textSecondary
    }
    Item {
        id: middle
        anchors.left: title.left
        anchors.right: title.right
        anchors.top: title.bottom
        anchors.topMargin: Tokens.space1
        height: Measures.kpiSparkH
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Tokens.space1
            WgText {
                id: value
                text: root.tile.value
                font: Tokens.kpi
            }
            WgText {
                anchors.baseline: value.baseline
                text: root.tile.unit
                font: Tokens.bodyStrong
                color: Theme.textTertiary
            }
        }
        Sparkline {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.tile.tickHue === ""
            width: root.isCompact ? Measures.kpiSparkCompactW : Measures.kpiSparkW
            height: Measures.kpiSparkH
            samples: root.tile.samples
            hasArea: root.tile.hasArea
        }
        TickStrip {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: root.tile.tickHue !== ""
            width: root.isCompact ? Measures.kpiTickCompactW : Measures.kpiTickW
            height: Measures.kpiTickH
            samples: root.tile.samples
            hue: root.tile.tickHue
        }
    }
    Row {
        anchors.left: title.left
        anchors.right: title.right
        anchors.top: middle.bottom
        height: Tokens.captionLine
        spacing: Tokens.space1
        WgIcon {
            id: icon
            anchors.verticalCenter: parent.verticalCenter
            visible: root.tile.severity !== ""
            name: visible ? Tokens.severity[root.tile.severity].icon : ""
            size: Measures.iconSmall
            color: Theme.warnFg
        }
        WgText {
            id: lead
            visible: text !== ""
            height: parent.height
            text: root.tile.lead
            font: Tokens.keyCapText
            color: root.tile.severity !== "" ? Theme.warnFg : Theme.textSecondary
        }
        WgText {
            height: parent.height
            width: parent.width - x
            text: root.tile.note
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
}
