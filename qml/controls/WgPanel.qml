// SPDX-License-Identifier: GPL-3.0-or-later
// Panel: a surface with a hairline and radius 8.
import QtQuick
import Watchglass

Rectangle {
    radius: Tokens.radiusPanel
    color: Theme.bgSurface
    border.width: Measures.hair
    border.color: Theme.borderHairline
}
