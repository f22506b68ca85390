// SPDX-License-Identifier: GPL-3.0-or-later
// A transport as icon and word.
import QtQuick
import Watchglass

Row {
    id: root
    required property string iconName
    required property string text
    property color ink: Theme.textSecondary
    spacing: Measures.gapIcon
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    WgIcon {
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: Measures.iconSmall
        color: root.ink
    }
    WgText {
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        font: Tokens.labelText
        color: root.ink
    }
}
