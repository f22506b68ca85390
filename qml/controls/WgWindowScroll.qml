// SPDX-License-Identifier: GPL-3.0-or-later
// Scroll bar of a windowed table: positions are rows counted in C++, so it is exact for any number of them.
import QtQuick
import Watchglass

Item {
    id: root
    required property real total    ///< rows there are
    required property real position ///< first row on screen
    required property real capacity ///< rows on screen
    signal topAsked(real top)

    readonly property real range: Math.max(1, total - capacity)
    readonly property real thumbHeight: Math.max(Measures.scrollThumbMin, height * Math.min(1, capacity / Math.max(1, total)))
    readonly property real travel: Math.max(1, height - thumbHeight)

    width: Tokens.scrollBar
    visible: total > capacity
    Accessible.role: Accessible.ScrollBar
    Accessible.name: qsTr("Row %1 of %2").arg(Math.round(top + 1)).arg(Math.round(total))

    Rectangle {
        id: thumb
        x: Measures.gapHalf
        y: root.travel * Math.min(1, root.position / root.range)
        width: Measures.scrollThumb
        height: root.thumbHeight
        radius: width / 2
        color: area.pressed ? Theme.textTertiary : area.containsMouse ? Theme.borderControl : Theme.borderDefault
    }
    MouseArea {
        id: area
        property real grip: 0
        anchors.fill: parent
        hoverEnabled: true
        onPressed: mouse => {
            const isOnThumb = mouse.y >= thumb.y && mouse.y <= thumb.y + thumb.height;
            grip = isOnThumb ? mouse.y - thumb.y : thumb.height / 2;
            if (!isOnThumb)
                root.topAsked(root.range * Math.max(0, Math.min(1, (mouse.y - grip) / root.travel)));
        }
        onPositionChanged: mouse => {
            if (pressed)
                root.topAsked(root.range * Math.max(0, Math.min(1, (mouse.y - grip) / root.travel)));
        }
    }
}
