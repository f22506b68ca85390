// SPDX-License-Identifier: GPL-3.0-or-later
// Tree or raw lines of one payload, with what is cut, broken or still being read said above them.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property PayloadView payload
    property int view: 0   ///< 0 tree, 1 raw
    property string emptyText: qsTr("No payload.")

    Column {
        id: notes
        width: parent.width
        Rectangle {
            visible: root.payload.isCut
            width: parent.width
            height: visible ? Tokens.control + Tokens.space2 : 0
            color: Theme.infoTint
            WgText {
                x: Tokens.space4
                anchors.verticalCenter: parent.verticalCenter
                text: root.payload.cutText
                font: Tokens.labelText
                color: Theme.textSecondary
            }
            WgButton {
                anchors.right: parent.right
                anchors.rightMargin: Tokens.space4
                anchors.verticalCenter: parent.verticalCenter
                size: WgButton.Small
                text: root.payload.isLoading ? qsTr("Reading") : root.payload.loadAllText
                enabled: !root.payload.isLoading
                onClicked: root.payload.loadAll()
            }
        }
        Rectangle {
            visible: root.payload.problem !== ""
            width: parent.width
            height: visible ? problemRow.height + Tokens.space3 : 0
            color: Theme.errorTint
            Row {
                id: problemRow
                x: Tokens.space4
                anchors.verticalCenter: parent.verticalCenter
                spacing: Measures.gapIcon
                WgIcon {
                    name: "sev-error"
                    size: Measures.iconSmall
                    color: Theme.errorFg
                }
                WgText {
                    width: notes.width - 2 * Tokens.space4 - Tokens.space5
                    text: root.payload.problem
                    wrapMode: Text.Wrap
                    font: Tokens.labelText
                    color: Theme.errorFg
                }
            }
        }
    }
    WgText {
        visible: root.payload.isEmpty
        x: Tokens.space4
        y: Tokens.space3
        text: root.payload.isLoading ? qsTr("Reading the payload") : root.emptyText
        color: Theme.textSecondary
    }
    PayloadTree {
        anchors.fill: parent
        anchors.topMargin: notes.height
        visible: root.view === 0 && !root.payload.isEmpty
        focus: root.view === 0
        payload: root.payload
    }
    PayloadRaw {
        anchors.fill: parent
        anchors.topMargin: notes.height
        visible: root.view === 1 && !root.payload.isEmpty
        focus: root.view === 1
        payload: root.payload
    }
}
