// SPDX-License-Identifier: GPL-3.0-or-later
// What was removed, with Undo, for as long as a notice stays.
import QtQuick
import Watchglass

Loader {
    id: root
    property string sentence
    signal undoAsked()
    objectName: "undoNotice"
    active: false
    visible: active

    function show(text: string) {
        active = false;
        sentence = text;
        active = true;
    }
    function undo() {
        active = false;
        undoAsked();
    }
    sourceComponent: WgNotice {
        text: root.sentence
        severity: "ok"
        actionText: qsTr("Undo")
        onActionChosen: root.undo()
        onDismissed: root.active = false
    }
}
