// SPDX-License-Identifier: GPL-3.0-or-later
// One key of a watch in the table.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property int index
    required property string freshness
    required property string keyQuiet
    required property string keyLoud
    required property string summary
    required property string version
    required property string age
    required property string changes
    required property string size
    required property bool isSelected
    required property WgTableHeader header
    property bool isCompact: false
    property bool isHovered: false
    property bool hasTableFocus: false
    readonly property bool isWindowActive: Window.active
    readonly property color ink: isSelected ? Theme.textPrimary : Theme.textSecondary

    height: Tokens.row
    color: isSelected ? (isWindowActive ? Theme.bgSelected : Theme.bgSelectedInactive)
        : isHovered ? Theme.bgHover : "transparent"
    Accessible.role: Accessible.Row
    Accessible.name: [Tokens.freshness[freshness].word, keyQuiet + keyLoud, summary, version, age].join(", ")
    Accessible.selected: isSelected

    component Cell: Item {
        property int column
        width: root.header.columnWidth(column)
        height: parent.height
    }
    component NumberCell: WgText {
        property int column
        width: root.header.columnWidth(column)
        height: parent.height
        rightPadding: column === root.header.columns.length - 1 ? Tokens.space3 : Tokens.space2
        horizontalAlignment: Text.AlignRight
        font: Tokens.data
        color: root.ink
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Row {
        height: parent.height
        Cell {
            column: 0
            WgStateTag {
                x: Tokens.space3
                anchors.verticalCenter: parent.verticalCenter
                vocabulary: Tokens.freshness
                stateName: root.freshness
            }
        }
        Cell {
            id: keyCell
            column: 1
            WgText {
                id: quiet
                x: Tokens.space2
                height: parent.height
                width: Math.min(implicitWidth, keyCell.width / 2)
                text: root.keyQuiet
                font: Tokens.data
                color: Theme.textTertiary
                elide: Text.ElideMiddle
            }
            WgText {
                anchors.left: quiet.right
                height: parent.height
                width: Math.max(0, keyCell.width - x - Tokens.space2)
                text: root.keyLoud
                font: Tokens.data
                elide: Text.ElideMiddle
            }
        }
        WgText {
            width: root.header.columnWidth(2)
            height: parent.height
            leftPadding: Tokens.space2
            rightPadding: Tokens.space2
            text: root.summary
            font: Tokens.labelText
            color: root.ink
        }
        NumberCell { column: 3; text: root.version }
        NumberCell { column: 4; text: root.age }
        NumberCell { column: 5; text: root.changes }
        NumberCell {
            visible: !root.isCompact
            column: root.isCompact ? 0 : root.header.columns.length - 1
            text: root.size
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
