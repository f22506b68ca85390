// SPDX-License-Identifier: GPL-3.0-or-later
// A key, drawn as a cap. text may name several keys separated by spaces: "Ctrl N".
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Row {
    id: root
    property string text
    property bool isOnPrimary: false
    /// One cap for the whole chord, as on buttons.
    property bool isJoined: false
    spacing: Measures.keycapGap
    Accessible.ignored: true

    Repeater {
        model: root.isJoined ? [root.text] : root.text.split(" ")
        delegate: Rectangle {
            id: cap
            required property string modelData
            width: Math.max(Tokens.keycap, label.implicitWidth + 2 * Measures.keycapPadding)
            height: Tokens.keycap
            radius: Tokens.radiusTag
            color: root.isOnPrimary ? "transparent" : Theme.isDark ? Theme.bgSurface : Theme.bgHeader
            border.width: Measures.hair
            border.color: root.isOnPrimary
                ? Qt.alpha(Theme.textOnAccent, Measures.keycapOutlineAlpha) : Theme.borderDefault
            WgText {
                id: label
                anchors.centerIn: parent
                text: cap.modelData
                font: Tokens.keyCapText
                color: root.isOnPrimary ? Theme.textOnAccent : Theme.textSecondary
            }
        }
    }
}
