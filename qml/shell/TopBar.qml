// SPDX-License-Identifier: GPL-3.0-or-later
// Top bar: title, time range, live or paused, health summary.
import QtQuick
import QtQuick.Layouts
import Watchglass

FocusScope {
    id: root
    required property Session session
    required property string title
    readonly property bool isCompact: Window.window !== null && Window.window.width < Tokens.breakpointDefault - Tokens.space10
    implicitHeight: Tokens.topBar
    Accessible.role: Accessible.ToolBar
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.bgChrome
        WgRule {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Tokens.space4
        anchors.rightMargin: Tokens.space4
        anchors.bottomMargin: Measures.hair
        spacing: Tokens.space3
        WgText {
            Layout.rightMargin: Tokens.space1
            text: root.title
            font: Tokens.title
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        WgRule {
            isVertical: true
            Layout.preferredHeight: Measures.topRule
        }
        WgSelect {
            objectName: "rangeSelect"
            isQuiet: true
            label: qsTr("Time range")
            iconName: "clock"
            detail: root.isCompact ? "" : root.session.health.rangeClock
            model: root.session.shell.rangeNames
            currentIndex: root.session.shell.rangeIndex
            onActivated: index => root.session.shell.rangeIndex = index
            focus: true
        }
        WgSegmented {
            objectName: "livePaused"
            label: qsTr("Live or paused")
            options: [
                { text: qsTr("Live"), icon: "state-live", hue: root.session.shell.isPaused ? "neutral" : "ok" },
                { text: qsTr("Paused"), icon: "state-paused" }
            ]
            currentIndex: root.session.shell.isPaused ? 1 : 0
            onChosen: index => root.session.shell.isPaused = index === 1
        }
        Item { Layout.fillWidth: true }
        HealthSummary { session: root.session }
    }
}
