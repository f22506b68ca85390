// SPDX-License-Identifier: GPL-3.0-or-later
// One row of the tree: a group, a connection with its state, or a route with its rate.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property int index
    required property int level
    required property string text
    required property string stateName
    required property string note
    required property bool isOpen
    required property bool canOpen
    required property bool isOff
    required property bool isTemporary
    required property string fellBack
    property bool isCurrent: false
    property bool hasListFocus: false
    readonly property bool isGroup: level === SubscriptionTree.Group
    readonly property bool isConnection: level === SubscriptionTree.Connection
    readonly property bool isRoute: level === SubscriptionTree.Route
    readonly property var entry: Tokens.state[stateName] ?? Tokens.state["closed"]
    signal chosen()
    signal toggled()

    height: Tokens.row + (isGroup ? Tokens.space1 : 0)
    color: isCurrent ? (Window.active ? Theme.bgSelected : Theme.bgSelectedInactive) : hover.hovered && !isGroup ? Theme.bgHover : "transparent"
    Accessible.role: Accessible.TreeItem
    Accessible.name: isGroup ? qsTr("Group %1, %2 connections").arg(text).arg(note)
        : isConnection ? text + ", " + entry.word : text + ", " + note
    Accessible.selected: isCurrent

    HoverHandler { id: hover }
    TapHandler {
        onTapped: eventPoint => {
            if (root.canOpen && !root.isGroup && eventPoint.position.x < arrow.x + arrow.width + Tokens.space1)
                root.toggled();
            else
                root.chosen();
        }
        onDoubleTapped: if (root.isConnection) root.toggled()
    }
    Item {
        anchors.fill: parent
        anchors.topMargin: root.isGroup ? Tokens.space1 : 0
        WgIcon {
            id: arrow
            visible: root.canOpen
            x: root.isGroup ? Tokens.space2 : Measures.treeNode
            anchors.verticalCenter: parent.verticalCenter
            name: root.isOpen ? "chevron-down" : "chevron-right"
            size: Measures.iconSmall
            color: Theme.textTertiary
        }
        WgIcon {
            id: stateIcon
            visible: root.isConnection
            anchors.left: arrow.right
            anchors.leftMargin: Measures.gapIcon
            anchors.verticalCenter: parent.verticalCenter
            name: root.isOff ? "state-paused" : root.entry.icon
            size: Measures.iconSmall
            color: root.isOff ? Theme.textTertiary : Theme.hue[root.entry.hue].fg
            isTurning: root.entry.motion !== undefined && !root.isOff
        }
        WgText {
            id: label
            x: root.isGroup ? arrow.x + arrow.width + Measures.gapIcon
                : root.isConnection ? stateIcon.x + stateIcon.width + Measures.gapIcon : Measures.treeLeaf
            height: parent.height
            width: Math.min(implicitWidth, parent.width - x - trail.width - Tokens.space3 - Tokens.space2)
            text: root.text
            font: root.isGroup ? Tokens.label : root.isConnection ? Tokens.bodyStrong : Tokens.data
            elide: root.isRoute ? Text.ElideMiddle : Text.ElideRight
            color: root.isCurrent || root.isConnection ? Theme.textPrimary : Theme.textSecondary
        }
        WgText {
            visible: root.isGroup
            anchors.left: label.right
            anchors.leftMargin: Measures.gapIcon
            height: parent.height
            text: root.note
            font: Tokens.caption
            color: Theme.textTertiary
        }
        Row {
            id: trail
            visible: !root.isGroup
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space3
            height: parent.height
            spacing: Tokens.space1
            WgText {
                visible: root.isConnection && root.isTemporary
                height: parent.height
                text: qsTr("not saved")
                font: Tokens.caption
                color: Theme.textTertiary
            }
            WgIcon {
                visible: root.isRoute && (root.fellBack !== "" || root.isOff)
                anchors.verticalCenter: parent.verticalCenter
                name: root.isOff ? "state-paused" : "state-fallback"
                size: Measures.iconSmall
                color: Theme.textTertiary
            }
            WgText {
                height: parent.height
                text: root.isRoute ? root.note : root.isOff ? qsTr("Off") : root.entry.word
                font: root.isRoute ? Tokens.caption : Tokens.keyCapText
                color: root.isRoute || root.isOff ? Theme.textTertiary : Theme.hue[root.entry.hue].fg
            }
        }
    }
    WgFocusRing { control: root; isInset: true; isShown: root.isCurrent && root.hasListFocus; controlRadius: Tokens.radiusTag }
}
