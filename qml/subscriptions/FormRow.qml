// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a form: the label, the controls, and what is wrong on the next line.
import QtQuick
import Watchglass

Column {
    id: root
    property string label
    property string problem
    property string hint
    default property alias controls: content.data
    width: parent ? parent.width : implicitWidth
    spacing: Measures.gapHalf

    Item {
        width: parent.width
        height: Math.max(Tokens.control, content.implicitHeight)
        WgText {
            width: Measures.formLabel
            height: Tokens.control
            text: root.label
            font: Tokens.label
            color: Theme.textSecondary
        }
        Row {
            id: content
            x: Measures.formLabel
            width: parent.width - x
            spacing: Tokens.space2
        }
    }
    Row {
        x: Measures.formLabel
        visible: root.problem !== "" || root.hint !== ""
        spacing: Measures.gapIcon
        WgIcon {
            visible: root.problem !== ""
            name: "sev-error"
            size: Measures.iconSmall
            color: Theme.errorFg
        }
        WgText {
            width: root.width - Measures.formLabel - Tokens.space5
            text: root.problem !== "" ? root.problem : root.hint
            wrapMode: Text.Wrap
            font: Tokens.caption
            color: root.problem !== "" ? Theme.errorFg : Theme.textTertiary
        }
    }
}
