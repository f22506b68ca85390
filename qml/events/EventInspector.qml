// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector: the selected event in full. Head, facts, Tree and Raw, and what can be done with it.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property EventsView view
    required property Session session
    required property int tab
    readonly property EventDetail detail: view.detail
    signal tabAsked(int index)
    signal closeAsked()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Inspector")
    Keys.onEscapePressed: closeAsked()

    Rectangle {
        anchors.fill: parent
        color: Theme.bgSurface
    }
    EventInspectorHead {
        id: head
        width: parent.width
        detail: root.detail
        onMoveAsked: rows => root.view.move(rows)
        onCloseAsked: root.closeAsked()
    }
    EventFacts {
        id: facts
        anchors.top: head.bottom
        width: parent.width
        detail: root.detail
        onKeyChosen: root.view.openResource()
    }
    Rectangle {
        id: evicted
        anchors.top: facts.bottom
        width: parent.width
        height: visible ? Tokens.row : 0
        visible: root.detail.isEvicted
        color: Theme.warnTint
        WgText {
            x: Tokens.space4
            height: parent.height
            text: qsTr("No longer in the event log: newer events needed the room.")
            font: Tokens.labelText
            color: Theme.warnFg
        }
    }
    WgTabs {
        id: tabs
        anchors.top: evicted.bottom
        width: parent.width
        visible: !root.detail.isMarker
        label: qsTr("Views of the payload")
        options: [{ text: qsTr("Tree") }, { text: qsTr("Raw") }]
        currentIndex: root.tab
        onChosen: index => root.tabAsked(index)
    }
    PayloadPane {
        anchors.top: tabs.bottom
        anchors.bottom: footer.top
        width: parent.width
        visible: !root.detail.isMarker
        focus: true
        payload: root.detail.payload
        view: root.tab
    }
    WgText {
        visible: root.detail.isMarker
        anchors.top: evicted.bottom
        anchors.margins: Tokens.space4
        anchors.left: parent.left
        anchors.right: parent.right
        text: root.detail.text
        wrapMode: Text.Wrap
    }
    Item {
        id: footer
        anchors.bottom: parent.bottom
        width: parent.width
        height: Measures.footer
        WgRule { width: parent.width }
        Row {
            x: Tokens.space4
            anchors.verticalCenter: parent.verticalCenter
            spacing: Tokens.space2
            WgButton {
                size: WgButton.Small
                iconName: "copy"
                text: root.detail.isMarker ? qsTr("Copy row") : qsTr("Copy JSON")
                tip: root.detail.isMarker ? qsTr("The marker as JSON") : qsTr("The payload, byte for byte")
                onClicked: {
                    if (root.detail.isMarker)
                        root.view.copyRow();
                    else
                        root.detail.payload.copyBytes();
                    root.session.shell.notify("info", qsTr("Copied"));
                }
            }
            WgButton {
                visible: !root.detail.isMarker
                size: WgButton.Small
                iconName: "filter"
                text: qsTr("Filter by key")
                tip: qsTr("Show the events of this key only (F)")
                onClicked: root.view.filterByKey(true)
            }
        }
        WgButton {
            visible: !root.detail.isMarker
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space4
            anchors.verticalCenter: parent.verticalCenter
            size: WgButton.Small
            text: qsTr("Open resource")
            trailingIconName: "arrow-right"
            onClicked: root.view.openResource()
        }
    }
}
