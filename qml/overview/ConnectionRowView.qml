// SPDX-License-Identifier: GPL-3.0-or-later
// One row of the connections table.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property int index
    required property string stateName
    required property string stateText
    required property string why
    required property string connection
    required property string url
    required property string transport
    required property string transportIcon
    required property string fellBack
    required property string version
    required property string lag
    required property string lagHue
    required property string rate
    required property bool isQuiet
    required property var samples
    required property string gaps
    required property bool hasGaps
    required property string lastEvent
    required property string up

    required property WgTableHeader columns
    property bool isSelected: false
    property bool isFocused: false
    property bool isCompact: false
    signal pressed()

    implicitHeight: Tokens.row
    color: isSelected ? (Window.active ? Theme.bgSelected : Theme.bgSelectedInactive)
        : hover.hovered ? Theme.bgHover : "transparent"
    Accessible.role: Accessible.Row
    Accessible.name: Spoken.joined([connection, stateText, url, transport, version, lag, why], ", ")
    Accessible.selected: isSelected

    readonly property color quiet: isSelected ? Theme.textPrimary : Theme.textSecondary

    component Cell: WgText {
        property int column
        x: Tokens.space2
        width: root.columns.columnWidth(column) - 2 * Tokens.space2
        height: root.height
        font: Tokens.labelText
        color: root.quiet
    }
    component Slot: Item {
        property int column
        width: root.columns.columnWidth(column)
        height: root.height
    }

    Row {
        Slot {
            column: 0
            WgStateTag {
                x: Tokens.space3
                anchors.verticalCenter: parent.verticalCenter
                stateName: root.stateName
            }
        }
        Slot { column: 1; Cell { column: 1; text: root.connection; font: Tokens.label; color: Theme.textPrimary; elide: Text.ElideMiddle } }
        Slot { column: 2; Cell { column: 2; text: root.url; font: Tokens.data; color: root.isSelected ? Theme.textPrimary : Theme.textTertiary } }
        Slot {
            column: 3
            clip: true
            Row {
                x: Tokens.space2
                height: parent.height
                spacing: Measures.gapIcon
                WgIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: root.transportIcon
                    size: Measures.iconSmall
                    color: root.quiet
                }
                WgText {
                    height: parent.height
                    text: root.transport
                    font: Tokens.labelText
                    color: root.quiet
                }
                WgIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.fellBack !== ""
                    name: "state-fallback"
                    size: Measures.iconTiny
                    color: Theme.textTertiary
                }
                WgText {
                    height: parent.height
                    visible: root.fellBack !== "" && !root.isCompact
                    text: root.fellBack
                    font: Tokens.caption
                    color: Theme.textTertiary
                }
            }
        }
        Slot { column: 4; Cell { column: 4; text: root.version; font: Tokens.data; horizontalAlignment: Text.AlignRight } }
        Slot {
            column: 5
            Cell {
                column: 5
                text: root.lag
                font: Tokens.data
                horizontalAlignment: Text.AlignRight
                color: root.lagHue === "" ? root.quiet : Theme.hue[root.lagHue].fg
            }
        }
        Slot {
            column: 6
            Cell { column: 6; text: root.rate; font: Tokens.data; horizontalAlignment: Text.AlignRight
                color: root.isQuiet ? Theme.textTertiary : Theme.textPrimary }
        }
        Slot {
            column: 7
            Sparkline {
                x: Tokens.space2
                anchors.verticalCenter: parent.verticalCenter
                width: Measures.sparkW
                height: Measures.sparkH
                samples: root.samples
                hasBaseline: root.isQuiet
            }
        }
        Slot {
            column: 8
            Cell { column: 8; text: root.gaps; font: Tokens.data; horizontalAlignment: Text.AlignRight
                color: root.hasGaps ? Theme.textPrimary : Theme.textTertiary }
        }
        Slot { column: 9; Cell { column: 9; text: root.lastEvent; horizontalAlignment: Text.AlignRight } }
        Slot { column: 10; Cell { column: 10; width: root.columns.columnWidth(10) - Tokens.space2 - Tokens.space3; text: root.up; horizontalAlignment: Text.AlignRight } }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Rectangle {
        visible: root.isSelected && Window.active
        width: Tokens.borderSelectionBar
        height: parent.height
        color: Theme.accentText
    }
    WgFocusRing {
        control: root
        isInset: true
        controlRadius: Tokens.radiusTag
        isShown: root.isFocused
    }
    HoverHandler { id: hover }
    TapHandler { onTapped: root.pressed() }
    WgToolTip {
        x: Tokens.space3
        text: root.why
        visible: hover.hovered && root.why !== ""
    }
}
