// SPDX-License-Identifier: GPL-3.0-or-later
// The amber bar of a changed control that has no inside to draw it in.
import QtQuick
import Watchglass

Rectangle {
    property bool isShown: false
    visible: isShown
    width: Tokens.borderSelectionBar
    height: Tokens.control
    color: Theme.warnFg
}
