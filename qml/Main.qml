// SPDX-License-Identifier: GPL-3.0-or-later
// The window: rail, top bar, page, status bar, notices and the keys that work everywhere.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Window {
    id: root
    required property Session session
    width: Tokens.breakpointDefault
    height: Measures.windowHeight
    minimumWidth: Math.min(Tokens.minWindowW, Screen.width)
    minimumHeight: Math.min(Tokens.minWindowH, Screen.height)
    visible: true
    title: qsTr("Watchglass – %1").arg(currentPage.label)
    color: Theme.bgCanvas

    readonly property var allPages: [
        { name: "overview", label: qsTr("Overview"), icon: "nav-overview", file: "overview/OverviewPage.qml" },
        { name: "events", label: qsTr("Events"), icon: "nav-events", file: "events/EventsPage.qml" },
        { name: "resources", label: qsTr("Resources"), icon: "nav-resources", file: "resources/ResourcesPage.qml" },
        { name: "subscriptions", label: qsTr("Subscriptions"), icon: "nav-subscriptions",
          file: "subscriptions/SubscriptionsPage.qml" }
    ]
    readonly property var pages: allPages.filter(page => session.shell.isBuilt(page.file))
    readonly property var currentPage: pages.find(page => page.name === session.shell.page) ?? pages[0]
    readonly property var regions: [rail, topBar, pageArea]

    function moveRegion(step: int) {
        const at = regions.findIndex(region => region.activeFocus);
        const next = regions[(at + step + regions.length) % regions.length];
        next.forceActiveFocus(Qt.TabFocusReason);
    }

    FocusScope {
        id: content
        anchors.fill: parent
        focus: true
        Keys.onSpacePressed: root.session.shell.isPaused = !root.session.shell.isPaused
        Keys.onPressed: event => {
            event.accepted = event.text === "?" || event.text === "/";
            if (event.text === "?")
                shortcuts.open();
            else if (event.text === "/")
                root.session.shell.askFilter();
        }
        Rail {
            id: rail
            objectName: "rail"
            session: root.session
            pages: root.pages
            height: parent.height - status.height
        }
        TopBar {
            id: topBar
            session: root.session
            title: root.currentPage.label
            anchors.left: rail.right
            anchors.right: parent.right
        }
        FocusScope {
            id: pageArea
            anchors.left: rail.right
            anchors.right: parent.right
            anchors.top: topBar.bottom
            anchors.bottom: status.top
            focus: true
            Repeater {
                model: root.pages.length
                delegate: Loader {
                    required property int index
                    readonly property var page: root.pages[index]
                    readonly property bool isCurrent: page.name === root.currentPage.name
                    objectName: "page-" + page.name
                    anchors.fill: parent
                    visible: isCurrent
                    focus: isCurrent
                    // Made at the first visit, kept from then on.
                    onIsCurrentChanged: ensure()
                    property bool isMade: false
                    Component.onCompleted: ensure()
                    function ensure() {
                        if (!isCurrent || isMade)
                            return;
                        isMade = true;
                        setSource(page.file, { session: root.session });
                    }
                }
            }
        }
        StatusBar {
            id: status
            session: root.session
            width: parent.width
            anchors.bottom: parent.bottom
        }
        NoticeStack {
            session: root.session
            anchors.right: parent.right
            anchors.bottom: status.top
            anchors.margins: Tokens.space4
        }
    }
    ShortcutList { id: shortcuts }

    Repeater {
        model: root.pages.length
        delegate: Item {
            id: pageKey
            required property int index
            Shortcut {
                sequence: "Ctrl+" + (pageKey.index + 1)
                onActivated: root.session.shell.page = root.pages[pageKey.index].name
            }
        }
    }
    ConnectDialog {
        id: connectDialog
        session: root.session
    }
    Shortcut {
        sequence: "Ctrl+N"
        onActivated: root.session.shell.askConnect()
    }
    Shortcut {
        sequence: "Ctrl+D"
        onActivated: {
            const problem = firstRun.startDemo();
            if (problem !== "")
                root.session.shell.notify("error", problem);
            else
                root.session.shell.page = "overview";
        }
    }
    FirstRunModel {
        id: firstRun
        session: root.session
    }
    Connections {
        target: root.session.shell
        function onConnectAsked() {
            if (root.session.health.watchCount > 0)
                connectDialog.open();
            else
                root.session.shell.page = "overview";
        }
    }
    Shortcut { sequence: "F6"; onActivated: root.moveRegion(1) }
    Shortcut { sequence: "Shift+F6"; onActivated: root.moveRegion(-1) }
    Shortcut { sequence: "Ctrl+Shift+L"; onActivated: root.session.shell.cycleTheme() }
    Shortcut { sequences: ["Ctrl++", "Ctrl+="]; onActivated: root.session.shell.stepScale(1) }
    Shortcut { sequence: "Ctrl+-"; onActivated: root.session.shell.stepScale(-1) }
    Shortcut { sequence: "Ctrl+0"; onActivated: root.session.shell.stepScale(0) }
}
