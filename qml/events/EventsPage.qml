// SPDX-License-Identifier: GPL-3.0-or-later
// Events: filter, quick filters, density, the table of everything that was received, and the inspector.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    focus: true
    readonly property real windowWidth: width + Tokens.rail
    readonly property bool isCompact: windowWidth < Tokens.breakpointDefault - Tokens.space10
    property bool isInspectorOpen: true
    property int inspectorTab: 0
    property real inspectorWidth: windowWidth >= Tokens.breakpointWide ? Measures.inspectorWide
        : isCompact ? Measures.inspectorCompact : Tokens.inspectorDefault
    readonly property bool isInspectorShown: isInspectorOpen && view.detail.isShown

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Events")
    Connections {
        target: root.session.shell
        function onFilterAsked() { if (root.visible) filterBar.focusField(); }
    }
    Keys.onPressed: event => {
        if ((event.modifiers & Qt.AltModifier) && (event.key === Qt.Key_1 || event.key === Qt.Key_2))
            root.inspectorTab = event.key - Qt.Key_1;
        else
            return;
        event.accepted = true;
    }
    Keys.onEscapePressed: event => {
        if (view.table.hasSelection)
            view.deselect();
        else if (view.isFiltered)
            view.clearFilter();
        else
            event.accepted = false;
    }

    EventsView {
        id: view
        session: root.session
        isActive: root.visible
    }
    FilterBar {
        id: filterBar
        view: view
        width: parent.width
        onExited: rows.forceActiveFocus(Qt.TabFocusReason)
    }
    QuickBar {
        id: quickBar
        view: view
        width: parent.width
        anchors.top: filterBar.bottom
        isCompact: root.isCompact
    }
    DensityBand {
        id: density
        view: view
        width: parent.width
        anchors.top: quickBar.bottom
    }
    EventRows {
        id: rows
        view: view
        session: root.session
        isCompact: root.isCompact
        focus: true
        anchors.left: parent.left
        anchors.right: root.isInspectorShown ? inspector.left : parent.right
        anchors.top: density.bottom
        anchors.bottom: parent.bottom
        onOpenAsked: {
            root.isInspectorOpen = true;
            inspector.forceActiveFocus(Qt.TabFocusReason);
        }
        onRowChosen: root.isInspectorOpen = true
    }
    EventInspector {
        id: inspector
        visible: root.isInspectorShown
        view: view
        session: root.session
        tab: root.inspectorTab
        width: Math.min(root.inspectorWidth, root.width / 2)
        anchors.right: parent.right
        anchors.top: density.bottom
        anchors.bottom: parent.bottom
        onTabAsked: index => root.inspectorTab = index
        onCloseAsked: {
            root.isInspectorOpen = false;
            rows.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    WgSplitter {
        visible: root.isInspectorShown
        x: inspector.x - width / 2
        anchors.top: inspector.top
        anchors.bottom: inspector.bottom
        paneWidth: inspector.width
        label: qsTr("Width of the inspector")
        onWidthAsked: width => root.inspectorWidth = width
    }
}
