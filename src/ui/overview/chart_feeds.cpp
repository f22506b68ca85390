// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/chart_feeds.h"

#include "ui/text/figures.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace wg::ui {

namespace {

using engine::SeriesFrame;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kStackShown = 6, kLegendNamed = 3, kStackBuckets = 200;
constexpr double kBelowZero = 0.27; ///< share of the plot under the zero line for what was dropped
constexpr int kNewSeries = 4, kDroppedSeries = 6, kP95Series = 1, kP99Series = 6;
constexpr std::size_t kFewestBins = 8;
constexpr double kLegendRoom = 30; ///< swatch and gaps of one legend entry

float largestOf(const std::vector<float>& values)
{
    float largest = 0;
    for (const float value : values)
        if (value > largest) // false for NaN
            largest = value;
    return largest;
}

double sumOf(const std::vector<float>& values)
{
    double sum = 0;
    for (const float value : values)
        if (!std::isnan(value))
            sum += value;
    return sum;
}

/// Means of so many neighbours each; a group of missing samples is missing.
std::vector<float> thinned(const std::vector<float>& values, std::size_t group)
{
    std::vector<float> means;
    means.reserve(values.size() / group + 1);
    for (std::size_t i = 0; i < values.size(); i += group) {
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t k = i; k < std::min(values.size(), i + group); ++k)
            if (!std::isnan(values[k])) {
                sum += values[k];
                ++count;
            }
        means.push_back(count == 0 ? kNaN : static_cast<float>(sum / static_cast<double>(count)));
    }
    return means;
}

std::shared_ptr<ChartPicture> timePicture(const SeriesFrame& frame)
{
    auto picture = std::make_shared<ChartPicture>();
    picture->stepMs = frame.stepS * 1000;
    picture->beginWall = frame.beginWall;
    picture->endWall = frame.beginWall + std::max<double>(1, static_cast<double>(frame.count)) * picture->stepMs;
    picture->firstWall = frame.beginWall + picture->stepMs / 2;
    picture->xTicks = niceTimeTicks(picture->beginWall, picture->endWall);
    return picture;
}

void addMarks(const SeriesFrame& frame, ChartPicture& picture)
{
    for (const auto& row : frame.annotations)
        if (row.kind != sync::MarkerKind::Resynced && row.kind != sync::MarkerKind::Requested)
            picture.marks.push_back({row.atWall, false});
}

bool hasSample(const std::vector<float>& values)
{
    return std::any_of(values.begin(), values.end(), [](float value) { return !std::isnan(value); });
}

QString wholeText(double value) { return countText(static_cast<std::uint64_t>(std::llround(std::max(0.0, value)))); }

} // namespace

QVariantMap legendEntry(const QString& text, const QString& value, int series, const char* shape)
{
    return {{QStringLiteral("text"), text}, {QStringLiteral("value"), value}, {QStringLiteral("series"), series},
            {QStringLiteral("shape"), QString::fromLatin1(shape)}};
}

float newest(const std::vector<float>& values)
{
    for (auto it = values.rbegin(); it != values.rend(); ++it)
        if (!std::isnan(*it))
            return *it;
    return kNaN;
}

ChartPicturePtr ChartFeeds::connections(const SeriesFrame& frame)
{
    auto picture = timePicture(frame);
    m_connectionScale.fit(largestOf(frame.active), picture->endWall);
    picture->high = m_connectionScale.high();
    picture->low = -kBelowZero * picture->high;
    picture->yTicks = m_connectionScale.ticks();
    if (hasSample(frame.active))
        picture->lines.push_back({frame.active, 0, false, true, true});
    for (std::size_t i = 0; i < frame.count; ++i) {
        const double wall = picture->firstWall + static_cast<double>(i) * picture->stepMs;
        if (i < frame.opened.size() && frame.opened[i] > 0)
            picture->bars.push_back({wall, frame.opened[i], kNewSeries});
        if (i < frame.dropped.size() && frame.dropped[i] > 0)
            picture->bars.push_back({wall, -frame.dropped[i], kDroppedSeries});
    }
    return picture;
}

void ChartFeeds::makeRateLegend(const std::vector<const SeriesFrame::PerWatch*>& ranked, double width)
{
    const QFontMetricsF metrics(Tokens::instance()->captionStrong);
    const auto now = [](const SeriesFrame::PerWatch& watch) {
        return watch.rate.empty() || std::isnan(watch.rate.back()) ? 0.0 : static_cast<double>(watch.rate.back());
    };
    for (std::size_t named = std::min(kLegendNamed, ranked.size());; --named) {
        m_rateLegend.clear();
        double rest = 0;
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            if (i < named)
                m_rateLegend.append(legendEntry(visible(ranked[i]->name), wholeText(now(*ranked[i])), m_colors.seriesOf(ranked[i]->name), "square"));
            else
                rest += now(*ranked[i]);
        }
        if (named < ranked.size())
            m_rateLegend.append(legendEntry(QCoreApplication::translate("ChartFeeds", "%1 more").arg(ranked.size() - named), wholeText(rest), kSlate, "square"));
        double needed = 0;
        for (const QVariant& entry : m_rateLegend)
            needed += metrics.horizontalAdvance(entry.toMap().value(QStringLiteral("text")).toString())
                + metrics.horizontalAdvance(entry.toMap().value(QStringLiteral("value")).toString())
                + kLegendRoom * Tokens::instance()->scale();
        if (needed <= width || named <= 1)
            return;
    }
}

ChartPicturePtr ChartFeeds::rates(const SeriesFrame& frame, double legendWidth)
{
    auto picture = timePicture(frame);
    const std::size_t group = std::max<std::size_t>(1, (frame.count + kStackBuckets - 1) / kStackBuckets);
    picture->stepMs *= static_cast<double>(group);
    picture->firstWall = frame.beginWall + picture->stepMs / 2;
    std::vector<const SeriesFrame::PerWatch*> ranked;
    for (const auto& watch : frame.rates)
        ranked.push_back(&watch);
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto* a, const auto* b) { return sumOf(a->rate) > sumOf(b->rate); });
    makeRateLegend(ranked, legendWidth);

    std::vector<float> floor((frame.count + group - 1) / group, 0.f);
    std::vector<float> rest(floor.size(), kNaN);
    const auto push = [&](const std::vector<float>& rate, int series) {
        ChartLayer layer{floor, std::vector<float>(floor.size(), kNaN), series};
        for (std::size_t i = 0; i < floor.size() && i < rate.size(); ++i)
            if (!std::isnan(rate[i]))
                layer.upper[i] = floor[i] += rate[i];
        if (hasSample(layer.upper))
            picture->layers.push_back(std::move(layer));
    };
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        const auto rate = thinned(ranked[i]->rate, group);
        if (i < kStackShown) {
            push(rate, m_colors.seriesOf(ranked[i]->name));
            continue;
        }
        for (std::size_t k = 0; k < rest.size() && k < rate.size(); ++k)
            if (!std::isnan(rate[k]))
                rest[k] = (std::isnan(rest[k]) ? 0 : rest[k]) + rate[k];
    }
    if (hasSample(rest))
        push(rest, kSlate);
    m_rateScale.fit(floor.empty() ? 0 : *std::max_element(floor.begin(), floor.end()), picture->endWall);
    picture->high = m_rateScale.high();
    picture->yTicks = m_rateScale.ticks();
    addMarks(frame, *picture);
    return picture;
}

ChartPicturePtr ChartFeeds::latency(const SeriesFrame& frame)
{
    auto picture = timePicture(frame);
    m_latencyScale.fit(std::max({largestOf(frame.p50), largestOf(frame.p95), largestOf(frame.p99)}), picture->endWall);
    picture->high = m_latencyScale.high();
    picture->yTicks = m_latencyScale.ticks();
    if (hasSample(frame.p50)) {
        picture->lines.push_back({frame.p50, 0, false, false, true});
        picture->lines.push_back({frame.p95, kP95Series, false, false, false});
        picture->lines.push_back({frame.p99, kP99Series, true, false, false});
    }
    addMarks(frame, *picture);
    return picture;
}

SizePicturePtr ChartFeeds::sizes(const SeriesFrame& frame, double wallNow)
{
    auto picture = std::make_shared<SizePicture>();
    const auto isFull = [](std::uint64_t count) { return count > 0; };
    const auto first = std::find_if(frame.sizeBins.begin(), frame.sizeBins.end(), isFull);
    if (first == frame.sizeBins.end())
        return picture;
    const auto last = std::find_if(frame.sizeBins.rbegin(), frame.sizeBins.rend(), isFull).base();
    auto from = static_cast<std::size_t>(first - frame.sizeBins.begin());
    auto until = static_cast<std::size_t>(last - frame.sizeBins.begin());
    while (until - from < kFewestBins && until < frame.sizeBins.size()) {
        ++until;
        if (until - from < kFewestBins && from > 0)
            --from;
    }
    double largest = 0;
    for (std::size_t i = from; i < until; ++i) {
        const auto bytes = std::uint64_t{1} << i;
        const QString label = bytes < 1024 ? QString::number(bytes)
            : bytes < 1024 * 1024 ? QString::number(bytes / 1024) + QStringLiteral(" k") : QString::number(bytes / 1024 / 1024) + QStringLiteral(" M");
        picture->bins.push_back({label, static_cast<double>(frame.sizeBins[i])});
        largest = std::max(largest, static_cast<double>(frame.sizeBins[i]));
    }
    m_sizeScale.fit(largest, wallNow);
    picture->high = m_sizeScale.high();
    picture->yTicks = m_sizeScale.ticks();
    const auto mark = [&](const char* name, double bytes) {
        if (bytes >= 1)
            picture->marks.push_back({QLatin1String(name) + QLatin1Char(' ') + sizeText(static_cast<std::uint64_t>(bytes)),
                                      std::log2(bytes) - static_cast<double>(from)});
    };
    mark("p50", frame.sizeP50);
    mark("p95", frame.sizeP95);
    return picture;
}

LanesPicturePtr ChartFeeds::lanes(const SeriesFrame& frame) const
{
    auto picture = std::make_shared<LanesPicture>();
    picture->beginWall = frame.beginWall;
    picture->endWall = frame.beginWall + std::max<double>(1, static_cast<double>(frame.count)) * frame.stepS * 1000;
    picture->xTicks = niceTimeTicks(picture->beginWall, picture->endWall);
    std::vector<const SeriesFrame::Lifetime*> sorted;
    for (const auto& life : frame.lifetimes)
        sorted.push_back(&life);
    // Those that came and went most stand first.
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->reconnects.size() > b->reconnects.size(); });
    for (const auto* life : sorted) {
        const bool isDown = !life->stretches.empty() && life->stretches.back().phase == SeriesFrame::Phase::Down;
        QString up = ageText(life->upS);
        if (isDown) {
            // "down 7 m": the second unit is left out, the column is narrow.
            const QStringList words = ageText((life->stretches.back().to - life->stretches.back().from) / 1000).split(QLatin1Char(' '));
            up = QCoreApplication::translate("ChartFeeds", "down %1").arg(words.mid(0, 2).join(QLatin1Char(' ')));
        }
        picture->lanes.push_back({visible(life->name), up, countText(life->reconnects.size()), life->stretches,
                                  {life->reconnects.begin(), life->reconnects.end()}});
    }
    return picture;
}

} // namespace wg::ui
