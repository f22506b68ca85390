// SPDX-License-Identifier: GPL-3.0-or-later
// Foot of the form: another route on this connection, and removal; a session-only connection says so.
import QtQuick
import Watchglass

Item {
    id: root
    required property RouteForm form
    implicitHeight: Measures.footer

    WgRule { width: parent.width }
    Row {
        x: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Tokens.space2
        WgButton {
            size: WgButton.Small
            iconName: "plus"
            text: qsTr("Add route")
            tip: qsTr("Another route on this connection")
            onClicked: root.form.startRoute()
        }
        WgTag {
            visible: root.form.isTemporary
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("This session only, not saved")
        }
    }
    WgButton {
        objectName: "removeButton"
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        size: WgButton.Small
        kind: WgButton.Danger
        iconName: "close"
        text: qsTr("Remove")
        onClicked: root.form.remove()
    }
}
