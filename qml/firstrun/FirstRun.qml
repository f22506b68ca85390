// SPDX-License-Identifier: GPL-3.0-or-later
// The first run: nothing is watched yet. Connect to a route, or start the demo gateway; how a connection reads.
import QtQuick
import QtQuick.Templates as T
import Watchglass

FocusScope {
    id: root
    required property Session session
    function focusUrl() { connectCard.focusField(); }

    FirstRunModel {
        id: firstRun
        session: root.session
    }
    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, left.y + left.height + Tokens.space6)
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
        T.ScrollBar.vertical: WgScrollBar {}

        Column {
            id: left
            x: Measures.firstRunSide
            y: Math.min(Measures.firstRunTop, Math.max(Tokens.space6, (root.height - implicitHeight) / 2))
            width: Math.min(Measures.firstRunLeft, root.width - right.width - Measures.firstRunSide * 2 - Measures.firstRunGap)
            spacing: Tokens.space3
            Item {
                width: parent.width
                height: Measures.firstRunHead
                WgText {
                    height: Tokens.displayLine
                    text: qsTr("Nothing is being watched yet")
                    font: Tokens.display
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                WgText {
                    y: Tokens.displayLine + Tokens.space1
                    width: parent.width
                    height: Tokens.bodyLine
                    text: firstRun.hasDemo
                        ? qsTr("Connect to a watch route, or start the demo gateway to see live data in a few seconds.")
                        : qsTr("Connect to a watch route to see live data.")
                    color: Theme.textSecondary
                }
            }
            ConnectCard {
                id: connectCard
                width: parent.width
                model: firstRun
                focus: true
            }
            DemoCard {
                width: parent.width
                visible: firstRun.hasDemo
                model: firstRun
            }
        }
        StateLegend {
            id: right
            x: Math.min(left.x + Measures.firstRunLeft + Measures.firstRunGap, root.width - width - Measures.firstRunSide)
            y: left.y + left.height - height
            width: Math.min(Measures.firstRunRight, Math.round((root.width - 2 * Measures.firstRunSide - Measures.firstRunGap) * Measures.firstRunRightShare))
        }
    }
    Connections {
        target: root.session.shell
        function onConnectAsked() { root.focusUrl(); }
    }
}
