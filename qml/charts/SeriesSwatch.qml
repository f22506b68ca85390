// SPDX-License-Identifier: GPL-3.0-or-later
// The sign of one series: line, dashes, triangle up or down, square.
pragma ComponentBehavior: Bound
import QtQuick
import Watchglass

Item {
    id: root
    property string shape: "line"
    property color color
    implicitWidth: shape === "none" ? 0 : Measures.legendSwatchW
    implicitHeight: Measures.legendSwatchH

    Rectangle {
        visible: root.shape === "line"
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Measures.swatchLine
        color: root.color
    }
    Row {
        visible: root.shape === "dash"
        anchors.verticalCenter: parent.verticalCenter
        spacing: Measures.swatchLine
        Repeater {
            model: Measures.swatchDashes
            delegate: Rectangle {
                width: (root.width - 2 * Measures.swatchLine) / Measures.swatchDashes
                height: Measures.swatchLine
                color: root.color
            }
        }
    }
    Rectangle {
        visible: root.shape === "square"
        anchors.centerIn: parent
        width: Measures.legendSwatchH
        height: Tokens.space2
        radius: Measures.swatchRadius
        color: Qt.alpha(root.color, Theme.chartStackFill)
        border.width: Measures.hair
        border.color: root.color
    }
    Rectangle {
        visible: root.shape === "solid"
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Tokens.space2
        color: root.color
    }
    Rectangle {
        visible: root.shape === "half"
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: Tokens.space1
        color: root.color
    }
    Rectangle {
        visible: root.shape === "tick"
        anchors.centerIn: parent
        width: Measures.swatchLine
        height: Measures.legendSwatchH
        color: root.color
    }
    WgIcon {
        anchors.centerIn: parent
        visible: root.shape === "up" || root.shape === "down"
        name: visible ? "triangle" : ""
        rotation: root.shape === "down" ? Measures.halfTurn : 0
        size: Measures.legendSwatchH
        color: root.color
    }
}
