// SPDX-License-Identifier: GPL-3.0-or-later
// Segmented: one of a few, all visible. Arrow keys move; the ring is on the group.
// options: [{ text, icon?, hue? }]; hue colours the icon of the option that is on.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Watchglass

T.Control {
    id: root
    property var options
    property int currentIndex: 0
    property string label
    signal chosen(int index)

    function choose(index: int) {
        if (index < 0 || index >= options.length || index === currentIndex)
            return;
        root.chosen(index);
    }

    implicitHeight: Tokens.control
    implicitWidth: row.implicitWidth + 2 * padding
    padding: Measures.gapHalf + Measures.hair
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    Accessible.role: Accessible.PageTabList
    Accessible.name: label
    Keys.onLeftPressed: choose(currentIndex - 1)
    Keys.onRightPressed: choose(currentIndex + 1)

    Row {
        id: row
        x: root.leftPadding
        y: root.topPadding
        spacing: Measures.gapHalf
        Repeater {
            model: root.options.length
            delegate: T.AbstractButton {
                id: segment
                required property int index
                readonly property var option: root.options[index]
                readonly property bool isOn: index === root.currentIndex
                height: root.availableHeight
                implicitWidth: implicitContentWidth + 2 * Measures.segmentPadding
                leftPadding: Measures.segmentPadding
                hoverEnabled: true
                focusPolicy: Qt.NoFocus
                onClicked: {
                    root.forceActiveFocus(Qt.MouseFocusReason);
                    root.choose(index);
                }
                Accessible.role: Accessible.PageTab
                Accessible.name: option.text
                Accessible.checked: isOn
                contentItem: Row {
                    spacing: Measures.gapIcon
                    WgIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: name !== ""
                        name: segment.option.icon ?? ""
                        size: Measures.iconSmall
                        color: !root.enabled ? Theme.textDisabled : segment.isOn && segment.option.hue
                            ? Theme.hue[segment.option.hue].fg
                            : segment.isOn ? Theme.textPrimary : Theme.textTertiary
                    }
                    WgText {
                        anchors.verticalCenter: parent.verticalCenter
                        text: segment.option.text
                        font: Tokens.label
                        color: !root.enabled ? Theme.textDisabled
                            : segment.isOn ? Theme.textPrimary : Theme.textSecondary
                    }
                }
                background: Rectangle {
                    radius: Tokens.radiusTag
                    color: segment.isOn ? (Theme.isDark ? Theme.bgPressed : Theme.bgSurface)
                        : segment.hovered ? Theme.bgHover : "transparent"
                    border.width: segment.isOn && !Theme.isDark ? Measures.hair : 0
                    border.color: Theme.borderDefault
                }
            }
        }
    }
    background: Rectangle {
        radius: Tokens.radiusControl
        color: Theme.isDark ? Theme.bgInset : Theme.bgCanvas
        border.width: Measures.hair
        border.color: Theme.borderDefault
        WgFocusRing { control: root; isShown: root.visualFocus }
    }
}
