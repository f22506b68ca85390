// SPDX-License-Identifier: GPL-3.0-or-later
// Button of 28 (24 small, 36 large): default, primary, ghost or danger; icon, text and key cap are each optional.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.AbstractButton {
    id: root
    enum Kind { Default, Primary, Ghost, Danger }
    enum Size { Normal, Small, Large }
    property int kind: WgButton.Default
    property int size: WgButton.Normal
    property string iconName
    property string trailingIconName
    property string keys
    property string tip
    property string detail      ///< quiet text after the main one

    readonly property bool isIconOnly: text === "" && iconName !== ""
    readonly property color ink: !enabled ? Theme.textDisabled
        : kind === WgButton.Primary ? Theme.textOnAccent
        : kind === WgButton.Danger ? Theme.errorFg
        : kind === WgButton.Ghost && !(hovered || down) ? Theme.textSecondary : Theme.textPrimary
    readonly property real iconSize: size === WgButton.Small ? Measures.iconSmall : Tokens.icon

    implicitHeight: size === WgButton.Small ? Tokens.controlSmall
        : size === WgButton.Large ? Tokens.controlLarge : Tokens.control
    implicitWidth: isIconOnly ? implicitHeight : implicitContentWidth + 2 * side
    /// Least room beside the content, which stands in the middle of a wider button.
    readonly property real side: isIconOnly ? 0 : size === WgButton.Small ? Tokens.space2
        : size === WgButton.Large ? Measures.buttonPaddingLarge : Measures.buttonPadding
    leftPadding: Math.max(side, Math.round((width - implicitContentWidth) / 2))
    rightPadding: 0
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Button
    Accessible.name: text !== "" ? text : tip
    Accessible.description: text !== "" ? tip : ""
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    contentItem: Row {
        spacing: Measures.gapIcon
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: root.iconSize
            color: root.kind === WgButton.Default && root.enabled ? Theme.textSecondary : root.ink
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.text !== ""
            text: root.text
            font: root.size === WgButton.Small ? Tokens.label : Tokens.bodyStrong
            color: root.ink
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.detail !== ""
            text: root.detail
            font: Tokens.body
            color: root.enabled ? Theme.textTertiary : Theme.textDisabled
        }
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.trailingIconName !== ""
            name: root.trailingIconName
            size: Measures.iconSmall
            color: root.kind === WgButton.Default && root.enabled ? Theme.textSecondary : root.ink
        }
        WgKeyCap {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.keys !== "" && !root.isIconOnly
            text: root.keys
            isJoined: true
            isOnPrimary: root.kind === WgButton.Primary
        }
    }
    background: Rectangle {
        radius: Tokens.radiusControl
        border.width: Measures.hair
        border.color: root.kind === WgButton.Ghost ? "transparent"
            : root.kind === WgButton.Primary && root.enabled ? color : Theme.borderDefault
        color: {
            if (!root.enabled)
                return root.kind === WgButton.Primary ? Theme.bgPressed : "transparent";
            if (root.kind === WgButton.Primary)
                return root.down ? Theme.accentFillPressed : root.hovered ? Theme.accentFillHover : Theme.accentFill;
            if (root.down)
                return Theme.bgPressed;
            if (root.hovered)
                return Theme.bgHover;
            return root.kind === WgButton.Ghost ? "transparent" : Theme.bgRaised;
        }
        Behavior on color { ColorAnimation { duration: Tokens.durationFast; easing.type: Easing.OutCubic } }
        WgFocusRing { control: root; isShown: root.visualFocus }
    }
    WgToolTip {
        text: root.tip
        keys: root.keys
        visible: root.tip !== "" && (root.hovered || root.visualFocus)
    }
}
