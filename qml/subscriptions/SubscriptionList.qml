// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of connections and routes by group, with what can be found in it and how many there are.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property SubscriptionTree tree
    required property Session session
    property alias currentRow: list.currentIndex
    signal rowAsked(int row)
    signal addAsked()
    signal openAsked()

    function focusFinder() {
        finder.forceActiveFocus(Qt.ShortcutFocusReason);
        finder.selectAll();
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.bgChrome
        WgRule {
            isVertical: true
            anchors.right: parent.right
            height: parent.height
            color: Theme.borderHairline
        }
    }
    Item {
        id: top
        width: parent.width
        height: Measures.scopeBar
        WgTextField {
            id: finder
            objectName: "subscriptionFinder"
            x: Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - add.width - 2 * Tokens.space2 - Tokens.space2
            isQuiet: true
            iconName: "search"
            placeholderText: qsTr("Find connection or route")
            onTextEdited: root.tree.find = text
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
            Keys.onReturnPressed: list.forceActiveFocus(Qt.TabFocusReason)
            Keys.onEscapePressed: {
                text = "";
                root.tree.find = "";
                list.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        WgButton {
            id: add
            objectName: "addConnection"
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            iconName: "plus"
            tip: qsTr("Add a connection")
            onClicked: root.addAsked()
        }
    }
    ListView {
        id: list
        objectName: "subscriptionTree"
        anchors.top: top.bottom
        anchors.bottom: foot.top
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true
        model: root.tree
        currentIndex: -1
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        highlightMoveDuration: 0
        T.ScrollBar.vertical: WgScrollBar {}
        Accessible.role: Accessible.Tree
        Accessible.name: qsTr("Connections and routes")

        function step(by: int) {
            let row = currentIndex < 0 && by > 0 ? 0 : currentIndex + by;
            while (row >= 0 && row < count && root.tree.connectionAt(row) === "")
                row += by;
            if (row < 0 || row >= count)
                return;
            root.rowAsked(row);
            positionViewAtIndex(row, ListView.Contain);
        }
        Keys.onUpPressed: step(-1)
        Keys.onDownPressed: step(1)
        Keys.onLeftPressed: root.tree.setOpen(currentIndex, false)
        Keys.onRightPressed: root.tree.setOpen(currentIndex, true)
        Keys.onReturnPressed: root.openAsked()
        Keys.onPressed: event => {
            if (event.modifiers !== Qt.NoModifier)
                return;
            if (event.key === Qt.Key_J)
                step(1);
            else if (event.key === Qt.Key_K)
                step(-1);
            else
                return;
            event.accepted = true;
        }
        delegate: SubscriptionRow {
            width: list.width
            isCurrent: ListView.isCurrentItem
            hasListFocus: list.activeFocus
            onChosen: {
                list.forceActiveFocus(Qt.MouseFocusReason);
                if (level === SubscriptionTree.Group)
                    root.tree.toggle(index);
                else
                    root.rowAsked(index);
            }
            onToggled: root.tree.toggle(index)
        }
    }
    Item {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: Tokens.toolBar
        WgRule { width: parent.width }
        WgText {
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space3
            height: parent.height
            text: root.tree.totals
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
}
