// SPDX-License-Identifier: GPL-3.0-or-later
// Start the demo gateway: what it serves, each to be left out, and whether it misbehaves.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Watchglass

WgPanel {
    id: root
    required property FirstRunModel model
    readonly property var resources: model.demoResources
    property string problem
    implicitHeight: column.implicitHeight + 2 * (Tokens.space4 + Measures.hair)
    function start() { root.problem = root.model.startDemo(); }

    ColumnLayout {
        id: column
        anchors.fill: parent
        anchors.margins: Tokens.space4 + Measures.hair
        spacing: 0
        RowLayout {
            Layout.bottomMargin: Measures.gapLegend
            spacing: Tokens.space2
            WgIcon {
                name: "demo"
                color: Theme.accentText
            }
            WgText {
                Layout.fillWidth: true
                text: qsTr("Start the demo gateway")
                font: Tokens.heading
            }
            WgText {
                text: "127.0.0.1:8787"
                font: Tokens.data
                color: Theme.textTertiary
            }
        }
        WgRule { Layout.fillWidth: true }
        Repeater {
            model: root.model.demoResources
            delegate: Item {
                id: row
                required property int index
                required property var modelData
                Layout.fillWidth: true
                implicitHeight: Measures.demoRow
                WgCheckBox {
                    id: check
                    anchors.verticalCenter: parent.verticalCenter
                    width: Tokens.checkbox + Measures.gapLegend + Measures.demoTitleW
                    text: row.modelData.title
                    isStrong: true
                    checked: row.modelData.isOn
                    onToggled: root.model.setOn(row.index, checked)
                }
                WgTransport {
                    anchors.left: check.right
                    anchors.leftMargin: Measures.gapLegend
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: row.modelData.transportIcon
                    text: row.modelData.transport
                }
                WgText {
                    anchors.right: rate.left
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.modelData.keys
                    font: Tokens.caption
                    color: Theme.textTertiary
                }
                WgText {
                    id: rate
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    width: Measures.demoRateW + Measures.gapLegend
                    horizontalAlignment: Text.AlignRight
                    text: row.modelData.rate
                    font: Tokens.data
                    color: Theme.textSecondary
                }
                WgRule {
                    anchors.bottom: parent.bottom
                    width: parent.width
                }
            }
        }
        RowLayout {
            Layout.topMargin: Tokens.space3
            spacing: Tokens.space2
            WgSwitch {
                id: faults
                objectName: "demoFaults"
                text: qsTr("Add faults: gaps, duplicates, a slow heartbeat")
                checked: root.model.withFaults
                onToggled: root.model.withFaults = checked
            }
            Item { Layout.fillWidth: true }
            WgButton {
                objectName: "startDemo"
                size: WgButton.Large
                iconName: "play"
                text: qsTr("Start demo gateway")
                enabled: root.resources.some(each => each.isOn)
                onClicked: root.start()
            }
        }
        WgText {
            Layout.fillWidth: true
            Layout.topMargin: Tokens.space2
            visible: root.problem !== ""
            text: root.problem
            font: Tokens.labelText
            color: Theme.errorFg
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
    }
}
