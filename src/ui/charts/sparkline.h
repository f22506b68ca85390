// SPDX-License-Identifier: GPL-3.0-or-later
// Sparkline: a small line without axes, a dot at its newest end, optionally an area under it. A gap is a break.
// Thread: GUI thread.
#pragma once

#include "ui/charts/canvas_item.h"
#include "ui/charts/samples.h"

#include <QPointF>

namespace wg::ui {

class Sparkline : public wg::ui::CanvasItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Samples samples READ samples WRITE setSamples NOTIFY samplesChanged)
    Q_PROPERTY(bool hasArea MEMBER m_hasArea NOTIFY samplesChanged)
    Q_PROPERTY(bool startsAtZero MEMBER m_startsAtZero NOTIFY samplesChanged) ///< else the smallest sample is the floor
    Q_PROPERTY(bool hasBaseline MEMBER m_hasBaseline NOTIFY samplesChanged)

public:
    explicit Sparkline(QQuickItem* parent = nullptr);
    [[nodiscard]] Samples samples() const { return m_samples; }
    void setSamples(const Samples& samples);

signals:
    void samplesChanged();

protected:
    void paint(QPainter& painter) override;

private:
    [[nodiscard]] std::vector<std::vector<QPointF>> runs() const;

    Samples m_samples;
    bool m_hasArea = false, m_startsAtZero = false, m_hasBaseline = false;
};

/// KPI ticks: a 2-px bar for each bucket that has something in it, as tall as its count against the largest.
class TickStrip : public wg::ui::CanvasItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Samples samples READ samples WRITE setSamples NOTIFY samplesChanged)
    Q_PROPERTY(QString hue MEMBER m_hue NOTIFY samplesChanged)

public:
    explicit TickStrip(QQuickItem* parent = nullptr);
    [[nodiscard]] Samples samples() const { return m_samples; }
    void setSamples(const Samples& samples);

signals:
    void samplesChanged();

protected:
    void paint(QPainter& painter) override;

private:
    Samples m_samples;
    QString m_hue = QStringLiteral("warn");
};

} // namespace wg::ui
