// SPDX-License-Identifier: GPL-3.0-or-later
// A hairline; vertical where isVertical.
import QtQuick
import Watchglass

Rectangle {
    property bool isVertical: false
    implicitWidth: Measures.hair
    implicitHeight: Measures.hair
    color: isVertical ? Theme.borderDefault : Theme.borderHairline
}
