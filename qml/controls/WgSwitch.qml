// SPDX-License-Identifier: GPL-3.0-or-later
// Switch of 32x18 with an optional text after it.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.Switch {
    id: root
    property string label: text
    implicitHeight: Math.max(Tokens.hitTargetMin, Tokens.switchH)
    implicitWidth: text === "" ? Tokens.switchW : implicitContentWidth
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
        width: Tokens.switchW
        height: Tokens.switchH
        radius: height / 2
        readonly property color on: root.down ? Theme.accentFillPressed
            : root.hovered ? Theme.accentFillHover : Theme.accentFill
        color: !root.enabled ? "transparent" : root.checked ? on : Theme.bgInset
        border.width: Measures.hair
        border.color: !root.enabled ? Theme.borderDefault : root.checked ? on
            : root.hovered ? Theme.textSecondary : Theme.borderControl
        Rectangle {
            x: root.checked ? parent.width - width - Measures.knobInset - Measures.hair : Measures.knobInset + Measures.hair
            anchors.verticalCenter: parent.verticalCenter
            width: Measures.knob
            height: Measures.knob
            radius: Measures.knob / 2
            color: !root.enabled ? Theme.borderDefault : root.checked ? Theme.textOnAccent : Theme.borderControl
            Behavior on x { NumberAnimation { duration: Tokens.durationFast; easing.type: Easing.OutCubic } }
        }
        WgFocusRing { control: root; controlRadius: parent.height / 2; isShown: root.visualFocus }
    }
    contentItem: WgText {
        leftPadding: Tokens.switchW + Tokens.space2
        visible: root.text !== ""
        text: root.text
        font: Tokens.labelText
        color: root.enabled ? Theme.textSecondary : Theme.textDisabled
    }
}
