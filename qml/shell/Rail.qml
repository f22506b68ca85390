// SPDX-License-Identifier: GPL-3.0-or-later
// The rail: the mark and the pages that are built.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

FocusScope {
    id: root
    required property Session session
    required property var pages   ///< [{ name, label, icon }]
    implicitWidth: Tokens.rail
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        anchors.fill: parent
        color: Theme.bgChrome
        WgRule {
            anchors.right: parent.right
            height: parent.height
            color: Theme.borderHairline
        }
    }
    Item {
        id: logo
        width: Tokens.rail - Measures.hair
        height: Tokens.topBar
        WgIcon {
            anchors.centerIn: parent
            name: "logo"
            size: Measures.iconLogo
            color: Theme.accentText
        }
    }
    Column {
        anchors.top: logo.bottom
        anchors.horizontalCenter: logo.horizontalCenter
        spacing: Tokens.space1
        Repeater {
            model: root.pages.length
            delegate: RailItem {
                required property int index
                readonly property var page: root.pages[index]
                text: page.label
                iconName: page.icon
                keys: qsTr("Ctrl %1").arg(index + 1)
                isCurrent: root.session.shell.page === page.name
                objectName: "rail-" + page.name
                focus: isCurrent
                onClicked: root.session.shell.page = page.name
            }
        }
    }
}
