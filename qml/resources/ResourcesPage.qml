// SPDX-License-Identifier: GPL-3.0-or-later
// Resources: the local copy of one watch. Its sync machine, its keys, and one of them in full.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    focus: true
    readonly property real windowWidth: width + Tokens.rail
    readonly property bool isCompact: windowWidth < Tokens.breakpointDefault - Tokens.space10
    property real detailWidth: windowWidth >= Tokens.breakpointWide ? Measures.inspectorWide
        : isCompact ? Measures.inspectorCompact : Measures.detailWidth
    readonly property bool isDetailShown: view.hasDetail

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Resources")
    function askResync() {
        if (view.canRetry)
            view.retry();
        else if (view.mustAskResync)
            question.open();
        else
            view.resync();
    }
    Connections {
        target: root.session.shell
        function onFilterAsked() { if (root.visible) tools.focusField(); }
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_R && event.modifiers === Qt.NoModifier && view.watchIndex >= 0)
            root.askResync();
        else if ((event.modifiers & Qt.AltModifier) && (event.key === Qt.Key_1 || event.key === Qt.Key_2))
            detail.tab = event.key - Qt.Key_1;
        else
            return;
        event.accepted = true;
    }
    Keys.onEscapePressed: event => {
        if (view.hasDetail)
            view.deselect();
        else if (view.isNarrowed)
            view.widen();
        else
            event.accepted = false;
    }

    ResourcesView {
        id: view
        session: root.session
        isActive: root.visible
    }
    ScopeBar {
        id: scope
        view: view
        width: parent.width
        onResyncAsked: root.askResync()
    }
    MachineStrip {
        id: strip
        view: view
        width: parent.width
        anchors.top: scope.bottom
    }
    ResourceTools {
        id: tools
        view: view
        width: parent.width
        anchors.top: strip.bottom
        onExited: rows.forceActiveFocus(Qt.TabFocusReason)
    }
    ResourceRows {
        id: rows
        view: view
        session: root.session
        isCompact: root.isCompact
        focus: true
        anchors.left: parent.left
        anchors.right: root.isDetailShown ? detail.left : parent.right
        anchors.top: tools.bottom
        anchors.bottom: parent.bottom
        onOpenAsked: detail.forceActiveFocus(Qt.TabFocusReason)
    }
    ResourceDetail {
        id: detail
        visible: root.isDetailShown
        view: view
        session: root.session
        width: Math.min(root.detailWidth, root.width / 2)
        anchors.right: parent.right
        anchors.top: tools.bottom
        anchors.bottom: parent.bottom
        onCloseAsked: {
            view.deselect();
            rows.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    WgSplitter {
        visible: root.isDetailShown
        x: detail.x - width / 2
        anchors.top: detail.top
        anchors.bottom: detail.bottom
        paneWidth: detail.width
        label: qsTr("Width of the detail")
        onWidthAsked: width => root.detailWidth = width
    }
    WgDialog {
        id: question
        objectName: "resyncQuestion"
        title: qsTr("Resync %1?").arg(view.watchIndex >= 0 ? view.watchNames[view.watchIndex] : "")
        message: view.resyncQuestion
        confirmText: qsTr("Resync now")
        onAccepted: view.resync()
        onClosed: rows.forceActiveFocus(Qt.PopupFocusReason)
    }
}
