// SPDX-License-Identifier: GPL-3.0-or-later
// The facts of one event in two columns, 24 a row.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Item {
    id: root
    required property EventDetail detail
    signal keyChosen()

    readonly property real firstWidth: width - 2 * Tokens.space4 - Measures.factLabel - Measures.factLabelSecond
        - Measures.factValueSecond - (Measures.factColumns - 1) * Measures.factGap
    readonly property list<var> rows: detail.isMarker
        ? [[qsTr("Connection"), detail.connection, qsTr("At"), detail.received],
           [qsTr("Route"), detail.route, "", ""]]
        : [[qsTr("Key"), detail.key, qsTr("Received"), detail.received],
           [qsTr("Connection"), detail.connection, qsTr("Sent"), detail.sent],
           [qsTr("Route"), detail.route, qsTr("Latency"), detail.latency],
           [qsTr("Order"), detail.order, qsTr("Size"), detail.size]]
    implicitHeight: rows.length * Tokens.treeRow + 2 * Tokens.space3 - Measures.factGap

    Column {
        x: Tokens.space4
        y: Tokens.space3
        spacing: Measures.factGap
        Repeater {
            model: root.rows.length
            delegate: Row {
                id: line
                required property int index
                readonly property var fact: root.rows[index]
                readonly property bool isOrder: !root.detail.isMarker && index === root.rows.length - 1
                readonly property bool isKey: !root.detail.isMarker && index === 0
                height: Measures.factLine
                spacing: Measures.factGap
                WgText {
                    width: Measures.factLabel
                    height: parent.height
                    text: line.fact[0]
                    font: Tokens.caption
                    color: Theme.textTertiary
                }
                Row {
                    width: root.firstWidth
                    height: parent.height
                    spacing: Tokens.space1
                    WgIcon {
                        id: mark
                        visible: line.isOrder && root.detail.orderIcon !== ""
                        anchors.verticalCenter: parent.verticalCenter
                        name: root.detail.orderIcon
                        size: Measures.iconSmall
                        color: root.detail.orderHue === "" ? Theme.textTertiary : Theme.hue[root.detail.orderHue].fg
                    }
                    WgText {
                        width: Math.min(implicitWidth, parent.width - (mark.visible ? mark.width + parent.spacing : 0))
                        height: parent.height
                        text: line.fact[1]
                        font: line.isKey ? Tokens.data : Tokens.labelText
                        elide: line.isKey ? Text.ElideMiddle : Text.ElideRight
                        color: line.isKey ? Theme.accentText : Theme.textPrimary
                        TapHandler {
                            enabled: line.isKey
                            onTapped: root.keyChosen()
                        }
                    }
                }
                WgText {
                    width: Measures.factLabelSecond
                    height: parent.height
                    text: line.fact[2]
                    font: Tokens.caption
                    color: Theme.textTertiary
                }
                WgText {
                    width: Measures.factValueSecond
                    height: parent.height
                    text: line.fact[Measures.factColumns - 1]
                    font: Tokens.data
                }
            }
        }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
