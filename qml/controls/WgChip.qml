// SPDX-License-Identifier: GPL-3.0-or-later
// Chip of 24: a filter that is on or off, with a count.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.AbstractButton {
    id: root
    property string count
    property string iconName
    property color iconColor: Theme.textSecondary
    checkable: true
    implicitHeight: Tokens.controlSmall
    implicitWidth: implicitContentWidth + 2 * Tokens.space2
    leftPadding: Math.max(Tokens.space2, Math.round((width - implicitContentWidth) / 2))
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: count === "" ? text : text + ", " + count
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: {
        toggle();
        clicked();
    }

    contentItem: Row {
        spacing: Measures.gapIcon
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: Measures.iconSmall
            color: root.enabled ? root.iconColor : Theme.textDisabled
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font: Tokens.label
            color: !root.enabled ? Theme.textDisabled : root.checked ? Theme.textPrimary : Theme.textSecondary
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.count !== ""
            text: root.count
            font: Tokens.labelText
            color: !root.enabled ? Theme.textDisabled : root.checked ? Theme.textSecondary : Theme.textTertiary
        }
    }
    background: Rectangle {
        radius: Measures.chipRadius
        color: root.checked ? Theme.accentTint : root.hovered ? Theme.bgHover : "transparent"
        border.width: Measures.hair
        border.color: root.checked ? Theme.accentBorder : Theme.borderDefault
        WgFocusRing { control: root; controlRadius: Measures.chipRadius; isShown: root.visualFocus }
    }
}
