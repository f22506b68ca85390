// SPDX-License-Identifier: GPL-3.0-or-later
// A state as shape and word, in its hue. state is a name of the vocabulary: live, gap, resync, …
import QtQuick
import Watchglass

Row {
    id: root
    property string stateName: "closed"
    /// Which vocabulary: Tokens.state, Tokens.freshness or Tokens.severity.
    property var vocabulary: Tokens.state
    property string text: entry.word
    property bool isWordShown: true
    readonly property string unknown: "closed"
    readonly property var entry: vocabulary[stateName] ?? Tokens.state[unknown]
    readonly property color ink: Theme.hue[entry.hue].fg

    spacing: Measures.gapIcon
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    WgIcon {
        anchors.verticalCenter: parent.verticalCenter
        name: root.entry.icon
        size: Measures.iconSmall
        color: root.ink
        isTurning: root.entry.motion !== undefined
    }
    WgText {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.isWordShown
        text: root.text
        font: Tokens.label
        color: root.ink
    }
}
