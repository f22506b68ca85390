// SPDX-License-Identifier: GPL-3.0-or-later
// The text of the display filter: one line, plain text, coloured by C++; Esc clears, Enter goes to the table.
import QtQuick
import Watchglass

TextEdit {
    id: root
    required property EventsView view
    signal exited()

    objectName: "filterField"
    verticalAlignment: TextEdit.AlignVCenter
    textFormat: TextEdit.PlainText
    wrapMode: TextEdit.NoWrap
    font: Tokens.data
    color: Theme.textPrimary
    selectionColor: Theme.accentFill
    selectedTextColor: Theme.textOnAccent
    selectByMouse: true
    activeFocusOnTab: true
    renderType: Text.NativeRendering
    text: view.filterText
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Display filter")
    Accessible.description: view.filterProblem
    onTextChanged: {
        // One line only: what was pasted with line ends is joined.
        if (text.indexOf("\n") >= 0)
            text = text.replace(/\s*\n\s*/g, " ");
        view.filterText = text;
    }
    Keys.onReturnPressed: exited()
    Keys.onEnterPressed: exited()
    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onEscapePressed: {
        if (text !== "")
            text = "";
        else
            exited();
    }
    cursorDelegate: Rectangle {
        width: Measures.hair
        color: Theme.borderFocus
        visible: root.cursorVisible
    }
    Connections {
        target: root.view
        function onFilterChanged() {
            if (root.text !== root.view.filterText)
                root.text = root.view.filterText;
        }
    }
    FilterHighlighter {
        target: root.textDocument
        errorColumn: root.view.filterColumn
    }
}
