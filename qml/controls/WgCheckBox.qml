// SPDX-License-Identifier: GPL-3.0-or-later
// Check box of 16 with an optional text after it.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.CheckBox {
    id: root
    property string label: text
    property bool isStrong: false
    implicitHeight: Tokens.hitTargetMin
    implicitWidth: text === "" ? Tokens.checkbox : implicitContentWidth
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: label
    Accessible.checkable: true
    Accessible.checked: checked
    Keys.onReturnPressed: {
        toggle();
        toggled();
    }

    indicator: Rectangle {
        y: Math.round((root.height - height) / 2)
        width: Tokens.checkbox
        height: Tokens.checkbox
        radius: Tokens.radiusTag
        readonly property color on: root.down ? Theme.accentFillPressed
            : root.hovered ? Theme.accentFillHover : Theme.accentFill
        color: !root.enabled ? "transparent" : root.checked ? on : Theme.bgInset
        border.width: Measures.hair
        border.color: !root.enabled ? Theme.borderDefault : root.checked ? on
            : root.hovered ? Theme.textSecondary : Theme.borderControl
        WgIcon {
            anchors.centerIn: parent
            visible: root.checked
            name: "sev-ok"
            size: Measures.iconTiny
            color: root.enabled ? Theme.textOnAccent : Theme.textDisabled
        }
        WgFocusRing { control: root; controlRadius: Tokens.radiusTag; isShown: root.visualFocus }
    }
    contentItem: WgText {
        leftPadding: Tokens.checkbox + Measures.gapLegend
        visible: root.text !== ""
        text: root.text
        font: root.isStrong ? Tokens.bodyStrong : Tokens.body
        color: root.enabled ? Theme.textPrimary : Theme.textDisabled
    }
}
