// SPDX-License-Identifier: GPL-3.0-or-later
// The form of one connection and route: head with what is unsaved, then the sections.
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property RouteForm form
    required property RouteStatus status

    function focusFirst() {
        connectionPart.focusFirst();
    }
    function focusField(field: string) {
        if (!connectionPart.focusField(field) && !routePart.focusField(field))
            authPart.focusField(field);
    }
    Accessible.role: Accessible.Pane
    Accessible.name: root.form.title

    Rectangle {
        anchors.fill: parent
        color: Theme.bgSurface
    }
    RouteFormHead {
        id: head
        width: parent.width
        form: root.form
        status: root.status
    }
    RouteFormFoot {
        id: foot
        visible: !root.form.isNew
        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? implicitHeight : 0
        form: root.form
    }
    Flickable {
        id: flick
        anchors.top: head.bottom
        anchors.bottom: foot.top
        width: parent.width
        clip: true
        contentHeight: column.height + Tokens.space4
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: WgScrollBar {}

        // The field with the focus is kept in sight.
        function reveal(item: Item) {
            const y = item.mapToItem(column, 0, 0).y;
            if (y < contentY)
                contentY = Math.max(0, y - Tokens.space4);
            else if (y + item.height > contentY + height)
                contentY = Math.min(contentHeight - height, y + item.height + Tokens.space4 - height);
        }
        readonly property Item focused: Window.activeFocusItem
        onFocusedChanged: {
            let up = focused;
            while (up && up !== column)
                up = up.parent;
            if (up === column)
                reveal(focused);
        }
        Column {
            id: column
            x: Tokens.space4
            width: Math.min(Measures.formWidth, flick.width - 2 * Tokens.space4)
            topPadding: Tokens.space3
            spacing: Tokens.space3
            ConnectionFields {
                id: connectionPart
                form: root.form
            }
            RouteFields {
                id: routePart
                visible: root.form.hasRoute
                form: root.form
            }
            AuthFields {
                id: authPart
                form: root.form
            }
            DeliveryFields {
                id: deliveryPart
                visible: root.form.hasRoute
                form: root.form
            }
        }
    }
}
