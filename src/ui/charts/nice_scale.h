// SPDX-License-Identifier: GPL-3.0-or-later
// NiceScale: an upper end of 1, 2 or 5 times a power of ten, with two or three steps, that does not twitch.
// Rules:  it grows at once when data would leave the plot, and shrinks at most every 5 s.
// Shape:  a value per chart; niceTimeTicks() gives round minutes of UTC for an x scale.
#pragma once

#include "ui/charts/chart_picture.h"

#include <vector>

namespace wg::ui {

class NiceScale {
public:
    explicit NiceScale(double leastStep = 0) : m_leastStep(leastStep) {} ///< 1 for counts
    /// The scale for data whose largest value is this, at this time.
    void fit(double largest, double wallNow);
    [[nodiscard]] double high() const { return m_high; }
    [[nodiscard]] double step() const { return m_step; }
    /// Ticks from 0 to high: 0, 5, 10 or 0, 1 k, 2 k.
    [[nodiscard]] std::vector<ChartTick> ticks() const;

private:
    double m_leastStep, m_high = 0, m_step = 1, m_changedWall = 0;
};

/// 0, 250 k, 1.5 M: short enough for an axis.
[[nodiscard]] QString axisText(double value);
/// Four to six ticks at round times between begin and end, as HH:MM, or HH:MM:SS where they are closer than a minute.
[[nodiscard]] std::vector<ChartTick> niceTimeTicks(double beginWall, double endWall);

} // namespace wg::ui
