// SPDX-License-Identifier: GPL-3.0-or-later
// One state of the sync machine: shape, word, how long, since when, with what.
import QtQuick
import Watchglass

Rectangle {
    id: root
    property string stateName
    property string clock
    property string duration
    property string detail
    property bool isCurrent: false
    readonly property var entry: Tokens.state[stateName] ?? Tokens.state["closed"]
    readonly property var tone: Theme.hue[entry.hue]
    readonly property bool isTinted: isCurrent || entry.hue === "warn" || entry.hue === "sync" || entry.hue === "error"

    height: Measures.stripNode
    radius: Tokens.radiusControl
    color: isTinted ? tone.tint : Theme.bgCanvas
    border.width: Measures.hair
    border.color: isCurrent ? tone.fg : isTinted ? tone.border : Theme.borderHairline
    Accessible.role: Accessible.ListItem
    Accessible.name: [entry.word, duration, clock, detail, isCurrent ? qsTr("now") : ""].filter(part => part !== "").join(", ")

    Item {
        id: head
        x: Measures.stripNodePaddingX
        y: Measures.stripNodePaddingY
        width: parent.width - 2 * x
        height: Measures.stripNodeHead
        WgIcon {
            id: icon
            anchors.verticalCenter: parent.verticalCenter
            name: root.entry.icon
            size: Measures.iconSmall
            color: root.tone.fg
            isTurning: root.isCurrent && root.entry.motion !== undefined
        }
        WgText {
            id: word
            anchors.left: icon.right
            anchors.leftMargin: Measures.gapIcon
            height: parent.height
            text: root.entry.word
            font.family: Tokens.heading.family
            font.weight: Tokens.heading.weight
            font.pixelSize: Tokens.label.pixelSize
        }
        Rectangle {
            visible: root.isCurrent
            anchors.left: word.right
            anchors.leftMargin: Measures.gapIcon
            anchors.verticalCenter: parent.verticalCenter
            width: now.implicitWidth + 2 * Tokens.space1
            height: Measures.nowTag
            radius: Tokens.radiusTag
            color: "transparent"
            border.width: Measures.hair
            border.color: root.tone.border
            WgText {
                id: now
                anchors.centerIn: parent
                text: qsTr("now")
                font: Tokens.keyCapText
                color: root.tone.fg
            }
        }
        WgText {
            anchors.right: parent.right
            height: parent.height
            text: root.duration
            font: Tokens.dataSmall
            color: Theme.textTertiary
        }
    }
    Row {
        x: Measures.stripNodePaddingX
        anchors.top: head.bottom
        height: Measures.stripNodeFoot
        spacing: Measures.gapIcon
        WgText {
            id: since
            height: parent.height
            text: root.clock
            font: Tokens.dataSmall
            color: Theme.textSecondary
        }
        WgText {
            height: parent.height
            width: root.width - 2 * Measures.stripNodePaddingX - since.width - parent.spacing
            text: root.detail
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
}
