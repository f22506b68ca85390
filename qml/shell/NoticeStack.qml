// SPDX-License-Identifier: GPL-3.0-or-later
// Notices, bottom right, newest lowest; at most four, the oldest goes first.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Column {
    id: root
    required property Session session
    property int limit: Measures.noticesShown
    spacing: Tokens.space2

    Connections {
        target: root.session.shell
        function onNoticed(severity: string, sentence: string) {
            while (notices.count >= root.limit)
                notices.remove(0);
            notices.append({ severity: severity, sentence: sentence });
        }
    }
    ListModel { id: notices }
    Repeater {
        model: notices
        delegate: WgNotice {
            required property int index
            required property string sentence
            required severity
            anchors.right: parent ? parent.right : undefined
            text: sentence
            onDismissed: notices.remove(index)
        }
    }
}
