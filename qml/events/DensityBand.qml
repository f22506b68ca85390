// SPDX-License-Identifier: GPL-3.0-or-later
// The density histogram with its legend and the figures under the pointer. A click shows the events of that time.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property EventsView view
    implicitHeight: Measures.densityStrip
    color: Theme.bgCanvas
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
        color: Theme.borderDefault
    }
    DensityStrip {
        id: strip
        anchors.fill: parent
        view: root.view
        Accessible.role: Accessible.Graphic
        Accessible.name: summary
        HoverHandler {
            onPointChanged: strip.hoverAt(hovered ? point.position.x : -1)
            onHoveredChanged: if (!hovered) strip.hoverAt(-1)
        }
        TapHandler { onTapped: eventPoint => strip.goTo(eventPoint.position.x) }
    }
    Row {
        x: Tokens.space4
        y: Tokens.space1
        spacing: Measures.gapIcon
        DensitySwatch { ink: Theme.chartMuted; text: qsTr("All events") }
        DensitySwatch { ink: Theme.chartSeries[0]; text: qsTr("Matching"); visible: root.view.isFiltered }
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            name: "state-gap"
            size: Measures.iconSmall
            color: Theme.warnFg
        }
        WgText {
            text: qsTr("Gap")
            font: Tokens.caption
            color: Theme.warnFg
        }
    }
    Rectangle {
        visible: strip.hoverText !== ""
        x: Math.max(0, Math.min(strip.hoverX - width / 2, parent.width - width - Tokens.space4))
        y: Tokens.space1
        width: tip.implicitWidth + 2 * Measures.gapIcon
        height: tip.implicitHeight + Measures.gapHalf
        radius: Tokens.radiusTag
        color: Theme.bgRaised
        border.width: Measures.hair
        border.color: Theme.borderDefault
        WgText {
            id: tip
            anchors.centerIn: parent
            text: strip.hoverText
            font: Tokens.caption
            color: Theme.textSecondary
        }
    }
}
