// SPDX-License-Identifier: GPL-3.0-or-later
// Transports in order of preference as chips; the ones that are off come last. Click or Space toggles, Ctrl with an
// arrow moves, and a chip can be dragged along the row.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

Flow {
    id: root
    required property RouteForm form
    readonly property list<string> names: form.transports.concat(form.otherTransports)
    property string focusedName
    readonly property var looks: ({
        ws: { text: "WebSocket", icon: "tr-websocket" },
        sse: { text: "SSE", icon: "tr-sse" },
        ndjson: { text: "NDJSON", icon: "tr-ndjson" },
        longpoll: { text: qsTr("Long poll"), icon: "tr-longpoll" },
        poll: { text: qsTr("Poll"), icon: "tr-longpoll" }
    })
    spacing: Tokens.space1

    Repeater {
        model: root.names.length
        delegate: T.AbstractButton {
            id: chip
            required property int index
            readonly property string name: root.names[index] ?? ""
            readonly property bool isOn: index < root.form.transports.length
            readonly property var look: root.looks[name] ?? root.looks.ws
            objectName: "transport-" + name
            implicitHeight: Tokens.control
            implicitWidth: row.implicitWidth + Tokens.space1 + Measures.buttonPadding
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            Accessible.role: Accessible.CheckBox
            Accessible.name: isOn ? qsTr("%1, number %2").arg(look.text).arg(index + 1) : qsTr("%1, off").arg(look.text)
            Accessible.checkable: true
            Accessible.checked: isOn
            onClicked: {
                root.focusedName = name;
                root.form.toggleTransport(name);
            }
            onActiveFocusChanged: if (activeFocus) root.focusedName = name
            function shift(by: int) {
                root.focusedName = name;
                const to = index + by;
                root.form.moveTransport(name, by);
                if (to >= 0 && to < root.form.transports.length)
                    root.children[to].forceActiveFocus(Qt.TabFocusReason);
            }
            Keys.onPressed: event => {
                if ((event.modifiers & Qt.ControlModifier) && (event.key === Qt.Key_Left || event.key === Qt.Key_Right)) {
                    shift(event.key === Qt.Key_Left ? -1 : 1);
                    event.accepted = true;
                }
            }
            DragHandler {
                target: null
                enabled: chip.isOn
                property real moved: 0
                onActiveChanged: moved = 0
                onTranslationChanged: {
                    const steps = Math.trunc((translation.x - moved) / chip.width);
                    if (active && steps !== 0) {
                        moved += steps * chip.width;
                        root.form.moveTransport(root.focusedName, steps);
                    }
                }
                onGrabChanged: (transition, point) => { if (transition === PointerDevice.GrabExclusive) root.focusedName = chip.name }
            }
            contentItem: Item {
                Row {
                    id: row
                    x: Tokens.space1
                    height: parent.height
                    spacing: Measures.gapIcon
                    WgIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: chip.isOn
                        name: "drag"
                        size: Measures.iconSmall
                        color: Theme.textTertiary
                    }
                    Rectangle {
                        visible: chip.isOn
                        anchors.verticalCenter: parent.verticalCenter
                        width: Measures.transportNumber
                        height: width
                        radius: width / 2
                        color: Theme.bgPressed
                        WgText {
                            anchors.centerIn: parent
                            text: chip.index + 1
                            font: Tokens.caption
                        }
                    }
                    WgIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: chip.look.icon
                        size: Measures.iconSmall
                        color: chip.isOn ? Theme.textPrimary : Theme.textTertiary
                    }
                    WgText {
                        height: parent.height
                        text: chip.isOn ? chip.look.text : qsTr("%1 off").arg(chip.look.text)
                        font: Tokens.label
                        color: chip.isOn ? Theme.textPrimary : Theme.textTertiary
                    }
                }
            }
            background: Rectangle {
                radius: Tokens.radiusControl
                color: chip.isOn && chip.index === 0 ? Theme.accentTint : chip.hovered ? Theme.bgHover : chip.isOn ? Theme.bgRaised : "transparent"
                border.width: Measures.hair
                border.color: chip.isOn && chip.index === 0 ? Theme.accentBorder : Theme.borderDefault
                WgFocusRing { control: chip; isShown: chip.visualFocus }
            }
        }
    }
}
