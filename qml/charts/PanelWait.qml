// SPDX-License-Identifier: GPL-3.0-or-later
// What a panel shows while its data is being read: still bars after 200 ms, words after 1 s.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Item {
    id: root
    property string text
    onVisibleChanged: bars.visible = words.visible = false

    Timer {
        running: root.visible
        interval: Tokens.durationSlow
        onTriggered: bars.visible = true
    }
    Timer {
        running: root.visible
        interval: Tokens.durationChartTick
        onTriggered: words.visible = true
    }
    WgText {
        id: words
        visible: false
        x: Tokens.space3
        y: -Tokens.space5
        height: Measures.panelLine
        text: root.text
        font: Tokens.caption
        color: Theme.textTertiary
    }
    Column {
        id: bars
        visible: false
        x: Tokens.space3
        y: Tokens.space2
        spacing: Tokens.space2
        Repeater {
            model: [1, Measures.skeletonSecond, Measures.skeletonThird]
            delegate: Rectangle {
                required property real modelData
                width: (root.width - 2 * Tokens.space3) * modelData
                height: Measures.skeletonH
                radius: Tokens.radiusTag
                color: Theme.bgPressed
            }
        }
    }
}
