// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens: every size, duration and type style of the window, at the UI scale in force.
// Units:  logical pixels (times scale), milliseconds for duration*, logical window width for breakpoint*.
// Limits: scale 0.9 to 2.0; hairlines stay one pixel.
// Thread: GUI thread.
#pragma once

#include <QFont>
#include <QObject>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace wg::ui {

class Tokens : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(double scale READ scale WRITE setScale NOTIFY changed)
    /// state["live"].word / .icon / .hue; the same for freshness, marker and severity.
    Q_PROPERTY(QVariantMap state MEMBER m_state CONSTANT)
    Q_PROPERTY(QVariantMap freshness MEMBER m_freshness CONSTANT)
    Q_PROPERTY(QVariantMap severity MEMBER m_severity CONSTANT)
    Q_PROPERTY(double space0 MEMBER space0 NOTIFY changed)
    Q_PROPERTY(double space1 MEMBER space1 NOTIFY changed)
    Q_PROPERTY(double space2 MEMBER space2 NOTIFY changed)
    Q_PROPERTY(double space3 MEMBER space3 NOTIFY changed)
    Q_PROPERTY(double space4 MEMBER space4 NOTIFY changed)
    Q_PROPERTY(double space5 MEMBER space5 NOTIFY changed)
    Q_PROPERTY(double space6 MEMBER space6 NOTIFY changed)
    Q_PROPERTY(double space8 MEMBER space8 NOTIFY changed)
    Q_PROPERTY(double space10 MEMBER space10 NOTIFY changed)
    Q_PROPERTY(double space12 MEMBER space12 NOTIFY changed)
    Q_PROPERTY(double radiusTag MEMBER radiusTag NOTIFY changed)
    Q_PROPERTY(double radiusControl MEMBER radiusControl NOTIFY changed)
    Q_PROPERTY(double radiusPanel MEMBER radiusPanel NOTIFY changed)
    Q_PROPERTY(double radiusPopup MEMBER radiusPopup NOTIFY changed)
    Q_PROPERTY(double radiusPill MEMBER radiusPill NOTIFY changed)
    Q_PROPERTY(double borderHairline MEMBER borderHairline NOTIFY changed)
    Q_PROPERTY(double borderFocus MEMBER borderFocus NOTIFY changed)
    Q_PROPERTY(double borderFocusGap MEMBER borderFocusGap NOTIFY changed)
    Q_PROPERTY(double borderSelectionBar MEMBER borderSelectionBar NOTIFY changed)
    Q_PROPERTY(double rail MEMBER rail NOTIFY changed)
    Q_PROPERTY(double railItemW MEMBER railItemW NOTIFY changed)
    Q_PROPERTY(double railItemH MEMBER railItemH NOTIFY changed)
    Q_PROPERTY(double topBar MEMBER topBar NOTIFY changed)
    Q_PROPERTY(double statusBar MEMBER statusBar NOTIFY changed)
    Q_PROPERTY(double filterBar MEMBER filterBar NOTIFY changed)
    Q_PROPERTY(double toolBar MEMBER toolBar NOTIFY changed)
    Q_PROPERTY(double panelHeader MEMBER panelHeader NOTIFY changed)
    Q_PROPERTY(double sectionHeader MEMBER sectionHeader NOTIFY changed)
    Q_PROPERTY(double row MEMBER row NOTIFY changed)
    Q_PROPERTY(double rowCompact MEMBER rowCompact NOTIFY changed)
    Q_PROPERTY(double tableHeader MEMBER tableHeader NOTIFY changed)
    Q_PROPERTY(double treeRow MEMBER treeRow NOTIFY changed)
    Q_PROPERTY(double logFieldRow MEMBER logFieldRow NOTIFY changed)
    Q_PROPERTY(double control MEMBER control NOTIFY changed)
    Q_PROPERTY(double controlSmall MEMBER controlSmall NOTIFY changed)
    Q_PROPERTY(double controlLarge MEMBER controlLarge NOTIFY changed)
    Q_PROPERTY(double switchW MEMBER switchW NOTIFY changed)
    Q_PROPERTY(double switchH MEMBER switchH NOTIFY changed)
    Q_PROPERTY(double checkbox MEMBER checkbox NOTIFY changed)
    Q_PROPERTY(double icon MEMBER icon NOTIFY changed)
    Q_PROPERTY(double iconNav MEMBER iconNav NOTIFY changed)
    Q_PROPERTY(double tag MEMBER tag NOTIFY changed)
    Q_PROPERTY(double keycap MEMBER keycap NOTIFY changed)
    Q_PROPERTY(double scrollBar MEMBER scrollBar NOTIFY changed)
    Q_PROPERTY(double splitterHit MEMBER splitterHit NOTIFY changed)
    Q_PROPERTY(double kpiTile MEMBER kpiTile NOTIFY changed)
    Q_PROPERTY(double chartMinW MEMBER chartMinW NOTIFY changed)
    Q_PROPERTY(double chartMinH MEMBER chartMinH NOTIFY changed)
    Q_PROPERTY(double inspectorMin MEMBER inspectorMin NOTIFY changed)
    Q_PROPERTY(double inspectorDefault MEMBER inspectorDefault NOTIFY changed)
    Q_PROPERTY(double inspectorMax MEMBER inspectorMax NOTIFY changed)
    Q_PROPERTY(double paletteW MEMBER paletteW NOTIFY changed)
    Q_PROPERTY(double paletteRow MEMBER paletteRow NOTIFY changed)
    Q_PROPERTY(double paletteMaxRows MEMBER paletteMaxRows NOTIFY changed)
    Q_PROPERTY(double minWindowW MEMBER minWindowW NOTIFY changed)
    Q_PROPERTY(double minWindowH MEMBER minWindowH NOTIFY changed)
    Q_PROPERTY(double hitTargetMin MEMBER hitTargetMin NOTIFY changed)
    Q_PROPERTY(double durationInstant MEMBER durationInstant NOTIFY changed)
    Q_PROPERTY(double durationFast MEMBER durationFast NOTIFY changed)
    Q_PROPERTY(double durationBase MEMBER durationBase NOTIFY changed)
    Q_PROPERTY(double durationSlow MEMBER durationSlow NOTIFY changed)
    Q_PROPERTY(double durationFlash MEMBER durationFlash NOTIFY changed)
    Q_PROPERTY(double durationChartTick MEMBER durationChartTick NOTIFY changed)
    Q_PROPERTY(double durationTooltipDelay MEMBER durationTooltipDelay NOTIFY changed)
    Q_PROPERTY(double durationUndoToast MEMBER durationUndoToast NOTIFY changed)
    Q_PROPERTY(double durationReducedMotion MEMBER durationReducedMotion NOTIFY changed)
    Q_PROPERTY(double breakpointCompact MEMBER breakpointCompact NOTIFY changed)
    Q_PROPERTY(double breakpointDefault MEMBER breakpointDefault NOTIFY changed)
    Q_PROPERTY(double breakpointWide MEMBER breakpointWide NOTIFY changed)
    Q_PROPERTY(double breakpointUltra MEMBER breakpointUltra NOTIFY changed)
    Q_PROPERTY(double breakpointUhd MEMBER breakpointUhd NOTIFY changed)
    Q_PROPERTY(QFont display MEMBER display NOTIFY changed)
    Q_PROPERTY(QFont kpi MEMBER kpi NOTIFY changed)
    Q_PROPERTY(QFont title MEMBER title NOTIFY changed)
    Q_PROPERTY(QFont heading MEMBER heading NOTIFY changed)
    Q_PROPERTY(QFont body MEMBER body NOTIFY changed)
    Q_PROPERTY(QFont bodyStrong MEMBER bodyStrong NOTIFY changed)
    Q_PROPERTY(QFont label MEMBER label NOTIFY changed)
    Q_PROPERTY(QFont caption MEMBER caption NOTIFY changed)
    Q_PROPERTY(QFont data MEMBER data NOTIFY changed)
    Q_PROPERTY(QFont dataSmall MEMBER dataSmall NOTIFY changed)
    Q_PROPERTY(QFont labelText MEMBER labelText NOTIFY changed)   ///< label at regular weight: table cells
    Q_PROPERTY(QFont keyCapText MEMBER keyCapText NOTIFY changed) ///< caption at medium weight
    Q_PROPERTY(QFont captionStrong MEMBER captionStrong NOTIFY changed) ///< caption at semibold: legend values
    Q_PROPERTY(QFont dataStrong MEMBER dataStrong NOTIFY changed) ///< data at medium weight
    Q_PROPERTY(double displayLine MEMBER displayLine NOTIFY changed)
    Q_PROPERTY(double kpiLine MEMBER kpiLine NOTIFY changed)
    Q_PROPERTY(double titleLine MEMBER titleLine NOTIFY changed)
    Q_PROPERTY(double headingLine MEMBER headingLine NOTIFY changed)
    Q_PROPERTY(double bodyLine MEMBER bodyLine NOTIFY changed)
    Q_PROPERTY(double bodyStrongLine MEMBER bodyStrongLine NOTIFY changed)
    Q_PROPERTY(double labelLine MEMBER labelLine NOTIFY changed)
    Q_PROPERTY(double captionLine MEMBER captionLine NOTIFY changed)
    Q_PROPERTY(double dataLine MEMBER dataLine NOTIFY changed)
    Q_PROPERTY(double dataSmallLine MEMBER dataSmallLine NOTIFY changed)

public:
    static Tokens* instance();
    static Tokens* create(QQmlEngine*, QJSEngine*);

    [[nodiscard]] double scale() const { return m_scale; }
    void setScale(double scale);
    /// One step of 10 % up (+1) or down (-1); 0 goes back to 100 %.
    Q_INVOKABLE void stepScale(int direction);
    /// The word of a state of the vocabulary: live -> Live.
    [[nodiscard]] QString wordOf(const QString& state) const;

    double space0 = 0, space1 = 0, space2 = 0, space3 = 0, space4 = 0, space5 = 0, space6 = 0, space8 = 0,
        space10 = 0, space12 = 0, radiusTag = 0, radiusControl = 0, radiusPanel = 0, radiusPopup = 0,
        radiusPill = 0, borderHairline = 0, borderFocus = 0, borderFocusGap = 0, borderSelectionBar = 0, rail = 0,
        railItemW = 0, railItemH = 0, topBar = 0, statusBar = 0, filterBar = 0, toolBar = 0, panelHeader = 0,
        sectionHeader = 0, row = 0, rowCompact = 0, tableHeader = 0, treeRow = 0, logFieldRow = 0, control = 0,
        controlSmall = 0, controlLarge = 0, switchW = 0, switchH = 0, checkbox = 0, icon = 0, iconNav = 0, tag = 0,
        keycap = 0, scrollBar = 0, splitterHit = 0, kpiTile = 0, chartMinW = 0, chartMinH = 0, inspectorMin = 0,
        inspectorDefault = 0, inspectorMax = 0, paletteW = 0, paletteRow = 0, paletteMaxRows = 0, minWindowW = 0,
        minWindowH = 0, hitTargetMin = 0, durationInstant = 0, durationFast = 0, durationBase = 0,
        durationSlow = 0, durationFlash = 0, durationChartTick = 0, durationTooltipDelay = 0,
        durationUndoToast = 0, durationReducedMotion = 0, breakpointCompact = 0, breakpointDefault = 0,
        breakpointWide = 0, breakpointUltra = 0, breakpointUhd = 0, displayLine = 0, kpiLine = 0, titleLine = 0,
        headingLine = 0, bodyLine = 0, bodyStrongLine = 0, labelLine = 0, captionLine = 0, dataLine = 0,
        dataSmallLine = 0;
    QFont labelText, keyCapText, captionStrong, dataStrong;
    QFont display, kpi, title, heading, body, bodyStrong, label, caption, data, dataSmall;

signals:
    void changed();

private:
    explicit Tokens(QObject* parent = nullptr);
    void load();

    QVariantMap m_state, m_freshness, m_severity;
    double m_scale = 1;
};

} // namespace wg::ui
