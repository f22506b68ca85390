// SPDX-License-Identifier: GPL-3.0-or-later
// One segment of the status bar: icon, quiet words and loud figures, a rule after it.
import QtQuick
import Watchglass

Item {
    id: root
    property string iconName
    property color iconColor: Theme.textTertiary
    property string before
    property string value
    property string after
    property bool isMono: false
    property bool isLast: false
    property string tip
    default property alias extra: extras.data
    readonly property alias isHovered: hover.hovered

    implicitHeight: Measures.statusRule
    implicitWidth: row.implicitWidth + 2 * Tokens.space3
    Accessible.role: Accessible.StaticText
    Accessible.name: Spoken.joined([before, value, after], " ")
    Accessible.description: tip

    Row {
        id: row
        x: Tokens.space3
        height: parent.height
        spacing: Measures.gapIcon
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: Measures.iconSmall
            color: root.iconColor
        }
        WgText {
            height: parent.height
            visible: root.before !== ""
            text: root.before
            font: Tokens.labelText
            color: Theme.textSecondary
        }
        WgText {
            height: parent.height
            visible: root.value !== ""
            text: root.value
            font: root.isMono ? Tokens.dataStrong : Tokens.label
        }
        WgText {
            height: parent.height
            visible: root.after !== ""
            text: root.after
            font: Tokens.labelText
            color: Theme.textSecondary
        }
        Row {
            id: extras
            height: parent.height
            spacing: Measures.gapIcon
            visible: children.length > 0
        }
    }
    WgRule {
        visible: !root.isLast
        isVertical: true
        anchors.right: parent.right
        height: parent.height
    }
    HoverHandler { id: hover }
    WgToolTip {
        y: -height - Tokens.space2
        text: root.tip
        visible: hover.hovered && root.tip !== ""
    }
}
