// SPDX-License-Identifier: GPL-3.0-or-later
// DensityStrip: how many events came when, over the window's time range, as bars: all of them, and those that match.
// Rules:  gaps are dotted lines with a triangle; the bracket shows what the table has on screen. A click goes there.
// Units:  logical pixels; one bar is a whole number of seconds.
// Thread: GUI thread; painted once a second, and when the table moves.
#pragma once

#include "ui/events/events_view.h"

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <vector>

namespace wg::ui {

class DensityStrip : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::EventsView* view READ view WRITE setView NOTIFY viewChanged REQUIRED)
    Q_PROPERTY(QString hoverText READ hoverText NOTIFY hoverChanged) ///< 14:21:35, 412 events, 31 match
    Q_PROPERTY(double hoverX READ hoverX NOTIFY hoverChanged)
    Q_PROPERTY(QString summary READ summary NOTIFY sampled)          ///< for screen readers

public:
    explicit DensityStrip(QQuickItem* parent = nullptr);

    [[nodiscard]] EventsView* view() const { return m_view; }
    void setView(EventsView* view);
    [[nodiscard]] const QString& hoverText() const { return m_hoverText; }
    [[nodiscard]] double hoverX() const { return m_hoverX; }
    [[nodiscard]] const QString& summary() const { return m_summary; }

    void paint(QPainter* painter) override;
    Q_INVOKABLE void hoverAt(double x); ///< below 0: nowhere
    Q_INVOKABLE void goTo(double x);

signals:
    void viewChanged();
    void hoverChanged();
    void sampled();

private:
    void sample();
    [[nodiscard]] double xOf(double wallMs) const;
    [[nodiscard]] double plotWidth() const;
    void paintAxes(QPainter& painter, double peak) const;
    void paintBars(QPainter& painter, double peak) const;
    void paintGaps(QPainter& painter) const;
    void paintBracket(QPainter& painter) const;

    EventsView* m_view = nullptr;
    std::vector<std::uint32_t> m_all, m_matching;
    std::int64_t m_beginS = 0, m_stepS = 1;
    std::vector<double> m_gapsMs;
    QString m_hoverText, m_summary;
    double m_hoverX = -1;
};

} // namespace wg::ui
