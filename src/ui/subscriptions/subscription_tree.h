// SPDX-License-Identifier: GPL-3.0-or-later
// SubscriptionTree: groups, connections and routes as the flat list of open rows, with their live state.
// Rules:  a connection shows the state of its worst route; a find text keeps the rows that hold it and their parents.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <set>
#include <string>
#include <vector>

namespace wg::ui {

class SubscriptionTree : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(QString find READ find WRITE setFind NOTIFY findChanged)
    Q_PROPERTY(QString totals READ totals NOTIFY rebuilt) ///< 12 connections, 17 routes
    Q_PROPERTY(int count READ count NOTIFY rebuilt)
    Q_PROPERTY(bool isEmpty READ isEmpty NOTIFY rebuilt) ///< no connection at all, whatever is looked for

public:
    enum Role { LevelRole = Qt::UserRole + 1, TextRole, StateRole, NoteRole, IsOpenRole, CanOpenRole, IsOffRole, IsTemporaryRole, FellBackRole };
    enum class Level { Group, Connection, Route };
    Q_ENUM(Level)

    explicit SubscriptionTree(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] const QString& find() const { return m_find; }
    void setFind(const QString& text);
    [[nodiscard]] QString totals() const;
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] bool isEmpty() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void toggle(int row);
    Q_INVOKABLE bool setOpen(int row, bool isOpen); ///< false: nothing changed
    Q_INVOKABLE QString connectionAt(int row) const;
    Q_INVOKABLE QString routeAt(int row) const; ///< empty where the row is no route
    /// The row of a route, else of its connection; -1 if neither is there.
    Q_INVOKABLE int rowOf(const QString& connectionId, const QString& routeId) const;

signals:
    void sessionChanged();
    void findChanged();
    void rebuilt();

private:
    struct Row {
        Level level{};
        std::string id; ///< group name, connection id or route id
        std::string connectionId;
        bool operator==(const Row&) const = default;
    };
    void rebuild();
    void refresh();
    [[nodiscard]] bool isClosed(const Row& row) const;
    [[nodiscard]] const engine::WatchRow* watchOf(std::string_view routeId) const;
    [[nodiscard]] QVariant connectionData(const Row& row, int role) const;
    [[nodiscard]] QVariant routeData(const Row& row, int role) const;

    Session* m_session = nullptr;
    std::vector<Row> m_rows;
    std::set<std::string> m_closedGroups, m_openConnections;
    QString m_find;
};

} // namespace wg::ui
