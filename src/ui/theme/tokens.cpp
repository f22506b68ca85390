// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include "ui/theme/design_tokens.h"

#include <QGuiApplication>
#include <QJsonObject>
#include <QQmlEngine>

#include <algorithm>
#include <cmath>

namespace wg::ui {

namespace {

constexpr double kScaleMin = 0.9, kScaleMax = 2.0, kScaleStep = 0.1;

struct Length {
    double Tokens::* member;
    const char* path;
    bool isScaled;
};

constexpr Length kLengths[] = {
    {&Tokens::space0, "space/0", true},
    {&Tokens::space1, "space/1", true},
    {&Tokens::space2, "space/2", true},
    {&Tokens::space3, "space/3", true},
    {&Tokens::space4, "space/4", true},
    {&Tokens::space5, "space/5", true},
    {&Tokens::space6, "space/6", true},
    {&Tokens::space8, "space/8", true},
    {&Tokens::space10, "space/10", true},
    {&Tokens::space12, "space/12", true},
    {&Tokens::radiusTag, "radius/tag", true},
    {&Tokens::radiusControl, "radius/control", true},
    {&Tokens::radiusPanel, "radius/panel", true},
    {&Tokens::radiusPopup, "radius/popup", true},
    {&Tokens::radiusPill, "radius/pill", true},
    {&Tokens::borderHairline, "border/hairline", false},
    {&Tokens::borderFocus, "border/focus", true},
    {&Tokens::borderFocusGap, "border/focusGap", false},
    {&Tokens::borderSelectionBar, "border/selectionBar", true},
    {&Tokens::rail, "size/rail", true},
    {&Tokens::railItemW, "size/railItem/w", true},
    {&Tokens::railItemH, "size/railItem/h", true},
    {&Tokens::topBar, "size/topBar", true},
    {&Tokens::statusBar, "size/statusBar", true},
    {&Tokens::filterBar, "size/filterBar", true},
    {&Tokens::toolBar, "size/toolBar", true},
    {&Tokens::panelHeader, "size/panelHeader", true},
    {&Tokens::sectionHeader, "size/sectionHeader", true},
    {&Tokens::row, "size/row", true},
    {&Tokens::rowCompact, "size/rowCompact", true},
    {&Tokens::tableHeader, "size/tableHeader", true},
    {&Tokens::treeRow, "size/treeRow", true},
    {&Tokens::logFieldRow, "size/logFieldRow", true},
    {&Tokens::control, "size/control", true},
    {&Tokens::controlSmall, "size/controlSmall", true},
    {&Tokens::controlLarge, "size/controlLarge", true},
    {&Tokens::switchW, "size/switch/w", true},
    {&Tokens::switchH, "size/switch/h", true},
    {&Tokens::checkbox, "size/checkbox", true},
    {&Tokens::icon, "size/icon", true},
    {&Tokens::iconNav, "size/iconNav", true},
    {&Tokens::tag, "size/tag", true},
    {&Tokens::keycap, "size/keycap", true},
    {&Tokens::scrollBar, "size/scrollBar", true},
    {&Tokens::splitterHit, "size/splitterHit", true},
    {&Tokens::kpiTile, "size/kpiTile", true},
    {&Tokens::chartMinW, "size/chartMin/w", true},
    {&Tokens::chartMinH, "size/chartMin/h", true},
    {&Tokens::inspectorMin, "size/inspector/min", true},
    {&Tokens::inspectorDefault, "size/inspector/default", true},
    {&Tokens::inspectorMax, "size/inspector/max", true},
    {&Tokens::paletteW, "size/palette/w", true},
    {&Tokens::paletteRow, "size/palette/row", true},
    {&Tokens::paletteMaxRows, "size/palette/maxRows", false},
    {&Tokens::minWindowW, "size/minWindow/w", true},
    {&Tokens::minWindowH, "size/minWindow/h", true},
    {&Tokens::hitTargetMin, "size/hitTargetMin", true},
    {&Tokens::durationInstant, "duration/instant", false},
    {&Tokens::durationFast, "duration/fast", false},
    {&Tokens::durationBase, "duration/base", false},
    {&Tokens::durationSlow, "duration/slow", false},
    {&Tokens::durationFlash, "duration/flash", false},
    {&Tokens::durationChartTick, "duration/chartTick", false},
    {&Tokens::durationTooltipDelay, "duration/tooltipDelay", false},
    {&Tokens::durationUndoToast, "duration/undoToast", false},
    {&Tokens::durationReducedMotion, "duration/reducedMotion", false},
    {&Tokens::breakpointCompact, "breakpoints/compact", false},
    {&Tokens::breakpointDefault, "breakpoints/default", false},
    {&Tokens::breakpointWide, "breakpoints/wide", false},
    {&Tokens::breakpointUltra, "breakpoints/ultra", false},
    {&Tokens::breakpointUhd, "breakpoints/uhd", false},
};

struct Style {
    QFont Tokens::* font;
    double Tokens::* line;
    const char* name;
};

constexpr Style kStyles[] = {
    {&Tokens::display, &Tokens::displayLine, "display"},
    {&Tokens::kpi, &Tokens::kpiLine, "kpi"},
    {&Tokens::title, &Tokens::titleLine, "title"},
    {&Tokens::heading, &Tokens::headingLine, "heading"},
    {&Tokens::body, &Tokens::bodyLine, "body"},
    {&Tokens::bodyStrong, &Tokens::bodyStrongLine, "bodyStrong"},
    {&Tokens::label, &Tokens::labelLine, "label"},
    {&Tokens::caption, &Tokens::captionLine, "caption"},
    {&Tokens::data, &Tokens::dataLine, "data"},
    {&Tokens::dataSmall, &Tokens::dataSmallLine, "dataSmall"},
};

QFont fontOf(const QJsonObject& style, double scale)
{
    const auto& tokens = DesignTokens::instance();
    const QString role = style.value(QLatin1String("family")).toString();
    QFont font(tokens.text(QStringLiteral("font/%1/family").arg(role)));
    font.setPixelSize(static_cast<int>(std::lround(style.value(QLatin1String("size")).toDouble() * scale)));
    font.setWeight(static_cast<QFont::Weight>(style.value(QLatin1String("weight")).toInt()));
    font.setLetterSpacing(QFont::AbsoluteSpacing, style.value(QLatin1String("tracking")).toDouble() * scale);
    if (role == QLatin1String("data")) {
        font.setStyleHint(QFont::Monospace);
        font.setStyleStrategy(QFont::PreferNoShaping); // no ligatures: != stays two glyphs
    }
    return font;
}

} // namespace

Tokens::Tokens(QObject* parent) : QObject(parent)
{
    const auto& tokens = DesignTokens::instance();
    m_state = tokens.object(QStringLiteral("state")).toVariantMap();
    m_freshness = tokens.object(QStringLiteral("freshness")).toVariantMap();
    m_severity = tokens.object(QStringLiteral("severity")).toVariantMap();
    load();
}

Tokens* Tokens::instance()
{
    static Tokens* tokens = [] {
        auto* made = new Tokens(qApp);
        QJSEngine::setObjectOwnership(made, QJSEngine::CppOwnership);
        return made;
    }();
    return tokens;
}

Tokens* Tokens::create(QQmlEngine*, QJSEngine*) { return instance(); }

void Tokens::setScale(double scale)
{
    scale = std::clamp(scale, kScaleMin, kScaleMax);
    if (std::abs(scale - m_scale) < kScaleStep / 100)
        return;
    m_scale = scale;
    load();
    emit changed();
}

void Tokens::stepScale(int direction)
{
    setScale(direction == 0 ? 1.0 : std::round((m_scale + direction * kScaleStep) / kScaleStep) * kScaleStep);
}

QString Tokens::wordOf(const QString& state) const
{
    return m_state.value(state).toMap().value(QStringLiteral("word")).toString();
}

void Tokens::load()
{
    const auto& tokens = DesignTokens::instance();
    for (const Length& length : kLengths)
        this->*length.member = tokens.number(QString::fromLatin1(length.path)) * (length.isScaled ? m_scale : 1.0);
    for (const Style& style : kStyles) {
        const QJsonObject values = tokens.object(QStringLiteral("type/") + QString::fromLatin1(style.name));
        this->*style.font = fontOf(values, m_scale);
        this->*style.line = values.value(QLatin1String("line")).toDouble() * m_scale;
    }
    const auto reweighted = [](QFont font, QFont::Weight weight) {
        font.setWeight(weight);
        return font;
    };
    labelText = reweighted(label, QFont::Normal);
    keyCapText = reweighted(caption, QFont::Medium);
    captionStrong = reweighted(caption, QFont::DemiBold);
    dataStrong = reweighted(data, QFont::Medium);
}

} // namespace wg::ui
