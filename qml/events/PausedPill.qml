// SPDX-License-Identifier: GPL-3.0-or-later
// The pill of a paused table: how much came since, and Resume.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.AbstractButton {
    id: root
    signal resumeAsked()
    objectName: "pausedPill"
    implicitHeight: Measures.pillHeight
    implicitWidth: row.implicitWidth + Measures.pillPaddingLeft + Tokens.space3
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    onClicked: resumeAsked()
    Keys.onReturnPressed: resumeAsked()
    Keys.onSpacePressed: resumeAsked()
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Paused, %1. Resume").arg(text)

    contentItem: Item {
        Row {
            id: row
            x: Measures.pillPaddingLeft
            height: parent.height
            spacing: Tokens.space2
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: "state-paused"
                color: Theme.textOnAccent
            }
            WgText {
                height: parent.height
                text: qsTr("Paused")
                font: Tokens.heading
                color: Theme.textOnAccent
            }
            WgText {
                height: parent.height
                text: root.text
                color: Theme.textOnAccent
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Measures.hair
                height: Measures.statusRule
                color: Theme.textOnAccent
                opacity: Measures.pillRuleAlpha
            }
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: "play"
                size: Measures.iconSmall
                color: Theme.textOnAccent
            }
            WgText {
                height: parent.height
                text: qsTr("Resume")
                color: Theme.textOnAccent
            }
            WgKeyCap {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Space")
                isOnPrimary: true
            }
        }
    }
    background: Rectangle {
        radius: height / 2
        color: root.down ? Theme.accentFillPressed : root.hovered ? Theme.accentFillHover : Theme.accentFill
        border.width: Measures.hair
        border.color: Theme.borderFocus
        WgFocusRing { control: root; controlRadius: parent.height / 2; isShown: root.visualFocus }
    }
}
