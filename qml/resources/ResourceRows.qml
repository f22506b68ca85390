// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a watch: header that sorts, the rows that fit, a scroll bar in rows.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property ResourcesView view
    required property Session session
    property bool isCompact: false
    readonly property ResourceTable table: view.table
    readonly property bool isNothingWatched: session.health.watchCount === 0
    readonly property real spare: width - Measures.columnFreshness - Measures.columnResourceVersion - Measures.columnAge
        - Measures.columnChanges - (isCompact ? 0 : Measures.columnResourceSize)
    readonly property real stateWidth: Math.floor(Math.max(Measures.columnStatusLeast, Math.min(Measures.columnStatusMost, spare * Measures.columnStatusShare)))
    signal openAsked()

    Rectangle {
        anchors.fill: parent
        color: Theme.bgSurface
    }
    WgTableHeader {
        id: head
        width: parent.width
        columns: [
            { title: qsTr("Freshness"), width: Measures.columnFreshness },
            { title: qsTr("Key"), width: 0, sort: ResourcesView.ByKey },
            { title: qsTr("State"), width: root.stateWidth },
            { title: qsTr("Version"), width: Measures.columnResourceVersion, isRight: true, sort: ResourcesView.ByVersion },
            { title: qsTr("Age"), width: Measures.columnAge, isRight: true, sort: ResourcesView.ByChanged },
            { title: qsTr("Changes"), width: Measures.columnChanges, isRight: true },
            { title: qsTr("Size"), width: Measures.columnResourceSize, isRight: true, sort: ResourcesView.BySize }
        ].filter(column => !root.isCompact || column.sort !== ResourcesView.BySize)
        sortColumn: root.view.sort
        // The age runs against the time of the last change.
        isDescending: root.view.sort === ResourcesView.ByChanged ? !root.view.isDescending : root.view.isDescending
        onSortAsked: sort => root.view.sortBy(sort)
    }
    Item {
        id: body
        objectName: "resourceRows"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        clip: true
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Keys, %1 rows").arg(Math.round(root.table.total))
        onHeightChanged: root.view.capacity = Math.floor(height / Tokens.row)
        readonly property int hoveredRow: mouse.containsMouse ? Math.floor(mouse.mouseY / Tokens.row) : -1

        Keys.onUpPressed: root.view.move(-1)
        Keys.onDownPressed: root.view.move(1)
        Keys.onReturnPressed: if (root.view.hasDetail) root.openAsked()
        Keys.onEnterPressed: if (root.view.hasDetail) root.openAsked()
        Keys.onPressed: event => {
            if (event.modifiers & ~Qt.ControlModifier || (event.modifiers && event.key !== Qt.Key_C))
                return;
            const page = Math.max(1, root.view.capacity - 1);
            switch (event.key) {
            case Qt.Key_K: root.view.move(-1); break;
            case Qt.Key_J: root.view.move(1); break;
            case Qt.Key_PageUp: root.view.move(-page); break;
            case Qt.Key_PageDown: root.view.move(page); break;
            case Qt.Key_Home: root.view.moveToFirst(); break;
            case Qt.Key_End: root.view.moveToLast(); break;
            case Qt.Key_C: {
                const told = root.view.copyKey();
                if (told !== "")
                    root.session.shell.notify("info", told);
                break;
            }
            default: return;
            }
            event.accepted = true;
        }
        Repeater {
            model: root.table
            delegate: ResourceRow {
                y: index * Tokens.row
                width: body.width
                header: head
                isCompact: root.isCompact
                isHovered: body.hoveredRow === index
                hasTableFocus: body.activeFocus
            }
        }
        MouseArea {
            id: mouse
            anchors.fill: parent
            hoverEnabled: true
            onPressed: event => {
                body.forceActiveFocus(Qt.MouseFocusReason);
                root.view.select(Math.floor(event.y / Tokens.row));
            }
            onWheel: event => {
                const step = event.pixelDelta.y !== 0 ? event.pixelDelta.y / Tokens.row
                    : event.angleDelta.y / Measures.wheelStep * Measures.wheelRows;
                root.view.scrollBy(-step);
            }
        }
        WgWindowScroll {
            anchors.right: parent.right
            height: parent.height
            total: root.table.total
            position: root.view.position
            capacity: root.view.capacity
            onTopAsked: top => root.view.scrollTo(top)
        }
    }
    WgEmpty {
        visible: root.view.emptyText !== ""
        anchors.horizontalCenter: body.horizontalCenter
        y: body.y + Tokens.space12
        text: root.view.emptyText
        detail: root.isNothingWatched ? qsTr("Connect to a route, and its keys show here.") : root.view.why
        width: Math.min(implicitWidth, body.width - 2 * Tokens.space4)
        actionText: root.isNothingWatched ? qsTr("Connect to a route")
            : root.view.isNarrowed ? qsTr("Show all keys") : root.view.canRetry ? qsTr("Retry now") : ""
        onActionChosen: {
            if (root.isNothingWatched)
                root.session.shell.askConnect();
            else if (root.view.isNarrowed)
                root.view.widen();
            else
                root.view.retry();
        }
    }
}
