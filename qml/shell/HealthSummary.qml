// SPDX-License-Identifier: GPL-3.0-or-later
// Top right: how many connections are in which state. A state opens the connections filtered to it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

Rectangle {
    id: root
    required property Session session
    implicitHeight: Tokens.control
    implicitWidth: row.implicitWidth + Measures.buttonPadding + Tokens.space2
    radius: Tokens.radiusControl
    color: Theme.bgRaised
    border.width: Measures.hair
    border.color: Theme.borderDefault

    Row {
        id: row
        x: Measures.buttonPadding
        height: parent.height
        spacing: Tokens.space3
        WgStateTag {
            visible: root.session.health.watchCount === 0
            anchors.verticalCenter: parent.verticalCenter
            stateName: "closed"
            text: qsTr("No connections")
        }
        Repeater {
            model: root.session.health.states
            delegate: T.AbstractButton {
                id: entry
                required property var modelData
                height: row.height
                implicitWidth: implicitContentWidth
                focusPolicy: Qt.TabFocus
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Show connections: %1").arg(modelData.text)
                Keys.onReturnPressed: clicked()
                onClicked: {
                    root.session.shell.page = "overview";
                    root.session.shell.connectionFilter = Tokens.state[modelData.state].word;
                }
                contentItem: WgStateTag {
                    stateName: entry.modelData.state
                    text: entry.modelData.text
                }
                background: WgFocusRing {
                    control: entry
                    anchors.margins: 0
                    isShown: entry.visualFocus
                }
            }
        }
    }
}
