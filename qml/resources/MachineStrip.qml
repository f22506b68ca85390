// SPDX-License-Identifier: GPL-3.0-or-later
// The sync machine: the last six states with time and duration, the current one with a border and "now".
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property ResourcesView view
    readonly property real gap: Measures.iconSmall + 2 * Tokens.space1
    readonly property real nodeWidth: Math.floor((width - 2 * Tokens.space4 - (Measures.stripNodes - 1) * gap) / Measures.stripNodes)
    implicitHeight: Measures.stripNode + Tokens.space3
    color: Theme.bgSurface
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Sync machine")
    Row {
        x: Tokens.space4
        Repeater {
            model: root.view.strip
            delegate: Row {
                id: step
                required property int index
                required property string stateName
                required property string clock
                required property string duration
                required property string detail
                required property bool isCurrent
                Item {
                    visible: step.index > 0
                    width: root.gap
                    height: Measures.stripNode
                    WgIcon {
                        anchors.centerIn: parent
                        name: "chevron-right"
                        size: Measures.iconSmall
                        color: Theme.textTertiary
                    }
                }
                StripNode {
                    width: root.nodeWidth
                    stateName: step.stateName
                    clock: step.clock
                    duration: step.duration
                    detail: step.detail
                    isCurrent: step.isCurrent
                }
            }
        }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
