// SPDX-License-Identifier: GPL-3.0-or-later
// One icon of resources/icons in a colour of the theme, crisp at any device pixel ratio.
import QtQuick
import Watchglass

Image {
    id: root
    property string name
    property color color: Theme.textSecondary
    property real size: Tokens.icon
    /// Turns (Connecting and Resync only); stands still while hidden or while the window has no focus.
    property bool isTurning: false

    readonly property string hex: root.color.toString().slice(-6)
    width: size
    height: size
    sourceSize.width: Math.round(size * Screen.devicePixelRatio)
    sourceSize.height: Math.round(size * Screen.devicePixelRatio)
    source: name === "" ? "" : "image://icon/" + name + "/" + hex
    Accessible.ignored: true

    RotationAnimator on rotation {
        running: root.isTurning && root.visible && root.Window.active
        from: 0
        to: Measures.fullTurn
        duration: Measures.turnMs
        loops: Animation.Infinite
        onRunningChanged: if (!running) root.rotation = 0
    }
}
