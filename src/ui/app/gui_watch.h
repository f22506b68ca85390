// SPDX-License-Identifier: GPL-3.0-or-later
// GuiWatch: how long the GUI thread was busy with one event, at the longest. It is what "the window hangs" means.
// Shape:  WatchedApplication measures every event that Qt delivers from the event loop (nested ones belong to their outer one).
// Units:  milliseconds. start-up does not count: the measure begins with arm(), after the first frame.
// Thread: GUI thread.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QString>

namespace wg::ui {

class GuiWatch
{
public:
    static constexpr double kLimitMs = 50;

    static GuiWatch& instance();
    void arm();
    /// Stops measuring: what follows is not the window's own work (a screenshot, the way out).
    void disarm() { m_isArmed = false; }
    [[nodiscard]] bool isArmed() const { return m_isArmed; }
    void record(double busyMs, const QObject* receiver, int eventType);

    [[nodiscard]] double longestMs() const { return m_longestMs; }
    [[nodiscard]] std::uint64_t overLimit() const { return m_overLimit; }
    /// Who was busy longest: class of the receiver and number of the event.
    [[nodiscard]] QString longestWhere() const { return m_longestWhere; }

private:
    double m_longestMs = 0;
    std::uint64_t m_overLimit = 0;
    QString m_longestWhere;
    bool m_isArmed = false;
};

class WatchedApplication : public QApplication
{
    Q_OBJECT
public:
    WatchedApplication(int& argc, char** argv) : QApplication(argc, argv) {}
    bool notify(QObject* receiver, QEvent* event) override;

private:
    int m_depth = 0;
};

} // namespace wg::ui
