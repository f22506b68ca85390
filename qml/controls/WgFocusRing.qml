// SPDX-License-Identifier: GPL-3.0-or-later
// The focus ring: 2 px, 1 px away from the control that it surrounds; 2 px inside where isInset.
import QtQuick
import Watchglass

Rectangle {
    id: root
    required property Item control
    property bool isInset: false
    property real controlRadius: Tokens.radiusControl
    property bool isShown: control.activeFocus

    anchors.fill: parent
    anchors.margins: isInset ? 0 : -Measures.focusOutset
    radius: isInset ? controlRadius : controlRadius + Measures.focusOutset
    color: "transparent"
    border.width: Tokens.borderFocus
    border.color: Theme.borderFocus
    visible: isShown
    z: 1
}
