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
        id: view
        anchors.fill: parent
        focus: true
        readonly property bool hasWatches: overview.hasWatches
        onHasWatchesChanged: load()
        Component.onCompleted: load()
        function load() {
            if (hasWatches)
                setSource("Dashboard.qml", { session: root.session, model: overview });
            else
                setSource("../firstrun/FirstRun.qml", { session: root.session });
        }
    }
}
