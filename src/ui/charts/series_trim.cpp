// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/series_trim.h"

#include <algorithm>
#include <cmath>

namespace wg::ui {

namespace {

constexpr double kLeastS = 60;

std::size_t firstSample(const std::vector<float>& values)
{
    const auto found = std::find_if(values.begin(), values.end(), [](float value) { return !std::isnan(value); });
    return static_cast<std::size_t>(found - values.begin());
}

} // namespace

std::shared_ptr<const engine::SeriesFrame> trimmedToData(const std::shared_ptr<const engine::SeriesFrame>& frame)
{
    if (!frame || frame->count == 0 || frame->stepS <= 0)
        return frame;
    const std::size_t least = std::min(frame->count, static_cast<std::size_t>(std::ceil(kLeastS / frame->stepS)));
    std::size_t cut = frame->count - least;
    for (const auto* values : {&frame->active, &frame->total, &frame->ownCpu})
        if (!values->empty())
            cut = std::min(cut, firstSample(*values));
    if (cut == 0)
        return frame;
    auto trimmed = std::make_shared<engine::SeriesFrame>(*frame);
    const auto drop = [cut](std::vector<float>& values) {
        values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(cut, values.size())));
    };
    for (auto* values : {&trimmed->active, &trimmed->opened, &trimmed->dropped, &trimmed->gaps, &trimmed->errors, &trimmed->handshakeRate,
                         &trimmed->p50, &trimmed->p95, &trimmed->p99, &trimmed->total, &trimmed->ownCpu, &trimmed->ownRssMb,
                         &trimmed->ownFds, &trimmed->ownNetInMBs})
        drop(*values);
    for (auto& watch : trimmed->rates)
        drop(watch.rate);
    trimmed->count -= cut;
    trimmed->beginWall += static_cast<double>(cut) * trimmed->stepS * 1000;
    return trimmed;
}

} // namespace wg::ui
