// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/nice_scale.h"

#include "ui/text/figures.h"

#include <array>
#include <cmath>

namespace wg::ui {

namespace {

constexpr double kHoldMs = 5000;
constexpr double kHeadroom = 1.04; ///< a line never touches the upper edge
constexpr double kMostSteps = 3;

double niceStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

void NiceScale::fit(double largest, double wallNow)
{
    const double wanted = std::max(largest, 1e-3) * kHeadroom;
    const double step = std::max(m_leastStep, niceStep(wanted / kMostSteps));
    // The upper end follows the data in half steps, so that the plot is used well while ticks stay round.
    const double high = std::ceil(wanted / (step / 2)) * (step / 2);
    const bool isTooSmall = wanted > m_high;
    const bool mayShrink = high < m_high && wallNow - m_changedWall >= kHoldMs;
    if (!isTooSmall && !mayShrink)
        return;
    m_high = high;
    m_step = step;
    m_changedWall = wallNow;
}

std::vector<ChartTick> NiceScale::ticks() const
{
    std::vector<ChartTick> ticks;
    for (double at = 0; at <= m_high * (1 + 1e-9); at += m_step)
        ticks.push_back({at, axisText(at)});
    return ticks;
}

QString axisText(double value)
{
    const auto scaled = [](double number, const char* unit) {
        return QString::number(number, 'g', 3) + QLatin1Char(' ') + QLatin1String(unit);
    };
    if (value >= 1e9)
        return scaled(value / 1e9, "G");
    if (value >= 1e6)
        return scaled(value / 1e6, "M");
    if (value >= 1e3)
        return scaled(value / 1e3, "k");
    return QString::number(value, 'g', 3);
}

std::vector<ChartTick> niceTimeTicks(double beginWall, double endWall)
{
    constexpr std::array kStepsS = {10.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0};
    constexpr double kFewest = 4, kMinuteS = 60;
    double stepS = kStepsS.front();
    for (const double candidate : kStepsS)
        if ((endWall - beginWall) / 1000 / candidate >= kFewest)
            stepS = candidate;
    std::vector<ChartTick> ticks;
    for (double at = std::ceil(beginWall / 1000 / stepS) * stepS; at * 1000 <= endWall; at += stepS) {
        const QString full = clockSecondsText(at * 1000);
        ticks.push_back({at * 1000, stepS < kMinuteS ? full : full.left(5)});
    }
    return ticks;
}

} // namespace wg::ui
