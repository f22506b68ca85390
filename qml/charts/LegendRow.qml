// SPDX-License-Identifier: GPL-3.0-or-later
// Legend of a chart: swatch, name, current value. entries: [{ text, value, series, shape, color? }].
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Row {
    id: root
    property var entries: []
    height: Measures.panelLine
    spacing: Measures.gapLegend
    clip: true

    function inkOf(entry: var): color {
        if (entry.color !== undefined)
            return entry.color;
        return entry.series < 0 ? Theme.textTertiary : Theme.chartSeries[entry.series];
    }

    Repeater {
        model: root.entries.length
        delegate: Row {
            id: item
            required property int index
            readonly property var entry: root.entries[index] ?? { text: "", value: "", series: 0, shape: "none" }
            height: root.height
            spacing: Tokens.space1
            SeriesSwatch {
                anchors.verticalCenter: parent.verticalCenter
                visible: item.entry.shape !== "none"
                shape: item.entry.shape
                color: root.inkOf(item.entry)
            }
            WgText {
                height: parent.height
                text: item.entry.text
                font: Tokens.caption
                color: Theme.textSecondary
            }
            WgText {
                height: parent.height
                visible: text !== ""
                text: item.entry.value ?? ""
                font: Tokens.captionStrong
            }
        }
    }
}
