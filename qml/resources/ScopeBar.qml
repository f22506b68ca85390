// SPDX-License-Identifier: GPL-3.0-or-later
// Which watch the page shows, how it stands, where it is and where the server is, and Resync now.
import QtQuick
import QtQuick.Layouts
import Watchglass

Rectangle {
    id: root
    required property ResourcesView view
    readonly property bool hasWatch: view.watchIndex >= 0
    signal resyncAsked()
    implicitHeight: Measures.scopeBar
    color: Theme.bgSurface

    component Fact: Row {
        id: fact
        property string label
        property string value
        spacing: Tokens.space1
        WgText {
            text: fact.label
            font: Tokens.labelText
            color: Theme.textSecondary
        }
        WgText {
            text: fact.value
            font: Tokens.dataStrong
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Tokens.space4
        anchors.rightMargin: Tokens.space4
        spacing: Tokens.space3
        WgSelect {
            objectName: "watchSelect"
            Layout.maximumWidth: root.width * Measures.scopeSelectShare
            isQuiet: true
            enabled: count > 0
            label: qsTr("Watch")
            iconName: "nav-resources"
            detail: root.view.scopeDetail
            model: root.view.watchNames
            displayText: root.hasWatch ? currentText : qsTr("No watch")
            currentIndex: root.view.watchIndex
            onActivated: index => root.view.watchIndex = index
        }
        WgStateTag {
            visible: root.hasWatch
            stateName: root.view.stateName
        }
        Row {
            visible: root.hasWatch
            spacing: Measures.gapIcon
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.view.transportName === "ws" ? "tr-websocket" : root.view.transportName === "sse" ? "tr-sse"
                    : root.view.transportName === "ndjson" ? "tr-ndjson" : "tr-longpoll"
                size: Measures.iconSmall
            }
            WgText {
                text: root.view.transportWord
                font: Tokens.labelText
                color: Theme.textSecondary
            }
        }
        WgRule {
            visible: root.hasWatch
            isVertical: true
            Layout.preferredHeight: Measures.topRule
        }
        Fact {
            visible: root.hasWatch
            label: qsTr("Local")
            value: root.view.localVersion
        }
        Fact {
            visible: root.hasWatch
            label: qsTr("Server")
            value: root.view.serverVersion
        }
        WgText {
            visible: text !== ""
            text: root.view.behindText
            font: Tokens.labelText
            color: Theme.textSecondary
        }
        WgText {
            Layout.fillWidth: true
            text: root.view.why
            font: Tokens.labelText
            color: Theme.textTertiary
        }
        WgButton {
            objectName: "resyncButton"
            enabled: root.hasWatch
            kind: WgButton.Primary
            iconName: root.view.canRetry ? "state-retrying" : "state-resync"
            text: root.view.canRetry ? qsTr("Retry now") : qsTr("Resync now")
            keys: "R"
            onClicked: root.resyncAsked()
        }
    }
}
