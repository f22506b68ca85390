// SPDX-License-Identifier: GPL-3.0-or-later
// The connections, those that need attention first; filter, selection by keyboard, and what to do about the selected one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Watchglass

WgPanel {
    id: root
    required property Session session
    required property OverviewModel model
    property bool isCompact: false
    property int selectedWatch: 0
    readonly property ConnectionRowView current: list.currentItem as ConnectionRowView
    readonly property ConnectionsModel rows: model.connections
    readonly property var retryable: ["retrying", "failed", "auth"]
    signal connectAsked()

    function focusFilter() { filter.forceActiveFocus(Qt.ShortcutFocusReason); }
    function select(row: int) {
        if (row < 0 || row >= list.count)
            return;
        root.selectedWatch = root.rows.watchAt(row);
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Contain);
    }

    clip: true
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Connections")

    RowLayout {
        id: head
        height: Tokens.panelHeader
        y: Measures.hair
        width: parent.width
        spacing: Tokens.space2
        WgText {
            Layout.leftMargin: Tokens.space3 + Measures.hair
            text: qsTr("Connections")
            font: Tokens.heading
        }
        WgText {
            Layout.fillWidth: true
            text: root.current && root.selectedWatch > 0 && root.current.why !== ""
                ? root.current.connection + ": " + root.current.why
                : root.rows.filter === "" ? qsTr("%1, needs attention first").arg(root.rows.total)
                : qsTr("%1 of %2, needs attention first").arg(root.rows.shown).arg(root.rows.total)
            font: Tokens.caption
            color: Theme.textTertiary
        }
        WgButton {
            visible: root.selectedWatch > 0 && root.current !== null
                && root.retryable.includes(root.current.stateName)
            size: WgButton.Small
            text: qsTr("Retry now")
            iconName: "state-retrying"
            onClicked: root.model.retry(root.selectedWatch)
        }
        WgTextField {
            id: filter
            objectName: "connectionsFilter"
            Layout.preferredWidth: Measures.filterFieldW
            size: WgButton.Small
            isQuiet: true
            iconName: "search"
            placeholderText: qsTr("Filter connections")
            text: root.session.shell.connectionFilter
            onTextEdited: root.session.shell.connectionFilter = text
            Keys.onEscapePressed: event => {
                event.accepted = text !== "";
                root.session.shell.connectionFilter = "";
            }
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
        }
        WgButton {
            Layout.rightMargin: Tokens.space3 + Measures.hair
            size: WgButton.Small
            text: qsTr("Connect to a route")
            iconName: "plus"
            keys: qsTr("Ctrl N")
            onClicked: root.connectAsked()
        }
    }
    WgRule {
        anchors.top: head.bottom
        anchors.topMargin: -Measures.hair
        width: parent.width
    }
    WgTableHeader {
        id: header
        anchors.top: head.bottom
        x: Measures.hair
        width: parent.width - 2 * x
        columns: [
            { title: qsTr("State"), width: Measures.connState },
            { title: qsTr("Connection"), width: Measures.connName },
            { title: qsTr("Route"), width: 0 },
            { title: qsTr("Transport"), width: root.isCompact ? Measures.connTransportCompact : Measures.connTransport },
            { title: qsTr("Version"), width: Measures.connVersion, isRight: true },
            { title: qsTr("Lag"), width: Measures.connLag, isRight: true },
            { title: qsTr("msg/s"), width: Measures.connRate, isRight: true },
            { title: "", width: Measures.connSpark },
            { title: qsTr("Gaps"), width: Measures.connGaps, isRight: true },
            { title: qsTr("Last event"), width: Measures.connLast, isRight: true },
            { title: qsTr("Up"), width: Measures.connUp, isRight: true }
        ]
    }
    ListView {
        id: list
        objectName: "connectionsList"
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Measures.hair
        x: Measures.hair
        width: parent.width - 2 * x
        clip: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        model: root.rows
        currentIndex: -1
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        readonly property int pageRows: Math.max(1, Math.floor(height / Tokens.row))
        Keys.onUpPressed: root.select(Math.max(0, currentIndex - 1))
        Keys.onDownPressed: root.select(Math.min(count - 1, currentIndex + 1))
        Keys.onPressed: event => {
            const to = event.key === Qt.Key_Home ? 0 : event.key === Qt.Key_End ? count - 1
                : event.key === Qt.Key_PageUp ? Math.max(0, currentIndex - pageRows)
                : event.key === Qt.Key_PageDown ? Math.min(count - 1, currentIndex + pageRows)
                : event.text === "k" ? Math.max(0, currentIndex - 1)
                : event.text === "j" ? Math.min(count - 1, currentIndex + 1) : -1;
            if (to < 0)
                return;
            root.select(to);
            event.accepted = true;
        }
        Keys.onEscapePressed: event => {
            event.accepted = root.selectedWatch > 0;
            root.selectedWatch = 0;
            currentIndex = -1;
        }
        delegate: ConnectionRowView {
            required property int watchId
            width: list.width
            columns: header
            isCompact: root.isCompact
            isSelected: root.selectedWatch === watchId
            isFocused: isSelected && list.activeFocus
            onPressed: {
                list.forceActiveFocus(Qt.MouseFocusReason);
                root.select(index);
            }
        }
        T.ScrollBar.vertical: WgScrollBar {}
    }
    Connections {
        target: root.rows
        function onCountsChanged() { list.currentIndex = root.rows.rowOf(root.selectedWatch); }
    }
    WgEmpty {
        visible: list.count === 0 && root.rows.filter !== ""
        anchors.top: header.bottom
        anchors.topMargin: Tokens.space3
        x: Tokens.space3
        text: qsTr("No connection matches “%1”.").arg(root.rows.filter)
        actionText: qsTr("Clear filter")
        onActionChosen: root.session.shell.connectionFilter = ""
    }
    Binding {
        target: root.rows
        property: "filter"
        value: root.session.shell.connectionFilter
    }
}
