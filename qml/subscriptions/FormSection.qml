// SPDX-License-Identifier: GPL-3.0-or-later
// A titled part of a form.
import QtQuick
import Watchglass

Column {
    id: root
    property string title
    default property alias rows: body.data
    width: parent ? parent.width : implicitWidth
    spacing: Tokens.space2

    Item {
        width: parent.width
        height: Measures.formSectionHead
        WgText {
            height: parent.height
            text: root.title
            font: Tokens.heading
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        WgRule {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    Column {
        id: body
        width: parent.width
        spacing: Tokens.space2
    }
}
