// SPDX-License-Identifier: GPL-3.0-or-later
// Notice of 40, bottom right: icon, one sentence, at most one action. Gone after 6 s unless critical; hovering pauses.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.Control {
    id: root
    required property string text
    property string severity: "info"   ///< a name of Tokens.severity
    property string actionText
    property bool isSticky: severity === "critical" || severity === "error"
    signal actionChosen()
    signal dismissed()

    implicitHeight: Math.max(Measures.noticeHeight, row.implicitHeight + 2 * Tokens.space2)
    implicitWidth: Math.min(row.implicitWidth, Measures.dialogWidth) + 2 * Tokens.space3
    hoverEnabled: true
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    readonly property string hueName: Tokens.severity[severity].hue
    Item {
        anchors.fill: parent
        Row {
            id: row
            anchors.verticalCenter: parent.verticalCenter
            x: Tokens.space3
            spacing: Tokens.space2
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: Tokens.severity[root.severity].icon
                color: Theme.hue[root.hueName].fg
            }
            WgText {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, Measures.dialogWidth - action.width - close.width - Tokens.space10)
                text: root.text
                wrapMode: Text.Wrap
            }
            WgButton {
                id: action
                anchors.verticalCenter: parent.verticalCenter
                visible: root.actionText !== ""
                size: WgButton.Small
                kind: WgButton.Ghost
                text: root.actionText
                onClicked: root.actionChosen()
            }
            WgButton {
                id: close
                anchors.verticalCenter: parent.verticalCenter
                size: WgButton.Small
                kind: WgButton.Ghost
                iconName: "close"
                tip: qsTr("Dismiss")
                onClicked: root.dismissed()
            }
        }
    }
    background: Rectangle {
        radius: Tokens.radiusControl
        color: root.isSticky ? Theme.hue[root.hueName].tint : Theme.bgRaised
        border.width: Measures.hair
        border.color: root.isSticky ? Theme.hue[root.hueName].border : Theme.borderDefault
    }
    Timer {
        running: !root.isSticky && !root.hovered
        interval: Tokens.durationUndoToast
        onTriggered: root.dismissed()
    }
}
