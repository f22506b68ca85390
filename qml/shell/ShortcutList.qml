// SPDX-License-Identifier: GPL-3.0-or-later
// The list of keys that ? opens. Only what works is on it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.Popup {
    id: root
    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Measures.shortcutListWidth
    padding: Tokens.space4
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    readonly property var rows: [
        { keys: "Ctrl 1 … 4", does: qsTr("Overview, Events, Resources, Subscriptions") },
        { keys: "Space", does: qsTr("Pause or resume (not in text fields)") },
        { keys: "/", does: qsTr("Focus the page's filter or search") },
        { keys: "F6", does: qsTr("Next region; Shift F6 the one before") },
        { keys: "Ctrl N", does: qsTr("Connect to a route") },
        { keys: "Ctrl D", does: qsTr("Start the demo gateway") },
        { keys: "Ctrl Shift L", does: qsTr("Theme: dark, light, system") },
        { keys: "Ctrl +", does: qsTr("Larger; Ctrl − smaller, Ctrl 0 back to 100 %") },
        { keys: "↑ ↓", does: qsTr("Move in tables; PgUp, PgDn, Home, End too") },
        { keys: "Esc", does: qsTr("Close a popup, then clear the filter") },
        { keys: "?", does: qsTr("This list") }
    ]
    T.Overlay.modal: Rectangle { color: Theme.bgScrim }
    background: Rectangle {
        radius: Tokens.radiusPopup
        color: Theme.bgRaised
        border.width: Measures.hair
        border.color: Theme.borderControl
    }
    Column {
        spacing: Tokens.space1
        WgText {
            text: qsTr("Keyboard")
            font: Tokens.title
            height: Tokens.titleLine + Tokens.space1
        }
        Repeater {
            model: root.rows.length
            delegate: Row {
                id: row
                required property int index
                height: Tokens.row
                WgKeyCap {
                    width: Measures.shortcutKeyWidth
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.rows[row.index].keys
                }
                WgText {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.rows[row.index].does
                    color: Theme.textSecondary
                }
            }
        }
    }
}
