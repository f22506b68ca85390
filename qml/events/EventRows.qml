// SPDX-License-Identifier: GPL-3.0-or-later
// The events table: header, the newest resync pinned under it, the rows that fit, a scroll bar in rows, and the pill.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property EventsView view
    required property Session session
    property bool isCompact: false
    readonly property EventTable table: view.table
    readonly property bool hasPin: view.isMarkersShown && view.pinnedTitle !== ""
    readonly property bool isNothingWatched: session.health.watchCount === 0
    signal openAsked()
    signal rowChosen()

    function tell(sentence: string) {
        if (sentence !== "")
            session.shell.notify("info", sentence);
    }
    function nextMarker(isForward: bool) {
        if (!view.moveToMarker(isForward))
            tell(isForward ? qsTr("No later gap or marker.") : qsTr("No earlier gap or marker."));
    }

    EventColumns {
        id: widths
        width: body.width
        isCompact: root.isCompact
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.bgSurface
    }
    WgTableHeader {
        id: header
        width: parent.width
        columns: widths.list
    }
    MarkerRow {
        id: pin
        visible: root.hasPin
        anchors.top: header.bottom
        width: parent.width
        height: Tokens.row
        title: root.view.pinnedTitle
        text: root.view.pinnedText
        iconName: "state-resync"
        hue: "sync"
        note: qsTr("Pinned")
    }
    Item {
        id: body
        objectName: "eventRows"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: root.hasPin ? pin.bottom : header.bottom
        anchors.bottom: parent.bottom
        clip: true
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Events, %1 rows").arg(Math.round(root.table.total))
        onHeightChanged: root.table.capacity = Math.floor(height / Tokens.row)
        readonly property int hoveredRow: mouse.containsMouse ? Math.floor(mouse.mouseY / Tokens.row) : -1

        Keys.onUpPressed: root.view.move(-1)
        Keys.onDownPressed: root.view.move(1)
        Keys.onReturnPressed: if (root.table.hasSelection) root.openAsked()
        Keys.onEnterPressed: if (root.table.hasSelection) root.openAsked()
        Keys.onPressed: event => {
            const isShift = (event.modifiers & Qt.ShiftModifier) !== 0;
            const isControl = (event.modifiers & Qt.ControlModifier) !== 0;
            if ((event.modifiers & Qt.AltModifier) || (isControl && event.key !== Qt.Key_C))
                return;
            switch (event.key) {
            case Qt.Key_K: root.view.move(-1); break;
            case Qt.Key_J: root.view.move(1); break;
            case Qt.Key_PageUp: root.view.movePage(-1); break;
            case Qt.Key_PageDown: root.view.movePage(1); break;
            case Qt.Key_Home: root.view.moveToFirst(); break;
            case Qt.Key_End: root.view.moveToLast(); break;
            case Qt.Key_N: root.nextMarker(!isShift); break;
            case Qt.Key_C: root.tell(isControl ? root.view.copyRow() : root.view.copyKey()); break;
            case Qt.Key_F: root.view.filterByKey(!isShift); break;
            default: return;
            }
            event.accepted = true;
        }
        Repeater {
            model: root.table
            delegate: EventRow {
                y: index * Tokens.row
                width: body.width
                columns: widths
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
                root.rowChosen();
            }
            onDoubleClicked: root.openAsked()
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
            position: root.table.top
            capacity: root.table.capacity
            onTopAsked: top => root.view.scrollTo(top)
        }
    }
    WgEmpty {
        visible: root.view.emptyText !== ""
        anchors.horizontalCenter: body.horizontalCenter
        y: body.y + Tokens.space12
        text: root.view.emptyText
        detail: root.isNothingWatched ? qsTr("Connect to a route, and its events show here as they arrive.") : root.view.emptyDetail
        width: Math.min(implicitWidth, body.width - 2 * Tokens.space4)
        actionText: root.view.isFiltered ? qsTr("Clear the filter") : root.isNothingWatched ? qsTr("Connect to a route")
            : root.view.isPaused ? qsTr("Resume") : ""
        onActionChosen: {
            if (root.view.isFiltered)
                root.view.clearFilter();
            else if (root.isNothingWatched)
                root.session.shell.askConnect();
            else
                root.view.resume();
        }
    }
    PausedPill {
        visible: root.view.isPaused
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Tokens.space4
        text: root.view.backlogText
        onResumeAsked: root.view.resume()
    }
}
