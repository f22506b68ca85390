// SPDX-License-Identifier: GPL-3.0-or-later
// One page of the rail: icon over label, 3-px bar when current.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.AbstractButton {
    id: root
    required property string iconName
    property string keys
    property bool isCurrent: false

    implicitWidth: Tokens.railItemW
    implicitHeight: Tokens.railItemH
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.checked: isCurrent
    Keys.onReturnPressed: clicked()
    Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

    contentItem: Item {
        Column {
            anchors.centerIn: parent
            spacing: Measures.railIconGap
            WgIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.iconName
                size: Tokens.iconNav
                color: root.isCurrent ? Theme.accentText : Theme.textSecondary
            }
            WgText {
                anchors.horizontalCenter: parent.horizontalCenter
                height: Measures.railLabelLine
                text: root.text
                font: Tokens.keyCapText
                color: root.isCurrent ? Theme.textPrimary : Theme.textSecondary
            }
        }
    }
    background: Rectangle {
        radius: Tokens.radiusPanel
        color: root.isCurrent ? Theme.bgSelected : root.hovered ? Theme.bgHover : "transparent"
        Rectangle {
            visible: root.isCurrent
            x: -(Tokens.rail - Tokens.railItemW) / 2
            y: Measures.railBarInset
            width: Measures.railBar
            height: parent.height - 2 * Measures.railBarInset
            radius: Measures.gapHalf
            color: Theme.accentText
        }
        WgFocusRing { control: root; isInset: true; controlRadius: Tokens.radiusPanel; isShown: root.visualFocus }
    }
    WgToolTip {
        x: root.width + Tokens.space1
        y: (root.height - height) / 2
        text: root.text
        keys: root.keys
        visible: root.hovered && root.keys !== ""
    }
}
