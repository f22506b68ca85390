// SPDX-License-Identifier: GPL-3.0-or-later
// Theme: every colour of the window, by role, for the mode in force. A switch is instant: one signal, all bindings.
// Shape:  property fooBar is tokens.json theme/<dark|light>/foo/bar (hues: theme/<mode>/hue/<hue>/<part>).
// Thread: GUI thread.
#pragma once

#include <QColor>
#include <QObject>
#include <QVariantList>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <optional>

class QJSEngine;
class QQmlEngine;

namespace wg::ui {

class Theme : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Mode mode READ mode WRITE setMode NOTIFY changed)
    Q_PROPERTY(bool isDark READ isDark NOTIFY changed)
    Q_PROPERTY(QVariantMap hue MEMBER m_hue NOTIFY changed)                  ///< hue["ok"].fg
    Q_PROPERTY(QVariantList chartSeries MEMBER m_chartSeries NOTIFY changed) ///< eight colours
    Q_PROPERTY(QColor bgCanvas MEMBER bgCanvas NOTIFY changed)
    Q_PROPERTY(QColor bgChrome MEMBER bgChrome NOTIFY changed)
    Q_PROPERTY(QColor bgSurface MEMBER bgSurface NOTIFY changed)
    Q_PROPERTY(QColor bgRaised MEMBER bgRaised NOTIFY changed)
    Q_PROPERTY(QColor bgInset MEMBER bgInset NOTIFY changed)
    Q_PROPERTY(QColor bgHeader MEMBER bgHeader NOTIFY changed)
    Q_PROPERTY(QColor bgHover MEMBER bgHover NOTIFY changed)
    Q_PROPERTY(QColor bgPressed MEMBER bgPressed NOTIFY changed)
    Q_PROPERTY(QColor bgSelected MEMBER bgSelected NOTIFY changed)
    Q_PROPERTY(QColor bgSelectedInactive MEMBER bgSelectedInactive NOTIFY changed)
    Q_PROPERTY(QColor bgTooltip MEMBER bgTooltip NOTIFY changed)
    Q_PROPERTY(QColor bgScrim MEMBER bgScrim NOTIFY changed)
    Q_PROPERTY(QColor borderHairline MEMBER borderHairline NOTIFY changed)
    Q_PROPERTY(QColor borderDefault MEMBER borderDefault NOTIFY changed)
    Q_PROPERTY(QColor borderControl MEMBER borderControl NOTIFY changed)
    Q_PROPERTY(QColor borderFocus MEMBER borderFocus NOTIFY changed)
    Q_PROPERTY(QColor textPrimary MEMBER textPrimary NOTIFY changed)
    Q_PROPERTY(QColor textSecondary MEMBER textSecondary NOTIFY changed)
    Q_PROPERTY(QColor textTertiary MEMBER textTertiary NOTIFY changed)
    Q_PROPERTY(QColor textDisabled MEMBER textDisabled NOTIFY changed)
    Q_PROPERTY(QColor textOnAccent MEMBER textOnAccent NOTIFY changed)
    Q_PROPERTY(QColor accentFill MEMBER accentFill NOTIFY changed)
    Q_PROPERTY(QColor accentFillHover MEMBER accentFillHover NOTIFY changed)
    Q_PROPERTY(QColor accentFillPressed MEMBER accentFillPressed NOTIFY changed)
    Q_PROPERTY(QColor accentText MEMBER accentText NOTIFY changed)
    Q_PROPERTY(QColor accentTint MEMBER accentTint NOTIFY changed)
    Q_PROPERTY(QColor accentBorder MEMBER accentBorder NOTIFY changed)
    Q_PROPERTY(QColor syntaxField MEMBER syntaxField NOTIFY changed)
    Q_PROPERTY(QColor syntaxOperator MEMBER syntaxOperator NOTIFY changed)
    Q_PROPERTY(QColor syntaxString MEMBER syntaxString NOTIFY changed)
    Q_PROPERTY(QColor syntaxNumber MEMBER syntaxNumber NOTIFY changed)
    Q_PROPERTY(QColor syntaxBoolean MEMBER syntaxBoolean NOTIFY changed)
    Q_PROPERTY(QColor syntaxNull MEMBER syntaxNull NOTIFY changed)
    Q_PROPERTY(QColor syntaxPunctuation MEMBER syntaxPunctuation NOTIFY changed)
    Q_PROPERTY(QColor syntaxKey MEMBER syntaxKey NOTIFY changed)
    Q_PROPERTY(QColor syntaxError MEMBER syntaxError NOTIFY changed)
    Q_PROPERTY(QColor diffAddFg MEMBER diffAddFg NOTIFY changed)
    Q_PROPERTY(QColor diffAddBg MEMBER diffAddBg NOTIFY changed)
    Q_PROPERTY(QColor diffRemoveFg MEMBER diffRemoveFg NOTIFY changed)
    Q_PROPERTY(QColor diffRemoveBg MEMBER diffRemoveBg NOTIFY changed)
    Q_PROPERTY(QColor diffChangeBg MEMBER diffChangeBg NOTIFY changed)
    Q_PROPERTY(QColor okFg MEMBER okFg NOTIFY changed)
    Q_PROPERTY(QColor okTint MEMBER okTint NOTIFY changed)
    Q_PROPERTY(QColor okBorder MEMBER okBorder NOTIFY changed)
    Q_PROPERTY(QColor okSolid MEMBER okSolid NOTIFY changed)
    Q_PROPERTY(QColor okOnSolid MEMBER okOnSolid NOTIFY changed)
    Q_PROPERTY(QColor infoFg MEMBER infoFg NOTIFY changed)
    Q_PROPERTY(QColor infoTint MEMBER infoTint NOTIFY changed)
    Q_PROPERTY(QColor infoBorder MEMBER infoBorder NOTIFY changed)
    Q_PROPERTY(QColor infoSolid MEMBER infoSolid NOTIFY changed)
    Q_PROPERTY(QColor infoOnSolid MEMBER infoOnSolid NOTIFY changed)
    Q_PROPERTY(QColor warnFg MEMBER warnFg NOTIFY changed)
    Q_PROPERTY(QColor warnTint MEMBER warnTint NOTIFY changed)
    Q_PROPERTY(QColor warnBorder MEMBER warnBorder NOTIFY changed)
    Q_PROPERTY(QColor warnSolid MEMBER warnSolid NOTIFY changed)
    Q_PROPERTY(QColor warnOnSolid MEMBER warnOnSolid NOTIFY changed)
    Q_PROPERTY(QColor errorFg MEMBER errorFg NOTIFY changed)
    Q_PROPERTY(QColor errorTint MEMBER errorTint NOTIFY changed)
    Q_PROPERTY(QColor errorBorder MEMBER errorBorder NOTIFY changed)
    Q_PROPERTY(QColor errorSolid MEMBER errorSolid NOTIFY changed)
    Q_PROPERTY(QColor errorOnSolid MEMBER errorOnSolid NOTIFY changed)
    Q_PROPERTY(QColor syncFg MEMBER syncFg NOTIFY changed)
    Q_PROPERTY(QColor syncTint MEMBER syncTint NOTIFY changed)
    Q_PROPERTY(QColor syncBorder MEMBER syncBorder NOTIFY changed)
    Q_PROPERTY(QColor syncSolid MEMBER syncSolid NOTIFY changed)
    Q_PROPERTY(QColor syncOnSolid MEMBER syncOnSolid NOTIFY changed)
    Q_PROPERTY(QColor neutralFg MEMBER neutralFg NOTIFY changed)
    Q_PROPERTY(QColor neutralTint MEMBER neutralTint NOTIFY changed)
    Q_PROPERTY(QColor neutralBorder MEMBER neutralBorder NOTIFY changed)
    Q_PROPERTY(QColor neutralSolid MEMBER neutralSolid NOTIFY changed)
    Q_PROPERTY(QColor neutralOnSolid MEMBER neutralOnSolid NOTIFY changed)
    Q_PROPERTY(QColor chartGrid MEMBER chartGrid NOTIFY changed)
    Q_PROPERTY(QColor chartAxis MEMBER chartAxis NOTIFY changed)
    Q_PROPERTY(QColor chartAxisText MEMBER chartAxisText NOTIFY changed)
    Q_PROPERTY(QColor chartZero MEMBER chartZero NOTIFY changed)
    Q_PROPERTY(QColor chartCrosshair MEMBER chartCrosshair NOTIFY changed)
    Q_PROPERTY(QColor chartBand MEMBER chartBand NOTIFY changed)
    Q_PROPERTY(QColor chartBandEdge MEMBER chartBandEdge NOTIFY changed)
    Q_PROPERTY(QColor chartBrush MEMBER chartBrush NOTIFY changed)
    Q_PROPERTY(QColor chartBrushEdge MEMBER chartBrushEdge NOTIFY changed)
    Q_PROPERTY(QColor chartAnnotation MEMBER chartAnnotation NOTIFY changed)
    Q_PROPERTY(QColor chartMuted MEMBER chartMuted NOTIFY changed)
    Q_PROPERTY(double chartAreaTop MEMBER chartAreaTop NOTIFY changed)
    Q_PROPERTY(double chartAreaBottom MEMBER chartAreaBottom NOTIFY changed)
    Q_PROPERTY(double chartStackFill MEMBER chartStackFill NOTIFY changed)
    Q_PROPERTY(double chartLineWidth MEMBER chartLineWidth NOTIFY changed)
    Q_PROPERTY(double chartLineWidthHover MEMBER chartLineWidthHover NOTIFY changed)

public:
    enum class Mode { Dark, Light, System };
    Q_ENUM(Mode)

    static Theme* instance();
    static Theme* create(QQmlEngine*, QJSEngine*);

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    /// dark, light, system, dark, …
    Q_INVOKABLE void cycle();
    [[nodiscard]] bool isDark() const { return m_isDark; }
    [[nodiscard]] QColor series(int index) const; ///< index modulo 8
    static std::optional<Mode> modeFromText(const QString& text);

    QColor bgCanvas, bgChrome, bgSurface, bgRaised, bgInset, bgHeader, bgHover, bgPressed, bgSelected,
        bgSelectedInactive, bgTooltip, bgScrim, borderHairline, borderDefault, borderControl, borderFocus,
        textPrimary, textSecondary, textTertiary, textDisabled, textOnAccent, accentFill, accentFillHover,
        accentFillPressed, accentText, accentTint, accentBorder, syntaxField, syntaxOperator, syntaxString,
        syntaxNumber, syntaxBoolean, syntaxNull, syntaxPunctuation, syntaxKey, syntaxError, diffAddFg, diffAddBg,
        diffRemoveFg, diffRemoveBg, diffChangeBg, okFg, okTint, okBorder, okSolid, okOnSolid, infoFg, infoTint,
        infoBorder, infoSolid, infoOnSolid, warnFg, warnTint, warnBorder, warnSolid, warnOnSolid, errorFg,
        errorTint, errorBorder, errorSolid, errorOnSolid, syncFg, syncTint, syncBorder, syncSolid, syncOnSolid,
        neutralFg, neutralTint, neutralBorder, neutralSolid, neutralOnSolid, chartGrid, chartAxis, chartAxisText,
        chartZero, chartCrosshair, chartBand, chartBandEdge, chartBrush, chartBrushEdge, chartAnnotation,
        chartMuted;
    double chartAreaTop = 0, chartAreaBottom = 0, chartStackFill = 0, chartLineWidth = 0, chartLineWidthHover = 0;

signals:
    void changed();

private:
    explicit Theme(QObject* parent = nullptr);
    void load();

    QVariantMap m_hue;
    QVariantList m_chartSeries;
    Mode m_mode = Mode::Dark;
    bool m_isDark = true;
};

} // namespace wg::ui
