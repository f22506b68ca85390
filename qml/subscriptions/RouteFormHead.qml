// SPDX-License-Identifier: GPL-3.0-or-later
// Head of the form: where we are, how it stands, what is unsaved; on or off, revert, save.
import QtQuick
import QtQuick.Layouts
import Watchglass

Item {
    id: root
    required property RouteForm form
    required property RouteStatus status
    readonly property bool isEnabled: form.isConnectionEnabled && (!form.hasRoute || form.isRouteEnabled)
    implicitHeight: Measures.scopeBar

    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Tokens.space4
        anchors.rightMargin: Tokens.space4
        spacing: Tokens.space2
        WgText {
            Layout.maximumWidth: root.width * Measures.formTitleShare
            text: root.form.title
            font: root.form.subtitle === "" ? Tokens.heading : Tokens.bodyStrong
            color: root.form.subtitle === "" ? Theme.textPrimary : Theme.textTertiary
        }
        WgText {
            visible: root.form.subtitle !== ""
            text: "/"
            color: Theme.textTertiary
        }
        WgText {
            visible: root.form.subtitle !== ""
            Layout.fillWidth: true
            Layout.preferredWidth: implicitWidth
            Layout.maximumWidth: Math.ceil(implicitWidth)
            text: root.form.subtitle
            font: Tokens.heading
            elide: Text.ElideMiddle
        }
        WgStateTag {
            visible: root.status.isKnown && !root.form.isNew
            stateName: root.status.stateName
        }
        WgTag {
            objectName: "unsavedTag"
            visible: root.form.changedCount > 0
            iconName: "edit"
            hue: "warn"
            text: qsTr("%1 unsaved").arg(root.form.changedCount)
        }
        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: 0
        }
        WgSwitch {
            objectName: "enabledSwitch"
            visible: !root.form.isNew
            label: qsTr("Watch this route")
            checked: root.isEnabled
            onToggled: {
                root.form.setEnabled(checked);
                checked = Qt.binding(() => root.isEnabled);
            }
        }
        WgButton {
            objectName: "revertButton"
            enabled: root.form.changedCount > 0 || root.form.isNew
            text: root.form.isNew ? qsTr("Cancel") : qsTr("Revert")
            onClicked: root.form.revert()
        }
        WgButton {
            objectName: "saveButton"
            kind: WgButton.Primary
            enabled: !root.form.isSaving && (root.form.changedCount > 0 || root.form.isNew)
            text: root.form.isSaving ? qsTr("Saving") : root.form.isNew ? qsTr("Save and connect")
                : root.form.mustReconnect ? qsTr("Save and reconnect") : qsTr("Save")
            keys: "Ctrl S"
            onClicked: root.form.save()
        }
    }
}
