// SPDX-License-Identifier: GPL-3.0-or-later
// The display filter: coloured as it is typed; valid with the count of matches, or what is wrong and at which column.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property EventsView view
    signal exited()   ///< the field gives the focus back to the table

    function focusField() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }
    implicitHeight: Tokens.filterBar
    color: Theme.bgSurface
    WgRule {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    Rectangle {
        id: box
        x: Tokens.space4
        width: parent.width - 2 * Tokens.space4
        height: Tokens.control
        anchors.verticalCenter: parent.verticalCenter
        radius: Tokens.radiusControl
        color: Theme.bgInset
        border.width: Measures.hair
        border.color: root.view.filterProblem !== "" ? Theme.errorFg
            : hover.hovered ? Theme.textSecondary : Theme.borderControl
        HoverHandler { id: hover; cursorShape: Qt.IBeamCursor }
        TapHandler { onTapped: field.forceActiveFocus(Qt.MouseFocusReason) }
        WgFocusRing { control: field }
        WgIcon {
            id: icon
            x: Tokens.space2
            anchors.verticalCenter: parent.verticalCenter
            name: "filter"
            color: Theme.textTertiary
        }
        WgText {
            anchors.left: flick.left
            width: flick.width
            height: parent.height
            visible: field.text === ""
            text: qsTr("Filter, for example type == \"order_updated\" && changes.status in {\"shipped\",\"held\"}")
            font: Tokens.data
            color: Theme.textTertiary
        }
        Flickable {
            id: flick
            anchors.left: icon.right
            anchors.leftMargin: Measures.gapIcon
            anchors.right: verdict.left
            anchors.rightMargin: Tokens.space2
            height: parent.height
            clip: true
            contentWidth: field.width
            boundsBehavior: Flickable.StopAtBounds
            interactive: false
            FilterField {
                id: field
                view: root.view
                height: flick.height
                width: Math.max(flick.width, implicitWidth)
                onExited: root.exited()
                onCursorRectangleChanged: {
                    if (cursorRectangle.x < flick.contentX)
                        flick.contentX = cursorRectangle.x;
                    else if (cursorRectangle.x > flick.contentX + flick.width - Measures.hair)
                        flick.contentX = cursorRectangle.x - flick.width + Measures.gapHalf;
                }
            }
        }
        Row {
            id: verdict
            readonly property bool isValid: root.view.filterProblem === ""
            anchors.right: parent.right
            anchors.rightMargin: Tokens.space1
            height: parent.height
            spacing: Measures.gapIcon
            visible: field.text !== "" || root.view.isFiltered
            WgIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: field.text !== ""
                name: verdict.isValid ? "sev-ok" : "sev-error"
                size: Measures.iconSmall
                color: verdict.isValid ? Theme.okFg : Theme.errorFg
            }
            WgText {
                objectName: "filterVerdict"
                height: parent.height
                visible: field.text !== ""
                text: verdict.isValid ? qsTr("Valid") : root.view.filterProblem
                width: Math.min(implicitWidth, box.width / 2)
                font: Tokens.label
                color: verdict.isValid ? Theme.okFg : Theme.errorFg
            }
            WgText {
                height: parent.height
                visible: text !== ""
                text: root.view.matchText
                font: Tokens.caption
                color: Theme.textTertiary
            }
            WgButton {
                anchors.verticalCenter: parent.verticalCenter
                size: WgButton.Small
                kind: WgButton.Ghost
                iconName: "close"
                tip: qsTr("Clear the filter")
                keys: "Esc"
                onClicked: root.view.clearFilter()
            }
        }
    }
}
