// SPDX-License-Identifier: GPL-3.0-or-later
// Connection lifetime: a lane each, with how long it is up and how often it reconnected.
import QtQuick
import Watchglass

ChartPanel {
    id: root
    required property OverviewModel model
    title: qsTr("Connection lifetime")
    loadingText: model.loadingText
    isLoading: !model.hasSeries
    isPaused: model.isPaused
    legend: [
        { text: qsTr("Live"), series: 0, shape: "square" },
        { text: qsTr("Resync"), shape: "solid", color: Theme.syncFg },
        { text: qsTr("Stale"), shape: "half", color: Theme.warnFg },
        { text: qsTr("Down"), series: Measures.seriesDown, shape: "dash" },
        { text: qsTr("Reconnect"), shape: "tick", color: Theme.textPrimary }
    ]
    LanesItem {
        id: lanes
        anchors.fill: parent
        picture: root.model.lanesPicture
    }
    headerEnd: WgText {
        visible: lanes.hiddenLanes > 0
        height: Measures.panelLine
        text: qsTr("%1 more").arg(lanes.hiddenLanes)
        font: Tokens.caption
        color: Theme.textTertiary
    }
    Item {
        parent: root
        visible: !root.isLoading && !root.isEmpty
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3 + Measures.hair
        y: Measures.panelTop + Measures.panelLine + Measures.hair
        height: Measures.panelLine
        WgText {
            anchors.right: parent.right
            anchors.rightMargin: Measures.lanesReconnectsW + Tokens.space4
            height: parent.height
            text: qsTr("up")
            font: Tokens.caption
            color: Theme.textTertiary
        }
        WgText {
            anchors.right: parent.right
            height: parent.height
            text: qsTr("reconn.")
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
}
