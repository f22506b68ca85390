// SPDX-License-Identifier: GPL-3.0-or-later
// One row of the events table: an event in cells, or a marker over the whole width.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property int index
    required property bool isMarker
    required property bool isQuiet
    required property string timeQuiet
    required property string timeLoud
    required property string connection
    required property string type
    required property string key
    required property string version
    required property string delta
    required property string deltaIcon
    required property string deltaHue
    required property string size
    required property string latency
    required property bool isSlow
    required property string summary
    required property string markerTitle
    required property string markerIcon
    required property string markerHue
    required property bool isSelected
    required property EventColumns columns
    property bool isHovered: false
    property bool hasTableFocus: false

    readonly property bool isWindowActive: Window.active
    readonly property color ink: isSelected ? Theme.textPrimary : isQuiet ? Theme.textTertiary : Theme.textSecondary

    height: Tokens.row
    color: isSelected ? (isWindowActive ? Theme.bgSelected : Theme.bgSelectedInactive)
        : isHovered ? Theme.bgHover : "transparent"
    Accessible.role: Accessible.Row
    Accessible.name: isMarker ? markerTitle + ". " + summary
        : [timeQuiet + timeLoud, connection, type, key, version, delta, summary].join(", ")
    Accessible.selected: isSelected

    component Cell: WgText {
        property real columnX
        property real columnWidth
        property bool isRight: false
        x: columnX + Tokens.space2
        width: columnWidth - 2 * Tokens.space2
        height: parent.height
        font: Tokens.data
        color: root.ink
        horizontalAlignment: isRight ? Text.AlignRight : Text.AlignLeft
    }

    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Loader {
        anchors.fill: parent
        active: root.isMarker
        sourceComponent: MarkerRow {
            title: root.markerTitle
            text: [root.connection, root.timeQuiet + root.timeLoud, root.summary].filter(part => part !== "").join("  ")
            iconName: root.markerIcon
            hue: root.markerHue
        }
    }
    Item {
        anchors.fill: parent
        visible: !root.isMarker
        WgText {
            id: minute
            x: Tokens.space3
            height: parent.height
            text: root.timeQuiet
            font: Tokens.data
            color: Theme.textTertiary
        }
        WgText {
            anchors.left: minute.right
            height: parent.height
            text: root.timeLoud
            font: Tokens.data
            color: root.isQuiet ? Theme.textTertiary : Theme.textPrimary
        }
        Cell {
            columnX: root.columns.connectionX
            columnWidth: root.columns.connection
            text: root.connection
            font: Tokens.labelText
        }
        Cell {
            visible: root.columns.type > 0
            columnX: root.columns.typeX
            columnWidth: root.columns.type
            text: root.type
        }
        Cell {
            columnX: root.columns.keyX
            columnWidth: root.columns.key
            text: root.key
            elide: Text.ElideMiddle
        }
        Cell {
            columnX: root.columns.versionX
            columnWidth: root.columns.version
            text: root.version
            isRight: true
        }
        WgIcon {
            id: mark
            visible: root.deltaIcon !== ""
            x: root.columns.deltaX + Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            name: root.deltaIcon
            size: Measures.iconSmall
            color: root.deltaHue === "" ? Theme.textTertiary : Theme.hue[root.deltaHue].fg
        }
        WgText {
            x: root.columns.deltaX + Tokens.space2 + (mark.visible ? mark.width + Tokens.space1 : 0)
            width: root.columns.deltaX + root.columns.delta - x
            height: parent.height
            text: root.delta
            font: mark.visible ? Tokens.label : Tokens.labelText
            color: root.deltaHue === "" ? Theme.textTertiary : Theme.hue[root.deltaHue].fg
        }
        Cell {
            columnX: root.columns.sizeX
            columnWidth: root.columns.size
            text: root.size
            isRight: true
        }
        Cell {
            columnX: root.columns.latencyX
            columnWidth: root.columns.latency
            text: root.latency
            color: root.isSlow ? Theme.warnFg : root.ink
            isRight: true
        }
        Cell {
            columnX: root.columns.summaryX
            columnWidth: root.columns.summary - Tokens.space1
            text: root.summary
            font: Tokens.labelText
        }
    }
    Rectangle {
        visible: root.isSelected && root.isWindowActive
        width: Tokens.borderSelectionBar
        height: parent.height
        color: Theme.accentText
    }
    WgFocusRing { control: root; isInset: true; isShown: root.isSelected && root.hasTableFocus; controlRadius: Tokens.radiusTag }
}
