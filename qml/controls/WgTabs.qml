// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs of 36 with an underline; arrow keys move. options: [{ text, keys }].
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

    implicitHeight: Measures.tabs
    implicitWidth: row.implicitWidth + 2 * Tokens.space2
    focusPolicy: Qt.StrongFocus
    activeFocusOnTab: true
    Accessible.role: Accessible.PageTabList
    Accessible.name: label
    Keys.onLeftPressed: if (currentIndex > 0) root.chosen(currentIndex - 1)
    Keys.onRightPressed: if (currentIndex + 1 < options.length) root.chosen(currentIndex + 1)

    contentItem: Item {
        Row {
            id: row
            x: Tokens.space2
            height: parent.height
            spacing: Tokens.space1
            Repeater {
                model: root.options.length
                delegate: T.AbstractButton {
                    id: tab
                    required property int index
                    readonly property var option: root.options[index]
                    readonly property bool isOn: index === root.currentIndex
                    height: row.height
                    implicitWidth: caption.implicitWidth + 2 * Measures.tabPadding
                    hoverEnabled: true
                    focusPolicy: Qt.NoFocus
                    onClicked: {
                        root.forceActiveFocus(Qt.MouseFocusReason);
                        root.chosen(index);
                    }
                    Accessible.role: Accessible.PageTab
                    Accessible.name: option.text
                    Accessible.checked: isOn
                    contentItem: Item {
                        WgText {
                            id: caption
                            anchors.centerIn: parent
                            text: tab.option.text
                            font: Tokens.label
                            color: tab.isOn || tab.hovered ? Theme.textPrimary : Theme.textSecondary
                        }
                    }
                    background: Item {
                        Rectangle {
                            visible: tab.isOn
                            x: Measures.tabUnderlineInset
                            width: parent.width - 2 * x
                            height: Tokens.borderSelectionBar
                            anchors.bottom: parent.bottom
                            color: Theme.accentText
                        }
                    }
                }
            }
        }
    }
    background: Item {
        WgRule {
            anchors.bottom: parent.bottom
            width: parent.width
            color: Theme.borderDefault
        }
        WgFocusRing { control: root; isInset: true; isShown: root.visualFocus }
    }
}
