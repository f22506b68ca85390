// SPDX-License-Identifier: GPL-3.0-or-later
// Subscriptions: what is watched and how. The tree, the form of one route, and how that route stands.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    focus: true
    readonly property real windowWidth: width + Tokens.rail
    readonly property bool isCompact: windowWidth < Tokens.breakpointDefault - Tokens.space10
    property int askedRow: -1   ///< the row to show once the changes are dropped

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Subscriptions")
    function show(row: int) {
        form.open(tree.connectionAt(row), tree.routeAt(row));
        list.currentRow = row;
    }
    function ask(row: int) {
        if (tree.connectionAt(row) === "")
            return;
        if (form.changedCount === 0) {
            show(row);
            return;
        }
        askedRow = row;
        discardQuestion.open();
    }
    function startConnection() {
        askedRow = -1;
        form.startConnection();
        list.currentRow = -1;
        pane.focusFirst();
    }
    function tell(severity: string, sentence: string) {
        session.shell.notify(severity, sentence);
    }
    Connections {
        target: root.session.shell
        function onFilterAsked() { if (root.visible) list.focusFinder(); }
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Z && (event.modifiers & Qt.ControlModifier) && undoNotice.visible)
            undoNotice.undo();
        else
            return;
        event.accepted = true;
    }
    Shortcut {
        sequence: "Ctrl+S"
        enabled: root.visible && form.isOpen
        onActivated: form.save()
    }

    SubscriptionTree {
        id: tree
        session: root.session
        onRebuilt: if (form.isOpen && !form.isNew) list.currentRow = tree.rowOf(form.connectionId, form.routeId)
    }
    RouteForm {
        id: form
        session: root.session
        onSaved: sentence => root.tell("ok", sentence)
        onFailed: sentence => root.tell("error", sentence)
        onRemoved: sentence => undoNotice.show(sentence)
        onInvalid: field => pane.focusField(field)
        onEdited: if (isOpen && !isNew) list.currentRow = tree.rowOf(connectionId, routeId)
    }
    RouteStatus {
        id: status
        session: root.session
        watch: form.watch
    }
    Component.onCompleted: if (tree.count > 1) show(1)

    SubscriptionList {
        id: list
        tree: tree
        session: root.session
        focus: true
        width: Measures.treeWidth
        height: parent.height
        onRowAsked: row => root.ask(row)
        onAddAsked: root.startConnection()
        onOpenAsked: pane.focusFirst()
    }
    RouteFormPane {
        id: pane
        visible: form.isOpen
        form: form
        status: status
        anchors.left: list.right
        anchors.right: side.left
        height: parent.height
    }
    RouteStatusPane {
        id: side
        visible: form.isOpen && !form.isNew && form.hasRoute
        status: status
        width: visible ? (root.isCompact ? Measures.sidePaneCompact : Measures.sidePane) : 0
        anchors.right: parent.right
        height: parent.height
    }
    WgEmpty {
        visible: !form.isOpen
        anchors.left: list.right
        anchors.leftMargin: Tokens.space12
        y: Tokens.space12
        text: tree.isEmpty ? qsTr("Nothing is watched yet.") : qsTr("Choose a connection or a route.")
        detail: tree.isEmpty ? qsTr("A connection is a server; its routes are what is watched on it.") : ""
        actionText: tree.isEmpty ? qsTr("Connect to a route") : ""
        onActionChosen: root.startConnection()
    }
    WgDialog {
        id: discardQuestion
        objectName: "discardQuestion"
        title: form.changedCount === 1 ? qsTr("Discard 1 change?") : qsTr("Discard %1 changes?").arg(form.changedCount)
        message: qsTr("%1 has changes that are not saved.").arg(form.title)
        cancelText: qsTr("Keep editing")
        confirmText: qsTr("Discard")
        isDanger: true
        onAccepted: root.show(root.askedRow)
        onClosed: list.forceActiveFocus(Qt.PopupFocusReason)
    }
    UndoNotice {
        id: undoNotice
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Tokens.space4
        onUndoAsked: form.undo()
    }
}
