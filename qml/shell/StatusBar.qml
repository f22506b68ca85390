// SPDX-License-Identifier: GPL-3.0-or-later
// Status bar, over the whole width: what is live, how fast, how late, what was missed; what is kept, where tokens are, UTC.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    readonly property HealthModel health: session.health
    implicitHeight: Tokens.statusBar
    Accessible.role: Accessible.StatusBar
    Accessible.name: qsTr("Status")

    Rectangle {
        anchors.fill: parent
        color: Theme.bgChrome
        WgRule { width: parent.width }
    }
    Row {
        x: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        StatusSegment {
            objectName: "statusLive"
            iconName: Tokens.state[root.health.liveState].icon
            iconColor: Theme.hue[Tokens.state[root.health.liveState].hue].fg
            value: root.health.liveOfTotal
            after: qsTr("live")
        }
        StatusSegment {
            value: root.health.rate
            after: qsTr("msg/s")
        }
        StatusSegment {
            before: qsTr("p95")
            value: root.health.p95
            after: root.health.p95Unit
            tip: root.health.busyNote
        }
        StatusSegment {
            iconName: "state-gap"
            iconColor: root.health.hasGaps ? Theme.warnFg : Theme.textTertiary
            value: root.health.gapsAndResyncs
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space2
        anchors.verticalCenter: parent.verticalCenter
        StatusSegment {
            iconName: "memory"
            value: root.health.events
            after: qsTr("events")
            tip: root.health.evictedNote
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Measures.memoryBarW
                height: Measures.memoryBarH
                radius: height / 2
                color: Theme.chartMuted
                Rectangle {
                    width: Math.round(parent.width * root.health.memoryShare)
                    height: parent.height
                    radius: parent.radius
                    color: root.health.evictedNote !== "" ? Theme.warnFg : Theme.accentText
                }
            }
            WgText {
                height: parent.height
                text: root.health.memory
                font: Tokens.label
            }
            WgText {
                height: parent.height
                visible: text !== ""
                text: root.health.evictedNote
                font: Tokens.labelText
                color: Theme.textSecondary
            }
        }
        StatusSegment {
            iconName: root.health.keychainState === "unlocked" ? "keychain"
                : root.health.keychainState === "locked" ? "lock" : "state-closed"
            iconColor: root.health.keychainState === "unlocked" ? Theme.okFg
                : root.health.keychainState === "locked" ? Theme.warnFg : Theme.textTertiary
            after: root.health.keychainText
            tip: root.health.keychainState === "memory" ? qsTr("Tokens are kept in memory only, until you quit") : ""
        }
        StatusSegment {
            isLast: true
            isMono: true
            value: root.health.clock
            after: qsTr("UTC")
            tip: root.health.busyNote
        }
    }
}
