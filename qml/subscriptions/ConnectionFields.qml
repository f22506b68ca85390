// SPDX-License-Identifier: GPL-3.0-or-later
// Connection: name, group and address.
import QtQuick
import Watchglass

FormSection {
    id: root
    required property RouteForm form
    title: qsTr("Connection")

    function focusFirst() {
        urlField.forceActiveFocus(Qt.TabFocusReason);
        urlField.selectAll();
    }
    function focusField(field: string): bool {
        const item = field === "url" ? urlField : field === "name" ? nameField : field === "group" ? groupField : null;
        if (item)
            item.forceActiveFocus(Qt.TabFocusReason);
        return item !== null;
    }
    FormRow {
        label: qsTr("Address")
        problem: urlField.text !== "" || !root.form.isNew ? root.form.problems.url ?? "" : ""
        hint: root.form.isNew && urlField.text === "" ? qsTr("A server or a whole route, for example https://host/v1/orders or wss://host/v1/quotes") : ""
        WgTextField {
            id: urlField
            objectName: "urlField"
            width: parent.width
            iconName: "link"
            isMono: true
            label: qsTr("Address")
            text: root.form.url
            isChanged: root.form.changed.url ?? false
            isInvalid: parent.parent.parent.problem !== ""
            onTextEdited: root.form.url = text
        }
    }
    FormRow {
        label: qsTr("Name")
        problem: root.form.problems.name ?? ""
        WgTextField {
            id: nameField
            objectName: "nameField"
            width: Math.min(Measures.fieldMiddle, parent.width / 2)
            label: qsTr("Name")
            placeholderText: root.form.isNew ? qsTr("From the address") : ""
            text: root.form.name
            isChanged: root.form.changed.name ?? false
            isInvalid: root.form.problems.name !== undefined
            onTextEdited: root.form.name = text
        }
        WgText {
            height: Tokens.control
            leftPadding: Tokens.space2
            text: qsTr("in group")
            font: Tokens.caption
            color: Theme.textSecondary
        }
        WgTextField {
            id: groupField
            width: Math.min(Measures.fieldGroup, parent.width - x)
            label: qsTr("Group")
            placeholderText: qsTr("Other")
            text: root.form.group
            isChanged: root.form.changed.group ?? false
            onTextEdited: root.form.group = text
        }
    }
}
