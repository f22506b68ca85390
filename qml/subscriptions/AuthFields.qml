// SPDX-License-Identifier: GPL-3.0-or-later
// Authentication: none or a bearer token that goes into the keychain. A stored token shows as dots and can be replaced.
import QtQuick
import Watchglass

FormSection {
    id: root
    required property RouteForm form
    title: qsTr("Authentication")
    readonly property bool isStoredShown: form.hasToken && !replace.isReplacing

    function focusField(field: string): bool {
        if (field !== "token")
            return false;
        replace.isReplacing = true;
        tokenField.forceActiveFocus(Qt.TabFocusReason);
        return true;
    }
    FormRow {
        label: qsTr("Method")
        WgSegmented {
            objectName: "authMode"
            label: qsTr("Method")
            options: [{ text: qsTr("None") }, { text: qsTr("Bearer") }]
            currentIndex: root.form.auth
            onChosen: index => root.form.auth = index
        }
        ChangedMark { isShown: root.form.changed.auth ?? false }
    }
    FormRow {
        visible: root.form.auth === 1
        label: qsTr("Token")
        problem: root.form.changed.auth || replace.isReplacing ? root.form.problems.token ?? "" : ""
        hint: root.form.tokenNote
        WgTextField {
            id: tokenField
            objectName: "tokenField"
            width: Measures.fieldMiddle
            isMono: true
            label: qsTr("Token")
            readOnly: root.isStoredShown
            echoMode: TextInput.Password
            text: root.isStoredShown ? "••••••••••••••••" : root.form.token
            isChanged: root.form.changed.token ?? false
            onTextEdited: root.form.token = text
        }
        WgTag {
            visible: root.form.hasToken && root.form.tokenPlace === "keychain"
            anchors.verticalCenter: parent.verticalCenter
            iconName: "keychain"
            hue: "ok"
            text: qsTr("Stored in keychain")
        }
        WgTag {
            visible: root.form.tokenPlace === "locked"
            anchors.verticalCenter: parent.verticalCenter
            iconName: "lock"
            hue: "warn"
            text: qsTr("Keychain locked")
        }
        WgTag {
            visible: root.form.tokenPlace === "memory"
            anchors.verticalCenter: parent.verticalCenter
            iconName: "memory"
            hue: "warn"
            text: qsTr("Memory only")
        }
        WgButton {
            id: replace
            property bool isReplacing: false
            visible: root.form.hasToken && !isReplacing
            text: qsTr("Replace")
            onClicked: {
                isReplacing = true;
                tokenField.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        WgButton {
            visible: root.form.hasToken && !replace.isReplacing
            kind: WgButton.Danger
            text: qsTr("Forget")
            tip: qsTr("Remove the stored token")
            onClicked: root.form.removeToken()
        }
    }
    Connections {
        target: root.form
        function onEdited() {
            if (root.form.token === "" && !tokenField.activeFocus)
                replace.isReplacing = false;
        }
    }
}
