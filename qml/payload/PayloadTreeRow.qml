// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a payload tree: mark, arrow, key, value. A changed row has a triangle, an added one a plus.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property int index
    required property int depth
    required property bool hasKey
    required property string keyText
    required property string valueText
    required property string kind
    required property bool canOpen
    required property bool isOpen
    required property int mark
    required property JsonTree tree
    property bool isCurrent: false
    property bool hasListFocus: false
    signal chosen()

    readonly property color valueColor: kind === "string" ? Theme.syntaxString
        : kind === "number" ? Theme.syntaxNumber
        : kind === "boolean" ? Theme.syntaxBoolean
        : kind === "null" ? Theme.syntaxNull : Theme.syntaxPunctuation

    height: Tokens.treeRow
    color: isCurrent ? Theme.bgSelected : mark !== JsonTree.None ? Theme.diffChangeBg : "transparent"
    Accessible.role: Accessible.TreeItem
    Accessible.name: keyText + ": " + valueText
    Accessible.description: canOpen ? (isOpen ? qsTr("open") : qsTr("closed")) : ""

    WgIcon {
        visible: root.mark !== JsonTree.None
        x: Measures.treeMark
        anchors.verticalCenter: parent.verticalCenter
        name: root.mark === JsonTree.Added ? "plus" : "delta"
        size: Measures.iconTiny
        color: Theme.infoFg
    }
    Row {
        id: line
        x: Tokens.space2 + root.depth * Measures.treeIndent
        width: parent.width - x - Tokens.space3
        height: parent.height
        spacing: Tokens.space1
        Item {
            width: Measures.iconSmall
            height: parent.height
            WgIcon {
                anchors.centerIn: parent
                visible: root.canOpen && (root.mark === JsonTree.None || root.depth > 0)
                name: root.isOpen ? "chevron-down" : "chevron-right"
                size: Measures.iconSmall
                color: Theme.textTertiary
            }
        }
        WgText {
            id: keyPart
            height: parent.height
            visible: root.hasKey
            width: Math.min(implicitWidth, line.width * Measures.treeKeyShare)
            text: root.keyText
            font: Tokens.data
            color: Theme.syntaxKey
        }
        WgText {
            height: parent.height
            visible: root.hasKey
            leftPadding: -Tokens.space1
            text: ":"
            font: Tokens.data
            color: Theme.syntaxPunctuation
        }
        WgText {
            height: parent.height
            width: Math.max(0, line.width - x)
            text: root.valueText
            font.family: Tokens.data.family
            font.pixelSize: Tokens.data.pixelSize
            font.preferShaping: false
            font.italic: root.kind === "null"
            color: root.valueColor
        }
    }
    WgFocusRing { control: root; isInset: true; isShown: root.isCurrent && root.hasListFocus; controlRadius: Tokens.radiusTag }
    TapHandler {
        onTapped: eventPoint => {
            root.chosen();
            if (root.canOpen && eventPoint.position.x < line.x + Tokens.treeRow)
                root.tree.toggle(root.index);
        }
        onDoubleTapped: root.tree.toggle(root.index)
    }
}
