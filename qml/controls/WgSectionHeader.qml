// SPDX-License-Identifier: GPL-3.0-or-later
// Section header of a form or list: heading over a hairline.
import QtQuick
import Watchglass

Item {
    id: root
    property string text
    property string note
    implicitHeight: Tokens.sectionHeader
    implicitWidth: row.implicitWidth
    Accessible.role: Accessible.Heading
    Accessible.name: text
    Row {
        id: row
        height: parent.height - Measures.hair
        spacing: Tokens.space2
        WgText {
            height: parent.height
            text: root.text
            font: Tokens.heading
        }
        WgText {
            height: parent.height
            visible: root.note !== ""
            text: root.note
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
