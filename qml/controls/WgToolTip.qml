// SPDX-License-Identifier: GPL-3.0-or-later
// Tooltip: after 450 ms, one sentence and, where there is one, the shortcut.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.ToolTip {
    id: root
    property string keys
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? parent.height + Tokens.space1 : 0
    delay: Tokens.durationTooltipDelay
    padding: Measures.gapIcon
    leftPadding: Tokens.space2
    rightPadding: Tokens.space2
    margins: Tokens.space1
    implicitWidth: Math.min(Measures.tooltipMaxWidth, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: Row {
        spacing: Tokens.space2
        WgText {
            width: Math.min(implicitWidth, Measures.tooltipMaxWidth)
            text: root.text
            font: Tokens.caption
            color: Theme.textPrimary
            wrapMode: Text.Wrap
        }
        WgKeyCap {
            visible: root.keys !== ""
            text: root.keys
        }
    }
    background: Rectangle {
        radius: Tokens.radiusControl
        color: Theme.bgTooltip
        border.width: Measures.hair
        border.color: Theme.borderDefault
    }
}
