// SPDX-License-Identifier: GPL-3.0-or-later
// Quick filters: connections, three kinds of trouble, and whether sync markers are shown.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property EventsView view
    property bool isCompact: false
    implicitHeight: Measures.quickBar
    color: Theme.bgSurface
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Row {
        x: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Tokens.space2
        ConnectionPicker { choice: root.view.connections }
        WgRule {
            isVertical: true
            height: Measures.topRule
            anchors.verticalCenter: parent.verticalCenter
        }
        WgChip {
            objectName: "gapsOnly"
            text: qsTr("Gaps only")
            iconName: "state-gap"
            checked: root.view.isGapsOnly
            onClicked: root.view.isGapsOnly = checked
        }
        WgChip {
            text: qsTr("Slow, over 250 ms")
            checked: root.view.isSlowOnly
            onClicked: root.view.isSlowOnly = checked
        }
        WgChip {
            text: root.isCompact ? qsTr("Not applied") : qsTr("Duplicate, stale or undecodable")
            checked: root.view.isFaultsOnly
            onClicked: root.view.isFaultsOnly = checked
        }
    }
    WgCheckBox {
        objectName: "showMarkers"
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Show sync markers")
        checked: root.view.isMarkersShown
        onToggled: root.view.isMarkersShown = checked
    }
}
