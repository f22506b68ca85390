// SPDX-License-Identifier: GPL-3.0-or-later
// A sync marker over the whole width of a table: shape, word, and what happened.
import QtQuick
import Watchglass

Rectangle {
    id: root
    property string title
    property string text
    property string iconName
    property string hue: "warn"
    property string note
    readonly property var tone: Theme.hue[hue] ?? Theme.hue["warn"]

    color: tone.tint
    WgRule {
        width: parent.width
        visible: root.hue === "warn"
        color: root.tone.border
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
        color: root.tone.border
    }
    WgIcon {
        id: icon
        x: Tokens.space3
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        color: root.tone.fg
    }
    WgText {
        id: titleText
        anchors.left: icon.right
        anchors.leftMargin: Tokens.space2
        height: parent.height
        text: root.title
        font: Tokens.label
    }
    WgText {
        anchors.left: titleText.right
        anchors.leftMargin: Tokens.space2
        anchors.right: pinIcon.visible ? pinIcon.left : parent.right
        anchors.rightMargin: Tokens.space3
        height: parent.height
        text: root.text
        font: Tokens.labelText
        color: Theme.textSecondary
    }
    WgIcon {
        id: pinIcon
        visible: root.note !== ""
        anchors.right: noteText.left
        anchors.rightMargin: Tokens.space1
        anchors.verticalCenter: parent.verticalCenter
        name: "pin"
        size: Measures.iconSmall
        color: Theme.textTertiary
    }
    WgText {
        id: noteText
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3
        height: parent.height
        text: root.note
        font: Tokens.labelText
        color: Theme.textTertiary
    }
}
