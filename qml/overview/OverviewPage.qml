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
            session: root.session
            model: overview
            onConnectAsked: root.session.shell.askConnect()
        }
    }
    Component {
        id: firstRun
        Item {}
    }
    Keys.onPressed: event => {
        if (event.text !== "/" || !overview.hasWatches)
            return;
        event.accepted = true;
        root.session.shell.askFilter();
    }
}
