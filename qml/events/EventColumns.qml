// SPDX-License-Identifier: GPL-3.0-or-later
// Widths of the events table: the drawn ones, and what is left over goes to key, type and connection, then to the summary.
import QtQuick
import Watchglass

QtObject {
    id: root
    property real width: 0
    property bool isCompact: false

    readonly property real leastFixed: Measures.columnTime + Measures.columnConnection + Measures.columnKey
        + Measures.columnVersion + Measures.columnDelta + Measures.columnSize + Measures.columnLatency
        + (isCompact ? 0 : Measures.columnType)
    readonly property real spare: Math.max(0, width - leastFixed - Measures.columnSummaryLeast)
    function grown(least: real, most: real, share: real): real {
        return Math.floor(Math.min(most, least + spare * share));
    }
    readonly property real time: Measures.columnTime
    readonly property real connection: grown(Measures.columnConnection, Measures.columnConnectionMost, Measures.growNames)
    readonly property real type: isCompact ? 0 : grown(Measures.columnType, Measures.columnTypeMost, Measures.growNames)
    readonly property real key: grown(Measures.columnKey, Measures.columnKeyMost, Measures.growKeys)
    readonly property real version: Measures.columnVersion
    readonly property real delta: grown(Measures.columnDelta, Measures.columnDeltaMost, Measures.growKeys)
    readonly property real size: Measures.columnSize
    readonly property real latency: Measures.columnLatency
    readonly property real summary: Math.max(0, width - time - connection - type - key - version - delta - size - latency)

    readonly property real connectionX: time
    readonly property real typeX: connectionX + connection
    readonly property real keyX: typeX + type
    readonly property real versionX: keyX + key
    readonly property real deltaX: versionX + version
    readonly property real sizeX: deltaX + delta
    readonly property real latencyX: sizeX + size
    readonly property real summaryX: latencyX + latency

    readonly property list<var> list: [
        { title: qsTr("Time"), width: time },
        { title: qsTr("Connection"), width: connection },
        { title: qsTr("Type"), width: type },
        { title: qsTr("Key"), width: key },
        { title: qsTr("Version"), width: version, isRight: true },
        { title: qsTr("Δ"), width: delta },
        { title: qsTr("Size B"), width: size, isRight: true },
        { title: qsTr("Latency ms"), width: latency, isRight: true },
        { title: qsTr("Summary"), width: summary }
    ].filter(column => column.width > 0)
}
