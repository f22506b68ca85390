// SPDX-License-Identifier: GPL-3.0-or-later
// A payload as numbered lines, laid out or as received. Lines do not wrap; copying gives the bytes as received.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property PayloadView payload
    readonly property RawLines lines: payload.raw

    Row {
        id: tools
        x: Tokens.space4
        height: Measures.toolRow
        spacing: Measures.gapIcon
        WgChip {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("As received")
            enabled: root.lines.canLayOut
            checked: !root.lines.isLaidOut
            onClicked: root.lines.isLaidOut = !checked
        }
        WgText {
            anchors.verticalCenter: parent.verticalCenter
            text: root.lines.isLaidOut ? qsTr("Laid out for reading; copying keeps the bytes") : qsTr("The bytes as they came")
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    ListView {
        id: list
        objectName: "payloadRaw"
        anchors.fill: parent
        anchors.topMargin: tools.height
        clip: true
        focus: true
        activeFocusOnTab: true
        model: root.lines
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.AutoFlickIfNeeded
        contentWidth: Math.max(width, widest)
        property real widest: 0
        readonly property real numberWidth: String(root.lines.lastNumber).length * Measures.rawNumberDigit
        onModelChanged: widest = 0
        reuseItems: true
        T.ScrollBar.vertical: WgScrollBar {}
        T.ScrollBar.horizontal: WgScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Raw payload")
        Keys.onPressed: event => {
            const page = height - Measures.rawLine;
            const most = Math.max(0, contentHeight - height);
            if (event.key === Qt.Key_Down || event.key === Qt.Key_J)
                contentY = Math.min(most, contentY + Measures.rawLine);
            else if (event.key === Qt.Key_Up || event.key === Qt.Key_K)
                contentY = Math.max(0, contentY - Measures.rawLine);
            else if (event.key === Qt.Key_PageDown)
                contentY = Math.min(most, contentY + page);
            else if (event.key === Qt.Key_PageUp)
                contentY = Math.max(0, contentY - page);
            else if (event.key === Qt.Key_Home)
                contentY = 0;
            else if (event.key === Qt.Key_End)
                contentY = most;
            else if (event.key === Qt.Key_C)
                root.payload.copyBytes();
            else
                return;
            event.accepted = true;
        }
        Connections {
            target: root.lines
            function onChanged() { list.widest = 0; }
        }
        delegate: Item {
            id: line
            required property string number
            required property int indent
            required property string keyText
            required property string valueText
            required property string kind
            required property string tail
            readonly property color valueColor: kind === "string" ? Theme.syntaxString
                : kind === "number" ? Theme.syntaxNumber
                : kind === "boolean" ? Theme.syntaxBoolean
                : kind === "null" ? Theme.syntaxNull
                : kind === "plain" ? Theme.textPrimary : Theme.syntaxPunctuation
            height: Measures.rawLine
            width: content.x + content.implicitWidth + Tokens.space3
            onWidthChanged: list.widest = Math.max(list.widest, width)
            WgText {
                x: Tokens.space3
                width: list.numberWidth
                height: parent.height
                horizontalAlignment: Text.AlignRight
                text: line.number
                font: Tokens.data
                color: Theme.textTertiary
            }
            Row {
                id: content
                x: Tokens.space3 + list.numberWidth + Tokens.space2 + line.indent * Measures.rawIndent
                height: parent.height
                WgText {
                    height: parent.height
                    visible: line.keyText !== ""
                    text: line.keyText
                    font: Tokens.data
                    color: Theme.syntaxKey
                }
                WgText {
                    height: parent.height
                    visible: line.keyText !== ""
                    text: ": "
                    font: Tokens.data
                    color: Theme.syntaxPunctuation
                }
                WgText {
                    height: parent.height
                    text: line.valueText
                    font: Tokens.data
                    color: line.valueColor
                    elide: Text.ElideNone
                }
                WgText {
                    height: parent.height
                    visible: line.tail !== ""
                    text: line.tail
                    font: Tokens.data
                    color: Theme.syntaxPunctuation
                }
            }
        }
    }
}
