// SPDX-License-Identifier: GPL-3.0-or-later
// EventTable: the visible rows of the event log as a list model, and where in the log they are.
// Shape:  the model has as many rows as fit on screen; scrolling changes which ones they are. The place is kept by
//         Sequence, so it stays on the same events while rows come, are evicted or are found by a scan.
// Rules:  following: the end is shown, and moves. Paused: rows that came later are not shown, only counted.
// Limits: one dataChanged per refresh(), which the owner calls at most every 50 ms.
// Thread: GUI thread.
#pragma once

#include "ui/events/event_cells.h"
#include "ui/events/row_space.h"
#include "ui/events/watch_names.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace wg::ui {

class EventTable : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an EventsView")
    Q_PROPERTY(int capacity READ capacity WRITE setCapacity NOTIFY capacityChanged) ///< whole rows that fit
    Q_PROPERTY(double total READ total NOTIFY moved)
    Q_PROPERTY(double top READ top NOTIFY moved)
    Q_PROPERTY(int selectedRow READ selectedRow NOTIFY selectionChanged) ///< -1: none, or off screen
    Q_PROPERTY(bool hasSelection READ hasSelection NOTIFY selectionChanged)

public:
    enum Role {
        IsMarkerRole = Qt::UserRole + 1, IsQuietRole, TimeQuietRole, TimeLoudRole, ConnectionRole, TypeRole, KeyRole,
        VersionRole, DeltaRole, DeltaIconRole, DeltaHueRole, SizeRole, LatencyRole, IsSlowRole, SummaryRole,
        MarkerTitleRole, MarkerIconRole, MarkerHueRole, IsSelectedRole
    };
    /// Rows left free under the last one while paused, for the pill.
    static constexpr std::uint64_t kFreeRows = 2;

    explicit EventTable(QObject* parent = nullptr);

    /// Everything the table reads; must outlive it.
    void attach(const events::EventLog& log, const WatchNames& names);
    void setView(std::shared_ptr<events::FilteredView> view);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int capacity() const { return m_capacity; }
    void setCapacity(int rows);
    [[nodiscard]] double total() const { return static_cast<double>(m_total); }
    [[nodiscard]] double top() const { return static_cast<double>(m_top); }
    [[nodiscard]] bool hasSelection() const { return m_selected.has_value(); }
    [[nodiscard]] std::optional<events::Sequence> selected() const { return m_selected; }
    [[nodiscard]] int selectedRow() const;

    /// Paused: rows from end on are not shown.
    void pauseAt(events::Sequence end);
    void follow();
    /// One past the newest row that is shown.
    [[nodiscard]] events::Sequence end() const;
    [[nodiscard]] bool isFollowing() const { return !m_pausedEnd; }
    /// Rows that came while paused and would be shown.
    [[nodiscard]] std::uint64_t backlog() const;

    /// Reads what is on screen again.
    void refresh();

    // Moving by hand; the owner pauses first.
    void scrollTo(double top);
    void scrollBy(double rows);
    void select(std::optional<events::Sequence> sequence);
    void selectRow(int row);
    /// Moves the selection by rows (from the last visible row where there is none) and shows it.
    void moveSelection(qint64 rows);
    void selectFirst();
    void selectLast();
    /// Shows a row in the middle, without selecting it.
    void reveal(events::Sequence sequence);
    [[nodiscard]] std::optional<events::Sequence> sequenceAt(int row) const;
    /// Unix milliseconds of the first and the last row on screen; 0 where there is none.
    [[nodiscard]] double firstWallMs() const { return m_firstWallMs; }
    [[nodiscard]] double lastWallMs() const { return m_lastWallMs; }

signals:
    void capacityChanged();
    void moved();
    void selectionChanged();

private:
    [[nodiscard]] std::uint64_t highestTop() const;
    void setTop(std::uint64_t top);
    void load();
    void showIndex(std::uint64_t index);

    const events::EventLog* m_log = nullptr;
    const WatchNames* m_names = nullptr;
    std::optional<RowSpace> m_space;
    std::vector<EventCells> m_cells;
    std::vector<events::Sequence> m_shown;
    std::optional<events::Sequence> m_pausedEnd, m_selected, m_anchor;
    std::shared_ptr<const WatchNames::Map> m_namesShown;
    std::uint64_t m_total = 0, m_top = 0;
    int m_capacity = 0;
    double m_firstWallMs = 0, m_lastWallMs = 0;
    double m_remainder = 0; ///< of a wheel that moves by less than a row
};

} // namespace wg::ui
