// SPDX-License-Identifier: GPL-3.0-or-later
// A payload as a tree: one tool row to find and to collapse, then rows of 24. Left and Right close and open.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property PayloadView payload
    readonly property JsonTree tree: payload.tree

    function findNext(isForward: bool) {
        const row = root.tree.find(finder.text, list.currentIndex, isForward);
        finder.isInvalid = finder.text !== "" && row < 0;
        if (row < 0)
            return;
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Contain);
    }

    Row {
        id: tools
        x: Tokens.space4
        width: parent.width - Tokens.space4 - Tokens.space2
        height: Measures.toolRow
        spacing: Measures.gapIcon
        WgTextField {
            id: finder
            objectName: "treeFinder"
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - collapse.width - parent.spacing
            size: WgButton.Small
            isQuiet: true
            iconName: "search"
            placeholderText: qsTr("Find key or value")
            onTextEdited: {
                list.currentIndex = -1;
                root.findNext(true);
            }
            Keys.onReturnPressed: event => root.findNext(!(event.modifiers & Qt.ShiftModifier))
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
            Keys.onEscapePressed: event => {
                event.accepted = text !== "";
                text = "";
                isInvalid = false;
            }
        }
        WgButton {
            id: collapse
            anchors.verticalCenter: parent.verticalCenter
            kind: WgButton.Ghost
            size: WgButton.Small
            text: qsTr("Collapse all")
            onClicked: root.tree.collapseAll()
        }
    }
    ListView {
        id: list
        objectName: "payloadTree"
        anchors.fill: parent
        anchors.topMargin: tools.height
        clip: true
        focus: true
        activeFocusOnTab: true
        model: root.tree
        currentIndex: -1
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        reuseItems: true
        T.ScrollBar.vertical: WgScrollBar {}
        Accessible.role: Accessible.Tree
        Accessible.name: qsTr("Payload")

        Keys.onLeftPressed: {
            if (!root.tree.setOpen(currentIndex, false)) {
                const up = root.tree.parentRow(currentIndex);
                if (up >= 0)
                    currentIndex = up;
            }
        }
        Keys.onRightPressed: if (!root.tree.setOpen(currentIndex, true) && currentIndex + 1 < count) ++currentIndex
        Keys.onReturnPressed: root.tree.toggle(currentIndex)
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Home)
                currentIndex = 0;
            else if (event.key === Qt.Key_End)
                currentIndex = count - 1;
            else if (event.key === Qt.Key_J)
                incrementCurrentIndex();
            else if (event.key === Qt.Key_K)
                decrementCurrentIndex();
            else if (event.key === Qt.Key_C && currentIndex >= 0)
                root.payload.copyText(root.tree.valueAt(currentIndex));
            else
                return;
            event.accepted = true;
        }
        delegate: PayloadTreeRow {
            width: list.width
            tree: root.tree
            isCurrent: ListView.isCurrentItem
            hasListFocus: list.activeFocus
            onChosen: {
                list.currentIndex = index;
                list.forceActiveFocus(Qt.MouseFocusReason);
            }
        }
    }
}
