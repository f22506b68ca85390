// SPDX-License-Identifier: GPL-3.0-or-later
// Find a key, and chips by freshness with their counts.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property ResourcesView view
    signal exited()
    readonly property list<string> names: ["fresh", "ageing", "stale", "unconfirmed"]
    readonly property list<string> sortWords: [qsTr("last change"), qsTr("key"), qsTr("version"), qsTr("size")]

    function focusField() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }
    implicitHeight: Tokens.toolBar
    color: Theme.bgSurface
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
        color: Theme.borderDefault
    }
    Row {
        x: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Tokens.space2
        WgTextField {
            id: field
            objectName: "resourceFinder"
            anchors.verticalCenter: parent.verticalCenter
            width: Measures.findField
            isQuiet: true
            iconName: "search"
            placeholderText: qsTr("Find key or part of it")
            onTextEdited: root.view.search = text
            Keys.onReturnPressed: root.exited()
            Keys.onDownPressed: root.exited()
            Keys.onEscapePressed: {
                if (text === "")
                    root.exited();
                text = "";
                root.view.search = "";
            }
            Connections {
                target: root.view
                function onQueryChanged() {
                    if (field.text !== root.view.search)
                        field.text = root.view.search;
                }
            }
            WgKeyCap {
                anchors.right: parent.right
                anchors.rightMargin: Measures.gapIcon
                anchors.verticalCenter: parent.verticalCenter
                visible: field.text === "" && !field.activeFocus
                text: "/"
            }
        }
        WgChip {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("All")
            count: root.view.counts[0] ?? ""
            checkable: false
            checked: root.view.freshness < 0
            onClicked: root.view.freshness = -1
        }
        Repeater {
            model: root.names.length
            delegate: WgChip {
                id: chip
                required property int index
                readonly property var entry: Tokens.freshness[root.names[index]]
                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                text: entry.word
                count: root.view.counts[index + 1] ?? ""
                iconName: entry.icon
                iconColor: Theme.hue[entry.hue].fg
                checkable: false
                checked: root.view.freshness === index
                onClicked: root.view.freshness = checked ? -1 : index
            }
        }
    }
    WgText {
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space4
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Sorted by %1").arg(root.sortWords[root.view.sort])
        font: Tokens.caption
        color: Theme.textTertiary
    }
}
