// SPDX-License-Identifier: GPL-3.0-or-later
// One line of text. Optional icon, unit at the end, states invalid and changed; text is always plain.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.TextField {
    id: root
    property string iconName
    property string suffix
    property bool isMono: false
    property bool isInvalid: false
    property bool isChanged: false
    property bool isQuiet: false   ///< search fields in bars: a calmer border
    property int size: WgButton.Normal
    property string label: placeholderText

    implicitWidth: Measures.textFieldMinWidth
    implicitHeight: size === WgButton.Small ? Tokens.controlSmall
        : size === WgButton.Large ? Tokens.controlLarge : Tokens.control
    leftPadding: Tokens.space2 + (iconName === "" ? 0 : icon.width + Measures.gapIcon)
    rightPadding: Tokens.space2 + (suffix === "" ? 0 : unit.implicitWidth + Measures.gapIcon)
    verticalAlignment: Text.AlignVCenter
    font: isMono ? Tokens.data : size === WgButton.Small ? Tokens.labelText : Tokens.body
    color: !enabled ? Theme.textDisabled : readOnly ? Theme.textSecondary : Theme.textPrimary
    placeholderTextColor: Theme.textTertiary
    selectionColor: Theme.accentFill
    selectedTextColor: Theme.textOnAccent
    selectByMouse: true
    hoverEnabled: true
    renderType: Text.NativeRendering
    clip: true

    Accessible.role: Accessible.EditableText
    Accessible.name: label
    cursorDelegate: Rectangle {
        width: Measures.hair
        color: Theme.borderFocus
        visible: root.cursorVisible
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            radius: Tokens.radiusControl
            color: root.readOnly ? "transparent" : Theme.bgInset
            border.width: Measures.hair
            border.color: root.isInvalid ? Theme.errorFg : !root.enabled ? Theme.borderDefault
                : root.readOnly ? Theme.borderHairline : root.hovered ? Theme.textSecondary
                : root.isQuiet ? Theme.borderDefault : Theme.borderControl
        }
        Rectangle {
            visible: root.isChanged
            x: Measures.hair
            y: Tokens.radiusControl
            width: Tokens.borderSelectionBar
            height: parent.height - 2 * Tokens.radiusControl
            color: Theme.warnFg
        }
        WgFocusRing { control: root }
    }
    WgIcon {
        id: icon
        visible: root.iconName !== ""
        x: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: root.size === WgButton.Small ? Measures.iconSmall : Tokens.icon
        color: Theme.textTertiary
    }
    WgText {
        id: hint
        x: root.leftPadding
        width: root.width - x - root.rightPadding
        height: root.height
        visible: root.text === "" && root.preeditText === ""
        text: root.placeholderText
        font: root.font
        color: root.enabled ? Theme.textTertiary : Theme.textDisabled
    }
    WgText {
        id: unit
        visible: root.suffix !== ""
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        text: root.suffix
        font: Tokens.caption
        color: Theme.textTertiary
    }
}
