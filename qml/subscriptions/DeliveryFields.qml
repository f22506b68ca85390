// SPDX-License-Identifier: GPL-3.0-or-later
// Delivery: what is asked of the server, how often it must be heard, and what follows a gap.
import QtQuick
import Watchglass

FormSection {
    id: root
    required property RouteForm form
    title: qsTr("Delivery")

    function focusField(field: string): bool {
        const item = field === "serverFilter" ? filterField : field === "heartbeat" ? heartbeatField
            : field === "pollInterval" ? pollField : null;
        if (item)
            item.forceActiveFocus(Qt.TabFocusReason);
        return item !== null;
    }
    FormRow {
        label: qsTr("Server filter")
        problem: root.form.problems.serverFilter ?? ""
        hint: root.form.serverFilter === "" ? qsTr("Only items that match are sent, for example price > 100 && symbol ~ \"^A\"") : ""
        WgTextField {
            id: filterField
            objectName: "serverFilterField"
            width: parent.width
            isMono: true
            label: qsTr("Server filter")
            text: root.form.serverFilter
            isChanged: root.form.changed.serverFilter ?? false
            isInvalid: root.form.problems.serverFilter !== undefined
            onTextEdited: root.form.serverFilter = text
        }
    }
    FormRow {
        label: qsTr("Ids")
        hint: qsTr("Only these keys, with commas between them; empty: all")
        WgTextField {
            id: idsField
            width: parent.width
            isMono: true
            label: qsTr("Ids")
            text: root.form.ids
            isChanged: root.form.changed.ids ?? false
            onEditingFinished: root.form.ids = text
        }
    }
    FormRow {
        label: qsTr("Heartbeat")
        problem: root.form.problems.heartbeat ?? root.form.problems.pollInterval ?? ""
        WgTextField {
            id: heartbeatField
            objectName: "heartbeatField"
            width: Measures.fieldShort
            isMono: true
            suffix: qsTr("s")
            label: qsTr("Heartbeat, seconds")
            text: root.form.heartbeat
            isChanged: root.form.changed.heartbeat ?? false
            isInvalid: root.form.problems.heartbeat !== undefined
            onTextEdited: root.form.heartbeat = text
        }
        WgText {
            height: Tokens.control
            leftPadding: Tokens.space2
            text: qsTr("when polling, every")
            font: Tokens.caption
            color: Theme.textSecondary
        }
        WgTextField {
            id: pollField
            width: Measures.fieldShort
            isMono: true
            suffix: qsTr("s")
            label: qsTr("Poll interval, seconds")
            text: root.form.pollInterval
            isChanged: root.form.changed.pollInterval ?? false
            isInvalid: root.form.problems.pollInterval !== undefined
            onTextEdited: root.form.pollInterval = text
        }
    }
    FormRow {
        label: qsTr("On gap")
        WgSelect {
            objectName: "onGapSelect"
            width: Measures.fieldMiddle
            label: qsTr("On gap")
            model: [qsTr("Snapshot at once"), qsTr("Resume, else snapshot")]
            currentIndex: root.form.onGap
            onActivated: index => root.form.onGap = index
        }
        ChangedMark { isShown: root.form.changed.onGap ?? false }
    }
}
