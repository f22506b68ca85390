// SPDX-License-Identifier: GPL-3.0-or-later
// ResourcesView: the Resources page. One watch: its sync machine, the keys of its local copy, and one of them in full.
// Shape:  the page asks the engine for the rows on screen (QueryResources) and for one item (QueryItem); answers come with
//         the publications. While the window is paused only answers to new questions are taken.
// Limits: a question names at most the rows on screen; questions are posted once per turn of the event loop.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"
#include "ui/json/payload_view.h"
#include "ui/resources/resource_table.h"
#include "ui/resources/strip_model.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class ResourcesView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(wg::ui::ResourceTable* table READ table CONSTANT)
    Q_PROPERTY(wg::ui::StripModel* strip READ strip CONSTANT)
    Q_PROPERTY(wg::ui::PayloadView* payload READ payload CONSTANT)
    Q_PROPERTY(bool isActive READ isActive WRITE setActive NOTIFY activeChanged)

    Q_PROPERTY(QStringList watchNames READ watchNames NOTIFY watchesChanged)
    Q_PROPERTY(int watchIndex READ watchIndex WRITE setWatchIndex NOTIFY watchChanged)
    Q_PROPERTY(QString scopeDetail READ scopeDetail NOTIFY figuresChanged) ///< orders, 1,312 keys
    Q_PROPERTY(QString stateName READ stateName NOTIFY figuresChanged)
    Q_PROPERTY(QString transportName READ transportName NOTIFY figuresChanged) ///< ws sse ndjson longpoll poll
    Q_PROPERTY(QString transportWord READ transportWord NOTIFY figuresChanged)
    Q_PROPERTY(QString localVersion READ localVersion NOTIFY figuresChanged)
    Q_PROPERTY(QString serverVersion READ serverVersion NOTIFY figuresChanged) ///< dash where not known
    Q_PROPERTY(QString behindText READ behindText NOTIFY figuresChanged)
    Q_PROPERTY(QString why READ why NOTIFY figuresChanged)   ///< what happened and what comes next; empty while live
    Q_PROPERTY(bool canRetry READ canRetry NOTIFY figuresChanged)
    Q_PROPERTY(bool mustAskResync READ mustAskResync NOTIFY figuresChanged)
    Q_PROPERTY(QString resyncQuestion READ resyncQuestion NOTIFY figuresChanged)

    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY queryChanged)
    Q_PROPERTY(int freshness READ freshness WRITE setFreshness NOTIFY queryChanged) ///< -1 all
    Q_PROPERTY(int sort READ sort NOTIFY queryChanged)                              ///< an ItemSort
    Q_PROPERTY(bool isDescending READ isDescending NOTIFY queryChanged)
    Q_PROPERTY(QStringList counts READ counts NOTIFY figuresChanged) ///< all, fresh, ageing, stale, unconfirmed
    Q_PROPERTY(int capacity READ capacity WRITE setCapacity NOTIFY capacityChanged)
    Q_PROPERTY(double position READ position NOTIFY queryChanged)
    Q_PROPERTY(QString emptyText READ emptyText NOTIFY figuresChanged)
    Q_PROPERTY(bool isNarrowed READ isNarrowed NOTIFY queryChanged)

    Q_PROPERTY(bool hasDetail READ hasDetail NOTIFY detailChanged)
    Q_PROPERTY(bool isDetailGone READ isDetailGone NOTIFY detailChanged) ///< the key is no longer in the local copy
    Q_PROPERTY(QString detailQuiet READ detailQuiet NOTIFY detailChanged)
    Q_PROPERTY(QString detailLoud READ detailLoud NOTIFY detailChanged)
    Q_PROPERTY(QString detailVersion READ detailVersion NOTIFY detailChanged)
    Q_PROPERTY(QString detailAge READ detailAge NOTIFY figuresChanged)
    Q_PROPERTY(QString detailFreshness READ detailFreshness NOTIFY figuresChanged)
    Q_PROPERTY(QString detailChanges READ detailChanges NOTIFY figuresChanged)

public:
    /// The numbers of engine::ItemSort, for the window.
    enum Sort { ByChanged, ByKey, ByVersion, BySize };
    Q_ENUM(Sort)
    static constexpr std::size_t kAskResyncKeys = 10'000;

    explicit ResourcesView(QObject* parent = nullptr);

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] ResourceTable* table() { return &m_table; }
    [[nodiscard]] StripModel* strip() { return &m_strip; }
    [[nodiscard]] PayloadView* payload() { return &m_payload; }
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void setActive(bool isActive);

    [[nodiscard]] const QStringList& watchNames() const { return m_watchNames; }
    [[nodiscard]] int watchIndex() const;
    void setWatchIndex(int index);
    [[nodiscard]] QString scopeDetail() const;
    [[nodiscard]] QString stateName() const;
    [[nodiscard]] QString transportName() const;
    [[nodiscard]] QString transportWord() const;
    [[nodiscard]] QString localVersion() const;
    [[nodiscard]] QString serverVersion() const;
    [[nodiscard]] QString behindText() const;
    [[nodiscard]] QString why() const;
    [[nodiscard]] bool canRetry() const;
    [[nodiscard]] bool mustAskResync() const;
    [[nodiscard]] QString resyncQuestion() const;

    [[nodiscard]] QString search() const { return QString::fromStdString(m_query.search); }
    void setSearch(const QString& text);
    [[nodiscard]] int freshness() const { return m_query.freshness; }
    void setFreshness(int freshness);
    [[nodiscard]] int sort() const { return static_cast<int>(m_query.sort); }
    [[nodiscard]] bool isDescending() const { return m_query.isDescending; }
    /// The same column again turns the order round.
    Q_INVOKABLE void sortBy(int sort);
    [[nodiscard]] QStringList counts() const;
    [[nodiscard]] int capacity() const { return m_capacity; }
    void setCapacity(int rows);
    [[nodiscard]] double position() const { return static_cast<double>(m_query.first); }
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] bool isNarrowed() const { return !m_query.search.empty() || m_query.freshness >= 0; }

    [[nodiscard]] bool hasDetail() const { return m_table.hasSelection(); }
    [[nodiscard]] bool isDetailGone() const { return m_item && !m_item->exists; }
    [[nodiscard]] QString detailQuiet() const;
    [[nodiscard]] QString detailLoud() const;
    [[nodiscard]] QString detailVersion() const;
    [[nodiscard]] QString detailAge() const;
    [[nodiscard]] QString detailFreshness() const;
    [[nodiscard]] QString detailChanges() const;

    Q_INVOKABLE void resync();
    Q_INVOKABLE void retry();
    Q_INVOKABLE void widen(); ///< clears search and freshness
    Q_INVOKABLE void select(int row);
    Q_INVOKABLE void move(int rows);
    Q_INVOKABLE void moveToFirst();
    Q_INVOKABLE void moveToLast();
    Q_INVOKABLE void scrollBy(double rows);
    Q_INVOKABLE void scrollTo(double position);
    Q_INVOKABLE void deselect();
    Q_INVOKABLE QString copyKey() const;
    Q_INVOKABLE void showEvents() const;

signals:
    void sessionChanged();
    void activeChanged();
    void watchesChanged();
    void watchChanged();
    void figuresChanged();
    void queryChanged();
    void capacityChanged();
    void detailChanged();

private:
    [[nodiscard]] const engine::WatchRow* row() const;
    void read();
    void readWatches();
    void takePage();
    void takeItem();
    void takeWanted();
    void chooseWatch(engine::WatchId watch);
    void ask();
    void postQuestion();
    void choose(std::string key);
    void setFirst(double first);

    Session* m_session = nullptr;
    ResourceTable m_table;
    StripModel m_strip;
    PayloadView m_payload;
    QStringList m_watchNames;
    std::vector<engine::WatchId> m_watches;
    engine::QueryResources m_query;
    std::shared_ptr<const engine::ItemDetail> m_item;
    QElapsedTimer m_sinceItem;
    std::optional<std::size_t> m_wantedIndex; ///< select this row when its page comes
    QTimer m_asking;
    std::uint64_t m_answered = 0;
    double m_remainder = 0;
    int m_capacity = 0;
    bool m_isActive = true;
};

} // namespace wg::ui
