// SPDX-License-Identifier: GPL-3.0-or-later
// ChartPicture: all that one time chart shows, as a value: lines, stacked layers, bars, marks and both scales.
// Shape:  colours are roles (index of a chart series), resolved when drawn, so that a theme switch redraws the same picture.
// Units:  x in Unix milliseconds, y in the chart's own unit; NaN in a line is a missing sample and breaks it.
// Limits: at most kPoints points a line.
#pragma once

#include <QMetaType>
#include <QtQml/qqmlregistration.h>
#include <QString>

#include <memory>
#include <vector>

namespace wg::ui {

inline constexpr std::size_t kChartPoints = 600;
inline constexpr int kSlate = -1; ///< colour role of "N more"

struct ChartLine {
    std::vector<float> values; ///< one a bucket
    int series = 0;
    bool isDashed = false, isStepped = false, hasArea = false;
};

/// A layer of a stack: what lies between lower and upper.
struct ChartLayer {
    std::vector<float> lower, upper;
    int series = 0;
};

struct ChartBar { double wall = 0; double value = 0; /**< below zero hangs down */ int series = 0; };
struct ChartMark { double wall = 0; bool isResync = false; };
struct ChartTick { double at = 0; QString label; };

struct ChartPicture {
    double beginWall = 0, endWall = 1;
    double low = 0, high = 1;
    double firstWall = 0, stepMs = 1000; ///< of bucket 0, between buckets
    std::vector<ChartTick> xTicks, yTicks;
    std::vector<ChartLayer> layers;
    std::vector<ChartLine> lines;
    std::vector<ChartBar> bars;
    std::vector<ChartMark> marks;
};

/// A ChartPicture as one value that QML hands on without looking into it.
struct ChartPicturePtr {
    Q_GADGET
    QML_ANONYMOUS
public:
    ChartPicturePtr() = default;
    ChartPicturePtr(std::shared_ptr<const ChartPicture> from) : picture(std::move(from)) {}     // NOLINT: implicit by design
    ChartPicturePtr(const std::shared_ptr<ChartPicture>& from) : picture(from) {}               // NOLINT
    std::shared_ptr<const ChartPicture> picture;

    const ChartPicture* operator->() const { return picture.get(); }
    const ChartPicture& operator*() const { return *picture; }
    explicit operator bool() const { return picture != nullptr; }
    friend bool operator==(const ChartPicturePtr&, const ChartPicturePtr&) = default;
};

} // namespace wg::ui
