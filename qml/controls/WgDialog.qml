// SPDX-License-Identifier: GPL-3.0-or-later
// Dialog of 520: title, one paragraph or own content, buttons right. The safe button has the focus at first.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Watchglass

T.Dialog {
    id: root
    property string message
    property string confirmText: qsTr("OK")
    property string cancelText: qsTr("Cancel")
    property bool isDanger: false
    property Item initialFocus: cancelButton
    default property alias body: bodyColumn.data

    function confirm() {
        if (mayConfirm())
            accept();
    }
    /// Says whether confirming may close the dialog; a dialog that checks something has its own.
    function mayConfirm(): bool { return true; }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Measures.dialogWidth, parent ? parent.width - 2 * Tokens.space4 : Measures.dialogWidth)
    padding: Tokens.space4
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: column.implicitHeight + topPadding + bottomPadding
    onOpened: initialFocus.forceActiveFocus(Qt.TabFocusReason)

    T.Overlay.modal: Rectangle { color: Theme.bgScrim }
    background: Rectangle {
        radius: Tokens.radiusPopup
        color: Theme.bgRaised
        border.width: Measures.hair
        border.color: Theme.borderDefault
    }
    ColumnLayout {
        id: column
        width: root.availableWidth
        spacing: Tokens.space2
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
        WgText {
            Layout.fillWidth: true
            text: root.title
            font: Tokens.title
        }
        WgText {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.message
            wrapMode: Text.Wrap
            color: Theme.textSecondary
        }
        ColumnLayout {
            id: bodyColumn
            Layout.fillWidth: true
            spacing: Tokens.space2
        }
        RowLayout {
            Layout.topMargin: Tokens.space2
            Layout.alignment: Qt.AlignRight
            spacing: Tokens.space2
            WgButton {
                id: cancelButton
                visible: root.cancelText !== ""
                text: root.cancelText
                onClicked: root.reject()
            }
            WgButton {
                text: root.confirmText
                kind: root.isDanger ? WgButton.Danger : WgButton.Primary
                onClicked: root.confirm()
            }
        }
    }
}
