// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl N while something is watched already: the address of one more route.
import QtQuick
import QtQuick.Layouts
import Watchglass

WgDialog {
    id: root
    required property Session session
    property string problem
    title: qsTr("Connect to a route")
    message: qsTr("It is added as a connection of its own. Name, token and more are set on Subscriptions.")
    confirmText: qsTr("Connect")
    function mayConfirm(): bool {
        root.problem = model.connectTo(field.text);
        return root.problem === "";
    }
    onAboutToShow: {
        field.text = "";
        root.problem = "";
    }
    initialFocus: field

    FirstRunModel {
        id: model
        session: root.session
    }
    WgTextField {
        id: field
        objectName: "connectDialogUrl"
        Layout.fillWidth: true
        isMono: true
        isInvalid: root.problem !== ""
        label: qsTr("Address of a route")
        placeholderText: "wss://api.example.com/v2/orders/watch"
        onTextEdited: root.problem = ""
        onAccepted: root.confirm()
    }
    WgText {
        Layout.fillWidth: true
        visible: root.problem !== ""
        text: root.problem
        font: Tokens.labelText
        color: Theme.errorFg
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
