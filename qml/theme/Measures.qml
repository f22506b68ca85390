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
    readonly property int turnMs: 1200
    readonly property real fullTurn: 360
    readonly property int noticesShown: 4

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

    // overview
    readonly property real chartShare: 0.301      ///< of the height that key figures leave, for one row of charts
    readonly property real chartMaxH: 320 * scale
    readonly property real ultraChartsShare: 0.62
    readonly property real tableMinRows: 5
    readonly property real kpiPaddingTop: 11 * scale
    readonly property real kpiSparkW: 88 * scale
    readonly property real kpiSparkCompactW: 62 * scale
    readonly property real kpiTickW: 80 * scale
    readonly property real kpiTickCompactW: 52 * scale
    readonly property real kpiSparkH: 32 * scale
    readonly property real kpiTickH: 24 * scale
    readonly property real panelTop: 10 * scale
    readonly property real panelLine: 20 * scale
    readonly property real chartBottom: 3 * scale
    readonly property real legendSwatchW: 12 * scale
    readonly property real legendSwatchH: 10 * scale
    readonly property int swatchDashes: 3
    readonly property int seriesDown: 6           ///< rust: what is down or was dropped
    readonly property int chartColumns: 3
    readonly property real swatchLine: 2 * scale
    readonly property real swatchRadius: 1.5 * scale
    readonly property real chartTipW: 148 * scale
    readonly property real chartTipOffset: 10 * scale
    readonly property real chartTipFlip: 0.6
    readonly property real crosshairAlpha: 0.75
    readonly property real crosshairDot: 5 * scale
    readonly property real lanesUpW: 80 * scale
    readonly property real lanesReconnectsW: 28 * scale
    readonly property real ownGap: 16 * scale
    readonly property real filterFieldW: 200 * scale
    readonly property real sparkW: 72 * scale
    readonly property real sparkH: 20 * scale
    readonly property real connState: 104 * scale
    readonly property real connName: 136 * scale
    readonly property real connTransport: 182 * scale
    readonly property real connTransportCompact: 112 * scale
    readonly property real connVersion: 104 * scale
    readonly property real connLag: 88 * scale
    readonly property real connRate: 72 * scale
    readonly property real connSpark: 88 * scale
    readonly property real connGaps: 52 * scale
    readonly property real connLast: 88 * scale
    readonly property real connUp: 104 * scale
    readonly property real skeletonH: 8 * scale
    readonly property real skeletonSecond: 0.76
    readonly property real skeletonThird: 0.9
    readonly property real halfTurn: 180

    // first run
    readonly property real firstRunLeft: 552 * scale
    readonly property real firstRunRight: 560 * scale
    readonly property real firstRunRightShare: 0.47
    readonly property real firstRunHead: 68 * scale
    readonly property real firstRunTop: 124 * scale
    readonly property real firstRunSide: 48 * scale
    readonly property real firstRunGap: 42 * scale
    readonly property real demoRow: 32 * scale
    readonly property real demoTitleW: 128 * scale
    readonly property real demoRateW: 76 * scale
    readonly property real legendStateW: 112 * scale

    // events
    readonly property real quickBar: 36 * scale
    readonly property real densityStrip: 77 * scale
    readonly property real columnTime: 108 * scale
    readonly property real columnConnection: 92 * scale
    readonly property real columnConnectionMost: 160 * scale
    readonly property real columnType: 110 * scale
    readonly property real columnTypeMost: 170 * scale
    readonly property real columnKey: 106 * scale
    readonly property real columnKeyMost: 260 * scale
    readonly property real columnVersion: 84 * scale
    readonly property real columnDelta: 80 * scale
    readonly property real columnDeltaMost: 112 * scale
    readonly property real columnSize: 60 * scale
    readonly property real columnLatency: 84 * scale
    readonly property real growNames: 0.16
    readonly property real growKeys: 0.25
    readonly property real columnSummaryLeast: 232 * scale
    readonly property real pillHeight: 36 * scale
    readonly property real pillPaddingLeft: 14 * scale
    readonly property real pillRuleAlpha: 0.4
    readonly property real wheelRows: 3
    readonly property real wheelStep: 120
    readonly property real choicePopup: 260 * scale
    readonly property real choicePopupMost: 360 * scale
    readonly property real densityTip: 260 * scale

    // inspector and payload
    readonly property real inspectorWide: 520 * scale
    readonly property real inspectorCompact: 384 * scale
    readonly property real factLabel: 76 * scale
    readonly property real factLabelSecond: 64 * scale
    readonly property real factValueSecond: 100 * scale
    readonly property int factColumns: 4
    readonly property real factGap: 8 * scale
    readonly property real factLine: 16 * scale
    readonly property real tabs: 36 * scale
    readonly property real toolRow: 36 * scale
    readonly property real footer: 44 * scale
    readonly property real treeIndent: 16 * scale
    readonly property real treeKeyShare: 0.6
    readonly property real treeMark: 6 * scale
    readonly property real rawLine: 20 * scale
    readonly property real rawIndent: 14 * scale
    readonly property real rawNumberDigit: 8 * scale
    readonly property real tabPadding: 10 * scale
    readonly property real tabUnderlineInset: 6 * scale

    // resources
    readonly property real scopeBar: 44 * scale
    readonly property int stripNodes: 6
    readonly property real scopeSelectShare: 0.33
    readonly property real stripNode: 56 * scale
    readonly property real stripNodePaddingX: 10 * scale
    readonly property real stripNodePaddingY: 7 * scale
    readonly property real stripNodeHead: 20 * scale
    readonly property real stripNodeFoot: 18 * scale
    readonly property real nowTag: 16 * scale
    readonly property real detailWidth: 484 * scale
    readonly property real detailHeader: 64 * scale
    readonly property real findField: 260 * scale
    readonly property real columnFreshness: 124 * scale
    readonly property real columnStatusShare: 0.5
    readonly property real columnStatusLeast: 152 * scale
    readonly property real columnStatusMost: 420 * scale
    readonly property real columnResourceVersion: 96 * scale
    readonly property real columnAge: 88 * scale
    readonly property real columnChanges: 80 * scale
    readonly property real columnResourceSize: 72 * scale

    // subscriptions
    readonly property real treeWidth: 288 * scale
    readonly property real treeLeaf: 60 * scale
    readonly property real treeNode: 20 * scale
    readonly property real formTitleShare: 0.25
    readonly property real formLabel: 116 * scale
    readonly property real formSectionHead: 32 * scale
    readonly property real formWidth: 720 * scale
    readonly property real fieldShort: 84 * scale
    readonly property real fieldMiddle: 248 * scale
    readonly property real fieldGroup: 168 * scale
    readonly property real sidePane: 424 * scale
    readonly property real sidePaneCompact: 320 * scale
    readonly property real transportNumber: 16 * scale
}
