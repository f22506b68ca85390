// SPDX-License-Identifier: GPL-3.0-or-later
// Head of the inspector: type, version, previous, next, close.
import QtQuick
import Watchglass

Item {
    id: root
    required property EventDetail detail
    signal moveAsked(int rows)
    signal closeAsked()
    implicitHeight: Tokens.panelHeader

    WgText {
        id: typeText
        x: Tokens.space4
        height: parent.height
        width: Math.min(implicitWidth, parent.width - x - versionTag.width - buttons.width - Tokens.space6)
        text: root.detail.type
        font.family: Tokens.data.family
        font.pixelSize: Tokens.heading.pixelSize
        font.weight: Tokens.heading.weight
        font.preferShaping: false
    }
    WgTag {
        id: versionTag
        visible: root.detail.version !== ""
        anchors.left: typeText.right
        anchors.leftMargin: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        text: root.detail.version
        hue: "info"
        isMono: true
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        WgButton {
            size: WgButton.Small
            kind: WgButton.Ghost
            iconName: "arrow-up"
            tip: qsTr("Previous row")
            keys: "↑"
            onClicked: root.moveAsked(-1)
        }
        WgButton {
            size: WgButton.Small
            kind: WgButton.Ghost
            iconName: "arrow-down"
            tip: qsTr("Next row")
            keys: "↓"
            onClicked: root.moveAsked(1)
        }
        WgButton {
            size: WgButton.Small
            kind: WgButton.Ghost
            iconName: "close"
            tip: qsTr("Close the inspector")
            keys: "Esc"
            onClicked: root.closeAsked()
        }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
