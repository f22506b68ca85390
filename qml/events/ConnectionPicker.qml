// SPDX-License-Identifier: GPL-3.0-or-later
// Picks connections: a button that says how many, and a list with check marks and states.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

WgButton {
    id: root
    required property ConnectionChoice choice
    objectName: "connectionPicker"
    size: WgButton.Small
    iconName: "nav-subscriptions"
    trailingIconName: "chevron-down"
    text: choice.text
    enabled: choice.count > 0
    onClicked: popup.visible ? popup.close() : popup.open()

    T.Popup {
        id: popup
        y: root.height + Tokens.space1
        width: Measures.choicePopup
        height: Math.min(Measures.choicePopupMost, list.contentHeight + all.height + 2 * padding + Tokens.space1)
        padding: Tokens.space1
        margins: Tokens.space2
        focus: true
        closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
        onOpened: list.forceActiveFocus(Qt.PopupFocusReason)
        background: Rectangle {
            radius: Tokens.radiusControl
            color: Theme.bgRaised
            border.width: Measures.hair
            border.color: Theme.borderControl
        }
        contentItem: Item {
            WgButton {
                id: all
                width: parent.width
                kind: WgButton.Ghost
                size: WgButton.Small
                text: qsTr("All connections")
                enabled: !root.choice.isAll
                onClicked: root.choice.chooseAll()
            }
            ListView {
                id: list
                anchors.fill: parent
                anchors.topMargin: all.height + Tokens.space1
                clip: true
                model: root.choice
                currentIndex: 0
                boundsBehavior: Flickable.StopAtBounds
                T.ScrollBar.vertical: WgScrollBar {}
                Keys.onSpacePressed: root.choice.toggle(currentIndex)
                Keys.onReturnPressed: root.choice.toggle(currentIndex)
                delegate: ConnectionChoiceRow {
                    width: list.width
                    isCurrent: ListView.isCurrentItem && list.activeFocus
                    onClicked: root.choice.toggle(index)
                }
            }
        }
    }
}
