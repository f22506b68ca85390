// SPDX-License-Identifier: GPL-3.0-or-later
// How a connection reads: the states a person meets first, each with what it means.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Column {
    id: root
    spacing: Tokens.space2
    readonly property var rows: [
        { state: "connecting", does: qsTr("Handshake in progress, nothing shown yet.") },
        { state: "snapshot", does: qsTr("Loading the current state of every key.") },
        { state: "live", does: qsTr("Each change arrives with the next version number.") },
        { state: "gap", does: qsTr("A version is missing. Shown data may be out of date.") },
        { state: "resync", does: qsTr("Filling the gap, then back to Live.") },
        { state: "stale", does: qsTr("Connected, but quiet for longer than expected.") },
        { state: "retrying", does: qsTr("Connection lost. The next try is counted down.") }
    ]
    WgText {
        height: Tokens.headingLine
        text: qsTr("How a connection reads")
        font: Tokens.heading
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    WgPanel {
        width: root.width
        height: rows.height + 2 * Tokens.space1 + 2 * Measures.hair
        Column {
            id: rows
            y: Tokens.space1 + Measures.hair
            width: parent.width
            Repeater {
                model: root.rows.length
                delegate: Item {
                    id: row
                    required property int index
                    readonly property var entry: root.rows[index]
                    width: rows.width
                    height: Tokens.row
                    WgStateTag {
                        x: Tokens.space4 + Measures.hair
                        anchors.verticalCenter: parent.verticalCenter
                        stateName: row.entry.state
                    }
                    WgText {
                        x: Tokens.space4 + Measures.hair + Measures.legendStateW
                        width: parent.width - x - Tokens.space4
                        height: parent.height
                        text: row.entry.does
                        font: Tokens.labelText
                        color: Theme.textSecondary
                    }
                }
            }
        }
    }
}
