// SPDX-License-Identifier: GPL-3.0-or-later
// Connect to a route: its address, checked when it is asked for.
import QtQuick
import QtQuick.Layouts
import Watchglass

WgPanel {
    id: root
    required property FirstRunModel model
    property string problem
    implicitHeight: column.implicitHeight + 2 * (Tokens.space4 + Measures.hair)
    function focusField() { field.forceActiveFocus(Qt.ShortcutFocusReason); }
    function submit() {
        root.problem = root.model.connectTo(field.text);
        if (root.problem !== "")
            field.forceActiveFocus(Qt.OtherFocusReason);
    }

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: Tokens.space4 + Measures.hair
        spacing: 0
        RowLayout {
            spacing: Tokens.space2
            WgIcon {
                name: "link"
                color: Theme.accentText
            }
            WgText {
                Layout.fillWidth: true
                text: qsTr("Connect to a route")
                font: Tokens.heading
            }
            Row {
                spacing: Tokens.space3
                WgTransport { iconName: "tr-websocket"; text: qsTr("WebSocket") }
                WgTransport { iconName: "tr-sse"; text: qsTr("SSE") }
                WgTransport { iconName: "tr-longpoll"; text: qsTr("Long poll") }
                WgTransport { iconName: "tr-ndjson"; text: qsTr("NDJSON") }
            }
        }
        RowLayout {
            Layout.topMargin: Tokens.space3
            spacing: Tokens.space2
            WgTextField {
                id: field
                objectName: "connectUrl"
                Layout.fillWidth: true
                focus: true
                size: WgButton.Large
                isMono: true
                isInvalid: root.problem !== ""
                label: qsTr("Address of a route")
                placeholderText: "wss://api.example.com/v2/orders/watch"
                onTextEdited: root.problem = ""
                onAccepted: root.submit()
            }
            WgButton {
                objectName: "connectButton"
                kind: WgButton.Primary
                size: WgButton.Large
                iconName: "link"
                text: qsTr("Connect")
                onClicked: root.submit()
            }
        }
        RowLayout {
            Layout.topMargin: Tokens.space2
            spacing: Measures.gapIcon
            WgIcon {
                Layout.alignment: Qt.AlignTop
                name: root.problem !== "" ? "sev-error" : "keychain"
                size: Measures.iconSmall
                color: root.problem !== "" ? Theme.errorFg : Theme.textTertiary
            }
            WgText {
                objectName: "connectNote"
                Layout.fillWidth: true
                text: root.problem !== "" ? root.problem : root.model.keychainNote
                font: Tokens.labelText
                color: root.problem !== "" ? Theme.errorFg : Theme.textTertiary
                wrapMode: Text.Wrap
                Accessible.role: root.problem !== "" ? Accessible.AlertMessage : Accessible.StaticText
                Accessible.name: text
            }
        }
    }
}
