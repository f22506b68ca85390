// SPDX-License-Identifier: GPL-3.0-or-later
// Table header of 28. columns: [{ title, width, isRight?, sort? }]; a width of 0 takes what is left.
// sortColumn and isDescending draw the arrow; sortAsked(sort) is emitted where the column names a sort.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

Rectangle {
    id: root
    property var columns
    property var sortColumn
    property bool isDescending: true
    signal sortAsked(var sort)

    readonly property real fixedWidth: columns.reduce((sum, column) => sum + column.width, 0)
    readonly property int flexCount: columns.filter(column => column.width === 0).length
    /// Width of a column with the flexible ones resolved; rows of the table use the same function.
    function columnWidth(index: int): real {
        return columns[index].width > 0 ? columns[index].width
            : Math.max(0, Math.floor((width - fixedWidth) / Math.max(1, flexCount)));
    }

    implicitHeight: Tokens.tableHeader
    color: Theme.bgHeader
    Row {
        Repeater {
            model: root.columns.length
            delegate: T.AbstractButton {
                id: cell
                required property int index
                readonly property var column: root.columns[index]
                readonly property bool isSortable: column.sort !== undefined
                width: root.columnWidth(index)
                height: root.height - Measures.hair
                leftPadding: index === 0 ? Tokens.space3 : Tokens.space2
                rightPadding: index === root.columns.length - 1 ? Tokens.space3 : Tokens.space2
                focusPolicy: isSortable ? Qt.TabFocus : Qt.NoFocus
                hoverEnabled: isSortable
                onClicked: if (isSortable) root.sortAsked(column.sort)
                Accessible.role: Accessible.ColumnHeader
                Accessible.name: column.title
                contentItem: Item {
                    Row {
                        x: cell.column.isRight ? parent.width - width : 0
                        height: parent.height
                        spacing: Measures.gapHalf
                        WgText {
                            height: parent.height
                            width: Math.min(implicitWidth, cell.availableWidth)
                            text: cell.column.title
                            font: Tokens.label
                            color: cell.hovered ? Theme.textPrimary : Theme.textTertiary
                        }
                        WgIcon {
                            anchors.verticalCenter: parent.verticalCenter
                            visible: cell.isSortable && root.sortColumn === cell.column.sort
                            name: root.isDescending ? "arrow-down" : "arrow-up"
                            size: Measures.iconTiny
                            color: Theme.textTertiary
                        }
                    }
                }
                background: WgFocusRing { control: cell; isInset: true; controlRadius: Tokens.radiusTag; isShown: cell.visualFocus }
            }
        }
    }
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
        color: Theme.borderDefault
    }
}
