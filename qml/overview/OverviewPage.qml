// SPDX-License-Identifier: GPL-3.0-or-later
// Overview: key figures, charts and connections; the first run while nothing is watched.
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    objectName: "overviewPage"

    OverviewModel {
        id: overview
        session: root.session
        isActive: root.visible
    }
    Loader {
        anchors.fill: parent
        focus: true
        sourceComponent: overview.hasWatches ? dashboard : firstRun
    }
    Component {
        id: dashboard
        Dashboard {
            id: board
            session: root.session
            model: overview
            onConnectAsked: root.session.shell.askConnect()
            Connections {
                target: root.session.shell
                enabled: root.visible
                function onFilterAsked() { board.focusFilter(); }
            }
        }
    }
    Component {
        id: firstRun
        FirstRun { session: root.session }
    }
}
