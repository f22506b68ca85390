// SPDX-License-Identifier: GPL-3.0-or-later
// Panel of a chart: title, unit, legend, then the chart itself; empty, loading and paused states keep the title in place.
import QtQuick
import Watchglass

WgPanel {
    id: root
    property string title
    property string unit
    property var legend: []
    property bool isLoading: false
    property string loadingText
    property bool isEmpty: false
    property string emptyText
    property bool isPaused: false
    readonly property alias legendWidth: legendRow.width
    default property alias content: body.data
    property alias headerEnd: end.data

    Accessible.role: Accessible.Chart
    Accessible.name: title + ": " + legend.map(entry => entry.text + " " + (entry.value ?? "")).join(", ")

    Row {
        id: head
        x: Tokens.space3 + Measures.hair
        y: Measures.panelTop + Measures.hair
        height: Measures.panelLine
        spacing: Measures.gapIcon
        WgText {
            height: parent.height
            text: root.title
            font: Tokens.heading
        }
        WgText {
            height: parent.height
            text: root.unit
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    Row {
        id: end
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3 + Measures.hair
        y: head.y
        height: Measures.panelLine
    }
    WgIcon {
        visible: root.isPaused
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3 + Measures.hair
        anchors.verticalCenter: head.verticalCenter
        name: "state-paused"
        size: Measures.iconSmall
        color: Theme.textTertiary
    }
    LegendRow {
        id: legendRow
        anchors.left: head.left
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3 + Measures.hair
        anchors.top: head.bottom
        entries: root.isLoading || root.isEmpty ? [] : root.legend
    }
    Item {
        id: body
        visible: !root.isLoading && !root.isEmpty
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: legendRow.bottom
        anchors.bottom: parent.bottom
        anchors.margins: Measures.hair
        anchors.topMargin: Tokens.space1
        anchors.bottomMargin: Measures.chartBottom
    }
    PanelWait {
        visible: root.isLoading
        anchors.fill: body
        text: root.loadingText
    }
    WgText {
        visible: root.isEmpty && !root.isLoading
        anchors.left: head.left
        anchors.right: parent.right
        anchors.rightMargin: Tokens.space3 + Measures.hair
        anchors.top: head.bottom
        height: Measures.panelLine
        text: root.emptyText
        font: Tokens.caption
        color: Theme.textSecondary
    }
}
