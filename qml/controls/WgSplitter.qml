// SPDX-License-Identifier: GPL-3.0-or-later
// The grip between a table and the pane on its right: 8 px to hit, drawn as one hairline. Left and Right move it too.
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.Control {
    id: root
    property real paneWidth: Tokens.inspectorDefault
    property real least: Tokens.inspectorMin
    property real most: Tokens.inspectorMax
    property string label: qsTr("Width of the pane")
    signal widthAsked(real width)

    function ask(width: real) {
        root.widthAsked(Math.max(least, Math.min(most, width)));
    }
    implicitWidth: Tokens.splitterHit
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.role: Accessible.Grip
    Accessible.name: label
    Keys.onLeftPressed: ask(paneWidth + Tokens.space4)
    Keys.onRightPressed: ask(paneWidth - Tokens.space4)

    background: Item {
        WgRule {
            isVertical: true
            anchors.horizontalCenter: parent.horizontalCenter
            height: parent.height
            color: root.hovered || grip.active || root.visualFocus ? Theme.borderFocus : Theme.borderDefault
        }
    }
    HoverHandler { cursorShape: Qt.SplitHCursor }
    DragHandler {
        id: grip
        target: null
        property real before: 0
        onActiveChanged: if (active) before = root.paneWidth
        onTranslationChanged: if (active) root.ask(before - translation.x)
    }
}
