// SPDX-License-Identifier: GPL-3.0-or-later
// Measures: lengths of single components that the token table does not name, at the UI scale in force.
pragma Singleton
import QtQml
import Watchglass

QtObject {
    readonly property real scale: Tokens.scale

    readonly property real hair: Tokens.borderHairline
    readonly property real gapHalf: 2 * scale
    readonly property real gapIcon: 6 * scale
    readonly property real gapLegend: 10 * scale
    readonly property real focusOutset: Tokens.borderFocus + Tokens.borderFocusGap

    // controls
    readonly property real buttonPadding: 10 * scale
    readonly property real buttonPaddingLarge: 14 * scale
    readonly property real iconSmall: 14 * scale
    readonly property real iconTiny: 12 * scale
    readonly property real iconLogo: 26 * scale
    readonly property real keycapPadding: 4 * scale
    readonly property real keycapGap: 3 * scale
    readonly property real segmentPadding: 9 * scale
    readonly property real knob: 12 * scale
    readonly property real knobInset: 2 * scale
    readonly property real chipRadius: 12 * scale
    readonly property real tagPadding: 6 * scale
    readonly property real popupRowPadding: 8 * scale
    readonly property real dialogWidth: 520 * scale
    readonly property real noticeHeight: 40 * scale
    readonly property real tooltipMaxWidth: 360 * scale
    readonly property real scrollThumb: 6 * scale
    readonly property real scrollThumbMin: 24 * scale
    readonly property real selectMinWidth: 72 * scale
    readonly property real textFieldMinWidth: 72 * scale
    readonly property real keycapOutlineAlpha: 0.55
    readonly property int staleMotionMs: 1200

    // shell
    readonly property real windowHeight: 900
    readonly property real railLabelLine: 14 * scale
    readonly property real railIconGap: 3 * scale
    readonly property real railBar: 3 * scale
    readonly property real railBarInset: 12 * scale
    readonly property real topRule: 20 * scale
    readonly property real statusRule: 16 * scale
    readonly property real memoryBarW: 64 * scale
    readonly property real memoryBarH: 6 * scale
    readonly property real shortcutListWidth: 620 * scale
    readonly property real shortcutKeyWidth: 160 * scale
}
