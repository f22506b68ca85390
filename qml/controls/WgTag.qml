// SPDX-License-Identifier: GPL-3.0-or-later
// Tag of 20: a read-only state in the tint, border and ink of one hue.
import QtQuick
import Watchglass

Rectangle {
    id: root
    property string text
    property string iconName
    property string hue: "neutral"
    property bool isMono: false

    implicitHeight: Tokens.tag
    implicitWidth: row.implicitWidth + 2 * Measures.tagPadding
    radius: Tokens.radiusTag
    color: Theme.hue[hue].tint
    border.width: Measures.hair
    border.color: Theme.hue[hue].border
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Tokens.space1
        WgIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            size: Measures.iconSmall
            color: Theme.hue[root.hue].fg
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            font: root.isMono ? Tokens.data : Tokens.label
            color: Theme.hue[root.hue].fg
        }
    }
}
