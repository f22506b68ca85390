// SPDX-License-Identifier: GPL-3.0-or-later
// EventsView: the Events page. Table, filter, chosen connections, pause, markers and inspector, joined to the engine.
// Rules:  an invalid filter keeps the last valid result on screen. Selecting or scrolling by hand pauses the window (the
//         shell's own switch), so that what one looks at stays; Resume goes back to the end.
// Limits: at most one refresh in kRefreshMs while following; scans run on a pool thread (LogScan).
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"
#include "ui/events/connection_choice.h"
#include "ui/events/event_detail.h"
#include "ui/events/event_query.h"
#include "ui/events/event_table.h"
#include "ui/events/log_scan.h"

#include <QElapsedTimer>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class EventsView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(wg::ui::EventTable* table READ table CONSTANT)
    Q_PROPERTY(wg::ui::EventDetail* detail READ detail CONSTANT)
    Q_PROPERTY(wg::ui::ConnectionChoice* connections READ connections CONSTANT)
    Q_PROPERTY(bool isActive READ isActive WRITE setActive NOTIFY activeChanged) ///< on screen
    Q_PROPERTY(bool isPaused READ isPaused NOTIFY pausedChanged)
    Q_PROPERTY(QString backlogText READ backlogText NOTIFY figuresChanged) ///< 1,284 new events

    Q_PROPERTY(QString filterText READ filterText WRITE setFilterText NOTIFY filterChanged)
    Q_PROPERTY(QString filterProblem READ filterProblem NOTIFY filterChanged) ///< empty: valid
    Q_PROPERTY(int filterColumn READ filterColumn NOTIFY filterChanged)       ///< of the problem, from 1
    Q_PROPERTY(QString matchText READ matchText NOTIFY figuresChanged)        ///< 71,322 of 1,648,220 match
    Q_PROPERTY(bool isMarkersShown READ isMarkersShown WRITE setMarkersShown NOTIFY queryChanged)
    Q_PROPERTY(bool isGapsOnly READ isGapsOnly WRITE setGapsOnly NOTIFY queryChanged)
    Q_PROPERTY(bool isSlowOnly READ isSlowOnly WRITE setSlowOnly NOTIFY queryChanged)
    Q_PROPERTY(bool isFaultsOnly READ isFaultsOnly WRITE setFaultsOnly NOTIFY queryChanged)
    Q_PROPERTY(bool isFiltered READ isFiltered NOTIFY queryChanged)

    Q_PROPERTY(QString emptyText READ emptyText NOTIFY figuresChanged)     ///< empty: there are rows
    Q_PROPERTY(QString emptyDetail READ emptyDetail NOTIFY figuresChanged) ///< why nothing comes, where that is known
    Q_PROPERTY(QString pinnedTitle READ pinnedTitle NOTIFY pinnedChanged)  ///< the newest resync
    Q_PROPERTY(QString pinnedText READ pinnedText NOTIFY pinnedChanged)

public:
    static constexpr qint64 kRefreshMs = 90;

    explicit EventsView(QObject* parent = nullptr);
    ~EventsView() override;

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] EventTable* table() { return &m_table; }
    [[nodiscard]] EventDetail* detail() { return &m_detail; }
    [[nodiscard]] ConnectionChoice* connections() { return &m_connections; }
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void setActive(bool isActive);
    [[nodiscard]] bool isPaused() const { return !m_table.isFollowing(); }
    [[nodiscard]] QString backlogText() const;

    [[nodiscard]] const QString& filterText() const { return m_filterText; }
    void setFilterText(const QString& text);
    [[nodiscard]] const QString& filterProblem() const { return m_filterProblem; }
    [[nodiscard]] int filterColumn() const { return m_filterColumn; }
    [[nodiscard]] QString matchText() const;
    [[nodiscard]] bool isMarkersShown() const { return m_query.isMarkersShown; }
    void setMarkersShown(bool isShown) { set(m_query.isMarkersShown, isShown); }
    [[nodiscard]] bool isGapsOnly() const { return m_query.isGapsOnly; }
    void setGapsOnly(bool isOnly) { set(m_query.isGapsOnly, isOnly); }
    [[nodiscard]] bool isSlowOnly() const { return m_query.isSlowOnly; }
    void setSlowOnly(bool isOnly) { set(m_query.isSlowOnly, isOnly); }
    [[nodiscard]] bool isFaultsOnly() const { return m_query.isFaultsOnly; }
    void setFaultsOnly(bool isOnly) { set(m_query.isFaultsOnly, isOnly); }
    [[nodiscard]] bool isFiltered() const { return !m_query.isEverything(); }
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] QString emptyDetail() const;
    [[nodiscard]] const QString& pinnedTitle() const { return m_pinnedTitle; }
    [[nodiscard]] const QString& pinnedText() const { return m_pinnedText; }

    Q_INVOKABLE void resume();
    Q_INVOKABLE void clearFilter(); ///< text, chips and connections
    // Moving by hand: each of these pauses.
    Q_INVOKABLE void select(int row);
    Q_INVOKABLE void move(int rows);
    Q_INVOKABLE void movePage(int pages);
    Q_INVOKABLE void moveToFirst();
    Q_INVOKABLE void moveToLast();
    Q_INVOKABLE bool moveToMarker(bool isForward); ///< false: there is none that way
    Q_INVOKABLE void scrollBy(double rows);
    Q_INVOKABLE void scrollTo(double top);
    Q_INVOKABLE void scrollToTime(double wallMs);
    Q_INVOKABLE void deselect();
    /// The sentence that a notice may show, empty when there is no selection.
    Q_INVOKABLE QString copyKey();
    Q_INVOKABLE QString copyRow();
    Q_INVOKABLE void filterByKey(bool isIncluded);
    /// Asks the Resources page to show the selected event's key.
    Q_INVOKABLE void openResource();

    /// Sums of all and of matching events over equal steps (the histogram).
    [[nodiscard]] std::vector<std::uint32_t> allSums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const;
    [[nodiscard]] std::vector<std::uint32_t> matchSums(std::int64_t beginS, std::int64_t stepS, std::size_t count) const;
    /// Looks again now (tests; the clock does it otherwise). isWhole: finishes running scans first.
    void refresh(bool isWhole = false);

signals:
    void sessionChanged();
    void activeChanged();
    void pausedChanged();
    void figuresChanged();
    void filterChanged();
    void queryChanged();
    void pinnedChanged();

private:
    void set(bool& option, bool value);
    void tick();
    void applyQuery();
    void applyPause();
    void takeWantedFilter();
    void pause();
    void readPublication();
    void showSelected();

    Session* m_session = nullptr;
    std::shared_ptr<WatchNames> m_names = std::make_shared<WatchNames>();
    ConnectionChoice m_connections;
    EventTable m_table;
    EventDetail m_detail;
    EventQuery m_query;
    QString m_filterText, m_filterProblem;
    int m_filterColumn = 0;
    std::shared_ptr<SecondBins> m_allBins, m_matchBins;
    std::shared_ptr<events::FilteredView> m_survey, m_view;
    LogScan m_scan;
    QString m_pinnedTitle, m_pinnedText;
    double m_pinnedAt = 0;
    QElapsedTimer m_sinceRefresh;
    std::uint64_t m_cleared = 0;
    bool m_isActive = true;
};

} // namespace wg::ui
