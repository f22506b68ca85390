// SPDX-License-Identifier: GPL-3.0-or-later
// One fact of a route: label, shape where it is noteworthy, value.
import QtQuick
import Watchglass

Item {
    id: root
    property var fact: ({})
    readonly property string iconName: fact.icon ?? ""
    readonly property string hue: fact.hue ?? ""
    height: Tokens.rowCompact + Measures.hair
    Accessible.role: Accessible.StaticText
    Accessible.name: (fact.label ?? "") + ": " + (fact.value ?? "")
    WgText {
        width: Measures.formLabel
        height: parent.height
        text: root.fact.label ?? ""
        font: Tokens.labelText
        color: Theme.textSecondary
    }
    WgIcon {
        id: mark
        visible: root.iconName !== ""
        x: Measures.formLabel
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        size: Measures.iconSmall
        color: root.hue === "" ? Theme.textSecondary : Theme.hue[root.hue].fg
    }
    WgText {
        x: mark.visible ? mark.x + mark.width + Measures.gapIcon : Measures.formLabel
        width: parent.width - x
        height: parent.height
        text: root.fact.value ?? ""
        font: Tokens.data
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
