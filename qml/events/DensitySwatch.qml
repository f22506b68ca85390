// SPDX-License-Identifier: GPL-3.0-or-later
// A square of colour with its name.
import QtQuick
import Watchglass

Row {
    id: root
    property color ink
    property string text
    spacing: Measures.gapIcon
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: Tokens.space2
        height: width
        radius: Measures.gapHalf
        color: root.ink
    }
    WgText {
        text: root.text
        font: Tokens.caption
        color: Theme.textSecondary
        rightPadding: Measures.gapHalf
    }
}
