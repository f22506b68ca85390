// SPDX-License-Identifier: GPL-3.0-or-later
// Scroll bar: a 6-px thumb in a 10-px lane, drawn only where there is something to scroll.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.ScrollBar {
    id: root
    implicitWidth: Tokens.scrollBar
    implicitHeight: Tokens.scrollBar
    padding: Measures.gapHalf
    minimumSize: Math.min(1, Measures.scrollThumbMin / Math.max(1, orientation === Qt.Vertical ? height : width))
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1)
    Accessible.role: Accessible.ScrollBar
    Accessible.name: orientation === Qt.Vertical ? qsTr("Vertical scroll bar") : qsTr("Horizontal scroll bar")

    contentItem: Rectangle {
        implicitWidth: Measures.scrollThumb
        implicitHeight: Measures.scrollThumb
        radius: Measures.scrollThumb / 2
        color: root.pressed ? Theme.textTertiary : root.hovered ? Theme.borderControl : Theme.borderDefault
    }
}
