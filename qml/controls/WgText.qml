// SPDX-License-Identifier: GPL-3.0-or-later
// The only text of the window: plain, never rich, so that outside data cannot name an image or a link.
import QtQuick
import Watchglass

Text {
    textFormat: Text.PlainText
    font: Tokens.body
    color: Theme.textPrimary
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    renderType: Text.NativeRendering
}
