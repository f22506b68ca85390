// SPDX-License-Identifier: GPL-3.0-or-later
// Route: path on the connection, dialect and the order of transports.
import QtQuick
import Watchglass

FormSection {
    id: root
    required property RouteForm form
    title: qsTr("Route")
    readonly property list<string> dialectNotes: [
        qsTr("watch.v1 if it answers, else by type"),
        qsTr("versions, resume, snapshots"),
        qsTr("any WebSocket, messages in order of arrival"),
        qsTr("any event stream, resumed by its last id"),
        qsTr("one JSON a line"),
        qsTr("asks again and again")
    ]
    function focusField(field: string): bool {
        if (field !== "path")
            return false;
        pathField.forceActiveFocus(Qt.TabFocusReason);
        return true;
    }
    FormRow {
        label: qsTr("Path")
        problem: root.form.problems.path ?? ""
        hint: root.form.path === "" ? qsTr("Empty: the connection's address itself is the route") : qsTr("Watches %1").arg(root.form.address)
        WgTextField {
            id: pathField
            objectName: "pathField"
            width: parent.width
            isMono: true
            label: qsTr("Path")
            placeholderText: "/v1/orders"
            text: root.form.path
            isChanged: root.form.changed.path ?? false
            isInvalid: root.form.problems.path !== undefined
            onTextEdited: root.form.path = text
        }
    }
    FormRow {
        label: qsTr("Dialect")
        WgSelect {
            objectName: "dialectSelect"
            width: Measures.fieldMiddle
            label: qsTr("Dialect")
            model: root.form.dialects
            currentIndex: root.form.dialect
            displayText: root.form.dialectName
            onActivated: index => root.form.dialect = index
        }
        ChangedMark { isShown: root.form.changed.dialect ?? false }
        WgText {
            height: Tokens.control
            width: Math.max(0, parent.width - x)
            text: root.form.dialect >= 0 ? root.dialectNotes[root.form.dialect] : ""
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    FormRow {
        label: qsTr("Transport")
        WgSegmented {
            objectName: "transportMode"
            label: qsTr("Transport order")
            options: [{ text: qsTr("Automatic") }, { text: qsTr("In this order") }]
            currentIndex: root.form.isAutoTransport ? 0 : 1
            onChosen: index => root.form.isAutoTransport = index === 0
        }
        ChangedMark { isShown: root.form.changed.transports ?? false }
        WgText {
            visible: root.form.isAutoTransport
            height: Tokens.control
            width: Math.max(0, parent.width - x)
            text: qsTr("WebSocket first, then what works")
            font: Tokens.caption
            color: Theme.textTertiary
        }
    }
    FormRow {
        visible: !root.form.isAutoTransport
        label: ""
        hint: qsTr("Ctrl ← and Ctrl → move a transport, Space turns it on or off")
        TransportOrder {
            width: parent.width
            form: root.form
        }
    }
}
