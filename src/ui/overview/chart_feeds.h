// SPDX-License-Identifier: GPL-3.0-or-later
// ChartFeeds: from a SeriesFrame of the engine to what each chart of the Overview draws.
// Shape:  one function a chart; scales and colours are remembered between calls so that charts do not twitch.
// Limits: the stack shows six connections and the sum of the rest; it is thinned to at most 200 buckets by their means.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"
#include "ui/charts/chart_picture.h"
#include "ui/charts/lanes_item.h"
#include "ui/charts/nice_scale.h"
#include "ui/charts/size_chart_item.h"
#include "ui/overview/color_book.h"

#include <QVariantList>

namespace wg::ui {

class ChartFeeds {
public:
    [[nodiscard]] ChartPicturePtr connections(const engine::SeriesFrame& frame);
    [[nodiscard]] ChartPicturePtr rates(const engine::SeriesFrame& frame, double legendWidth);
    [[nodiscard]] ChartPicturePtr latency(const engine::SeriesFrame& frame);
    [[nodiscard]] SizePicturePtr sizes(const engine::SeriesFrame& frame, double wallNow);
    [[nodiscard]] LanesPicturePtr lanes(const engine::SeriesFrame& frame) const;

    /// Legend entries { text, value, series, shape } of the stack by the last rates(): at most three by name, as fit, then "N more".
    [[nodiscard]] const QVariantList& rateLegend() const { return m_rateLegend; }
    [[nodiscard]] int seriesOf(const std::string& name) { return m_colors.seriesOf(name); }

private:
    /// Names and newest rates, largest first, in no more than that width.
    void makeRateLegend(const std::vector<const engine::SeriesFrame::PerWatch*>& ranked, double width);

    ColorBook m_colors;
    NiceScale m_connectionScale{1}, m_rateScale, m_latencyScale, m_sizeScale{1};
    QVariantList m_rateLegend;
};

/// One entry of a legend or of a chart's tooltip. shape: line, dash, up, down, square.
[[nodiscard]] QVariantMap legendEntry(const QString& text, const QString& value, int series, const char* shape);
/// The newest sample that is there, or NaN.
[[nodiscard]] float newest(const std::vector<float>& values);

} // namespace wg::ui
