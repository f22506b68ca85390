// SPDX-License-Identifier: GPL-3.0-or-later
// Select: one value out of a list, in a popup that the keyboard can drive.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.ComboBox {
    id: root
    property string label
    property string iconName
    property string detail   ///< quiet text after the value
    property bool isQuiet: false
    property int size: WgButton.Normal

    implicitHeight: size === WgButton.Small ? Tokens.controlSmall : Tokens.control
    implicitWidth: Math.max(Measures.selectMinWidth, implicitContentWidth + leftPadding + rightPadding)
    leftPadding: isQuiet ? Measures.buttonPadding : Tokens.space2
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ComboBox
    Accessible.name: label === "" ? displayText : label + ": " + displayText

    contentItem: Row {
        spacing: Measures.gapIcon
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            color: root.enabled ? Theme.textSecondary : Theme.textDisabled
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            text: root.displayText
            font: root.isQuiet ? Tokens.bodyStrong : root.size === WgButton.Small ? Tokens.labelText : Tokens.body
            color: root.enabled ? Theme.textPrimary : Theme.textDisabled
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.detail !== ""
            text: root.detail
            color: Theme.textTertiary
        }
        Item { // room for the chevron
            width: Measures.iconSmall
            height: Measures.iconSmall
            visible: root.isQuiet
        }
    }
    indicator: WgIcon {
        x: root.width - width - root.rightPadding
        y: Math.round((root.height - height) / 2)
        name: "chevron-down"
        size: Measures.iconSmall
        color: root.enabled ? Theme.textTertiary : Theme.textDisabled
    }
    background: Rectangle {
        radius: Tokens.radiusControl
        color: !root.enabled ? "transparent" : root.down ? Theme.bgPressed
            : root.isQuiet ? (root.hovered ? Theme.bgHover : Theme.bgRaised) : Theme.bgInset
        border.width: Measures.hair
        border.color: !root.enabled || root.isQuiet ? Theme.borderDefault
            : root.hovered ? Theme.textSecondary : Theme.borderControl
        WgFocusRing { control: root; isShown: root.visualFocus }
    }
    delegate: T.ItemDelegate {
        id: row
        required property int index
        width: ListView.view ? ListView.view.width : implicitWidth
        implicitWidth: implicitContentWidth + 2 * Measures.popupRowPadding
        implicitHeight: Tokens.row
        highlighted: root.highlightedIndex === index
        hoverEnabled: true
        Accessible.name: root.textAt(index)
        contentItem: WgText {
            leftPadding: Measures.popupRowPadding
            text: root.textAt(row.index)
            font: root.currentIndex === row.index ? Tokens.bodyStrong : Tokens.body
        }
        background: Rectangle {
            radius: Tokens.radiusTag
            color: row.highlighted ? Theme.bgSelected : "transparent"
        }
    }
    popup: T.Popup {
        y: root.height + Tokens.space1
        width: Math.max(root.width, implicitContentWidth + 2 * padding)
        implicitHeight: Math.min(implicitContentHeight, Tokens.paletteMaxRows * Tokens.row) + 2 * padding
        padding: Tokens.space1
        margins: Tokens.space2
        contentItem: ListView {
            implicitWidth: contentItem.childrenRect.width
            implicitHeight: contentHeight
            clip: true
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: WgScrollBar {}
        }
        background: Rectangle {
            radius: Tokens.radiusControl
            color: Theme.bgRaised
            border.width: Measures.hair
            border.color: Theme.borderControl
        }
    }
}
