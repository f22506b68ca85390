// SPDX-License-Identifier: GPL-3.0-or-later
// One connection of the picker: check mark, name, state.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.ItemDelegate {
    id: root
    required property int index
    required property string name
    required property string stateName
    required property bool isChosen
    property bool isCurrent: false

    height: Tokens.row
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: name
    Accessible.checkable: true
    Accessible.checked: isChosen

    contentItem: Item {
        Rectangle {
            id: box
            x: Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            width: Tokens.checkbox
            height: width
            radius: Tokens.radiusTag
            color: root.isChosen ? Theme.accentFill : Theme.bgInset
            border.width: Measures.hair
            border.color: root.isChosen ? Theme.accentFill : Theme.borderControl
            WgIcon {
                anchors.centerIn: parent
                visible: root.isChosen
                name: "sev-ok"
                size: Measures.iconTiny
                color: Theme.textOnAccent
            }
        }
        WgText {
            anchors.left: box.right
            anchors.leftMargin: Tokens.space2
            anchors.right: tag.left
            anchors.rightMargin: Tokens.space2
            height: parent.height
            text: root.name
        }
        WgStateTag {
            id: tag
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            stateName: root.stateName
        }
    }
    background: Rectangle {
        radius: Tokens.radiusTag
        color: root.hovered || root.isCurrent ? Theme.bgSelected : "transparent"
    }
}
