// SPDX-License-Identifier: GPL-3.0-or-later
// How the chosen route stands now: state, why, what comes next, and its counters.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

Rectangle {
    id: root
    required property RouteStatus status
    readonly property var entry: Tokens.state[status.stateName] ?? Tokens.state["closed"]
    readonly property var tone: Theme.hue[entry.hue]
    color: Theme.bgCanvas
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Now")

    WgRule {
        isVertical: true
        height: parent.height
    }
    Item {
        id: head
        width: parent.width
        height: Measures.scopeBar
        WgText {
            id: titleText
            x: Tokens.space4
            height: parent.height
            text: qsTr("Now")
            font: Tokens.heading
        }
        WgText {
            anchors.left: titleText.right
            anchors.leftMargin: Tokens.space2
            height: parent.height
            text: root.status.since
            font: Tokens.caption
            color: Theme.textTertiary
        }
        WgButton {
            visible: root.status.canRetry
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space4
            anchors.verticalCenter: parent.verticalCenter
            iconName: "state-retrying"
            text: qsTr("Retry now")
            onClicked: root.status.retry()
        }
        WgRule {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    Flickable {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        contentHeight: column.height + Tokens.space4
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: WgScrollBar {}
        Column {
            id: column
            x: Tokens.space4
            width: parent.width - 2 * Tokens.space4
            topPadding: Tokens.space3
            spacing: Tokens.space2
            Rectangle {
                width: parent.width
                height: verdict.height + 2 * Measures.gapLegend
                radius: Tokens.radiusControl
                color: root.tone.tint
                border.width: Measures.hair
                border.color: root.tone.border
                Column {
                    id: verdict
                    x: Tokens.space3
                    y: Measures.gapLegend
                    width: parent.width - 2 * Tokens.space3
                    spacing: Measures.gapHalf
                    WgStateTag { stateName: root.status.stateName }
                    WgText {
                        visible: text !== ""
                        width: parent.width
                        text: root.status.why
                        wrapMode: Text.Wrap
                        font: Tokens.labelText
                    }
                    WgText {
                        visible: text !== ""
                        width: parent.width
                        text: root.status.next
                        wrapMode: Text.Wrap
                        font: Tokens.labelText
                        color: Theme.textSecondary
                    }
                }
            }
            Repeater {
                model: root.status.sections.length
                delegate: Column {
                    id: section
                    required property int index
                    readonly property var part: root.status.sections[index] ?? { title: "", rows: [] }
                    width: column.width
                    topPadding: Tokens.space2
                    WgText {
                        height: Tokens.rowCompact
                        text: section.part.title
                        font: Tokens.label
                    }
                    Repeater {
                        model: section.part.rows.length
                        delegate: StatusFact {
                            required property int index
                            width: section.width
                            fact: section.part.rows[index] ?? ({})
                        }
                    }
                }
            }
        }
    }
}
