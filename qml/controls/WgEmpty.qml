// SPDX-License-Identifier: GPL-3.0-or-later
// What is missing, and at most one action. Also the error of a panel: icon, cause, action.
import QtQuick
import Watchglass

Column {
    id: root
    property string text
    property string detail
    property string actionText
    property string severity   ///< empty: nothing wrong
    signal actionChosen()
    spacing: Tokens.space2

    Row {
        spacing: Measures.gapIcon
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.severity !== ""
            name: root.severity === "" ? "" : Tokens.severity[root.severity].icon
            color: root.severity === "" ? "transparent" : Theme.hue[Tokens.severity[root.severity].hue].fg
        }
        WgText {
            text: root.text
            width: Math.min(implicitWidth, root.width > 0 ? root.width : implicitWidth)
            wrapMode: Text.Wrap
            color: root.severity === "" ? Theme.textSecondary : Theme.hue[Tokens.severity[root.severity].hue].fg
        }
    }
    WgText {
        visible: text !== ""
        text: root.detail
        width: Math.min(implicitWidth, root.width > 0 ? root.width : implicitWidth)
        wrapMode: Text.Wrap
        font: Tokens.labelText
        color: Theme.textTertiary
    }
    WgButton {
        visible: text !== ""
        text: root.actionText
        onClicked: root.actionChosen()
    }
}
