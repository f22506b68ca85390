// SPDX-License-Identifier: GPL-3.0-or-later
// One key in full: freshness, version, its state as tree or raw lines. It follows the key as it changes.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property ResourcesView view
    required property Session session
    property int tab: 0
    signal closeAsked()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Detail of %1").arg(view.detailQuiet + view.detailLoud)
    Keys.onEscapePressed: closeAsked()

    Rectangle {
        anchors.fill: parent
        color: Theme.bgSurface
    }
    Item {
        id: head
        width: parent.width
        height: Measures.detailHeader
        WgText {
            id: quiet
            x: Tokens.space4
            y: Measures.gapLegend
            height: Tokens.headingLine
            width: Math.min(implicitWidth, parent.width / 2)
            text: root.view.detailQuiet
            font.family: Tokens.data.family
            font.pixelSize: Tokens.heading.pixelSize
            font.preferShaping: false
            color: Theme.textTertiary
            elide: Text.ElideMiddle
        }
        WgText {
            anchors.left: quiet.right
            anchors.right: buttons.left
            anchors.rightMargin: Tokens.space2
            y: quiet.y
            height: quiet.height
            text: root.view.detailLoud
            font.family: Tokens.data.family
            font.pixelSize: Tokens.heading.pixelSize
            font.weight: Tokens.heading.weight
            font.preferShaping: false
            elide: Text.ElideMiddle
        }
        Row {
            id: buttons
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space3
            y: Tokens.space2
            WgButton {
                size: WgButton.Small
                kind: WgButton.Ghost
                iconName: "copy"
                tip: qsTr("Copy the key")
                keys: "C"
                onClicked: root.session.shell.notify("info", root.view.copyKey())
            }
            WgButton {
                size: WgButton.Small
                kind: WgButton.Ghost
                iconName: "close"
                tip: qsTr("Close the detail")
                keys: "Esc"
                onClicked: root.closeAsked()
            }
        }
        Row {
            x: Tokens.space4
            anchors.top: quiet.bottom
            anchors.topMargin: Tokens.space2
            height: Measures.factLine
            spacing: Tokens.space3
            WgStateTag {
                visible: root.view.detailFreshness !== "" && !root.view.isDetailGone
                vocabulary: Tokens.freshness
                stateName: root.view.detailFreshness === "" ? "fresh" : root.view.detailFreshness
            }
            WgTag {
                visible: root.view.isDetailGone
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Deleted")
                hue: "neutral"
            }
            WgText {
                visible: text !== ""
                height: parent.height
                text: root.view.detailAge
                font: Tokens.labelText
                color: Theme.textSecondary
            }
            WgRule { isVertical: true; height: parent.height }
            WgText {
                height: parent.height
                text: qsTr("version")
                font: Tokens.labelText
                color: Theme.textSecondary
            }
            WgText {
                height: parent.height
                leftPadding: -Tokens.space2
                text: root.view.detailVersion
                font: Tokens.data
            }
            WgRule { isVertical: true; height: parent.height; visible: changesText.text !== "" }
            WgText {
                id: changesText
                height: parent.height
                text: root.view.detailChanges
                font: Tokens.labelText
                color: Theme.textSecondary
            }
        }
        WgRule {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    Item {
        id: section
        anchors.top: head.bottom
        width: parent.width
        height: Tokens.panelHeader
        WgText {
            x: Tokens.space4
            height: parent.height
            text: qsTr("State")
            font: Tokens.heading
        }
        WgSegmented {
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space3
            anchors.verticalCenter: parent.verticalCenter
            height: Tokens.controlSmall
            label: qsTr("Views of the state")
            options: [{ text: qsTr("Tree") }, { text: qsTr("Raw") }]
            currentIndex: root.tab
            onChosen: index => root.tab = index
        }
    }
    PayloadPane {
        anchors.top: section.bottom
        anchors.bottom: footer.top
        width: parent.width
        focus: true
        payload: root.view.payload
        view: root.tab
        emptyText: root.view.isDetailGone ? qsTr("This key is no longer in the local copy.") : qsTr("Reading the state of this key")
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
                text: qsTr("Copy JSON")
                tip: qsTr("The state of this key, byte for byte")
                enabled: !root.view.payload.isEmpty
                onClicked: {
                    root.view.payload.copyBytes();
                    root.session.shell.notify("info", qsTr("Copied"));
                }
            }
            WgButton {
                size: WgButton.Small
                iconName: "nav-events"
                text: qsTr("Show events")
                tip: qsTr("The events of this key")
                onClicked: root.view.showEvents()
            }
        }
    }
}
