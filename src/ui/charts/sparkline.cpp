// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/sparkline.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace wg::ui {

namespace {

constexpr double kDotRadius = 2, kInset = 4, kTickWidth = 2, kTickFloor = 0.5, kPointPitch = 1.5;

/// At most so many samples, each the mean of its neighbours; a group without any sample is missing.
std::vector<float> thinned(const std::vector<float>& values, double most)
{
    const auto group = static_cast<std::size_t>(std::max(1.0, std::ceil(static_cast<double>(values.size()) / std::max(1.0, most))));
    std::vector<float> means;
    for (std::size_t i = 0; i < values.size(); i += group) {
        double sum = 0, count = 0;
        for (std::size_t k = i; k < std::min(values.size(), i + group); ++k)
            if (!std::isnan(values[k])) {
                sum += values[k];
                ++count;
            }
        means.push_back(count == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(sum / count));
    }
    return means;
}

} // namespace

Sparkline::Sparkline(QQuickItem* parent) : CanvasItem(parent)
{
    connect(this, &Sparkline::samplesChanged, this, [this] { repaint(); });
}

void Sparkline::setSamples(const Samples& samples)
{
    if (samples == m_samples)
        return;
    m_samples = samples;
    emit samplesChanged();
}

std::vector<std::vector<QPointF>> Sparkline::runs() const
{
    const auto values = thinned(*m_samples.values, width() / kPointPitch);
    float low = INFINITY, high = -INFINITY;
    for (const float value : values)
        if (!std::isnan(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    if (m_startsAtZero)
        low = std::min(low, 0.f);
    const double span = high > low ? high - low : 1;
    const double top = kInset, bottom = height() - kInset;
    // The line stops short of the right edge so that its dot is whole.
    const double right = width() - kInset, count = static_cast<double>(values.size());
    const auto toY = [&](float value) { return high > low ? bottom - (value - low) / span * (bottom - top) : (top + bottom) / 2; };
    std::vector<std::vector<QPointF>> all(1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) {
            if (!all.back().empty())
                all.emplace_back();
            continue;
        }
        all.back().emplace_back(count < 2 ? right : right * static_cast<double>(i) / (count - 1), toY(values[i]));
    }
    if (all.back().empty())
        all.pop_back();
    return all;
}

void Sparkline::paint(QPainter& painter)
{
    const auto* theme = Theme::instance();
    if (m_hasBaseline) {
        painter.setPen(QPen(theme->chartAxis, 1));
        painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
    }
    if (m_samples.isEmpty())
        return;
    const QColor ink = theme->series(0);
    const auto lines = runs();
    for (const auto& line : lines) {
        if (m_hasArea && line.size() > 1) {
            QLinearGradient fade(0, 0, 0, height());
            QColor top = ink, bottom = ink;
            top.setAlphaF(static_cast<float>(theme->chartAreaTop));
            bottom.setAlphaF(static_cast<float>(theme->chartAreaBottom));
            fade.setColorAt(0, top);
            fade.setColorAt(1, bottom);
            QPolygonF area(QList<QPointF>(line.begin(), line.end()));
            area << QPointF(line.back().x(), height()) << QPointF(line.front().x(), height());
            painter.setPen(Qt::NoPen);
            painter.setBrush(fade);
            painter.drawPolygon(area);
        }
        painter.setPen(QPen(ink, theme->chartLineWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        for (std::size_t i = 1; i < line.size(); ++i)
            painter.drawLine(line[i - 1], line[i]);
    }
    // A dot says "now": it is drawn only where the newest sample is there.
    if (!lines.empty() && !std::isnan(m_samples.values->back())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(lines.back().back(), kDotRadius, kDotRadius);
    }
}

TickStrip::TickStrip(QQuickItem* parent) : CanvasItem(parent)
{
    connect(this, &TickStrip::samplesChanged, this, [this] { repaint(); });
}

void TickStrip::setSamples(const Samples& samples)
{
    if (samples == m_samples)
        return;
    m_samples = samples;
    emit samplesChanged();
}

void TickStrip::paint(QPainter& painter)
{
    const auto* theme = Theme::instance();
    painter.setPen(QPen(theme->chartAxis, 1));
    painter.drawLine(QPointF(0, height() - 0.5), QPointF(width(), height() - 0.5));
    if (m_samples.isEmpty())
        return;
    // Ticks of neighbouring buckets that fall on one place are drawn as one, their counts added.
    const auto places = static_cast<std::size_t>(std::max(1.0, width() / (kTickWidth + 1)));
    std::vector<double> sums(places, 0);
    const auto& values = *m_samples.values;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] > 0)
            sums[std::min(places - 1, i * places / values.size())] += values[i];
    const double largest = *std::max_element(sums.begin(), sums.end());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme->property("hue").toMap().value(m_hue).toMap().value(QStringLiteral("fg")).value<QColor>());
    const double full = height() - 1;
    for (std::size_t i = 0; i < places; ++i) {
        if (sums[i] <= 0)
            continue;
        const double tall = full * std::max(kTickFloor, sums[i] / largest);
        painter.drawRoundedRect(QRectF(static_cast<double>(i) * (kTickWidth + 1), full - tall, kTickWidth, tall), 1, 1);
    }
}

} // namespace wg::ui
