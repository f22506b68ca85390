// SPDX-License-Identifier: GPL-3.0-or-later
// ConnectionsModel: the connections table, those that need attention first, filtered by text.
// Rules:  figures change once a second, states at once; a row keeps its identity when it moves, so selection stays.
// Thread: GUI thread.
#pragma once

#include "ui/overview/connection_row.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace wg::ui {

class ConnectionsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by OverviewModel")
    Q_PROPERTY(int total READ total NOTIFY countsChanged)
    Q_PROPERTY(int shown READ shown NOTIFY countsChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)

public:
    enum Role {
        WatchIdRole = Qt::UserRole + 1, StateRole, StateTextRole, WhyRole, ConnectionRole, UrlRole, TransportRole,
        TransportIconRole, FellBackRole, VersionRole, LagRole, LagHueRole, RateRole, SamplesRole, GapsRole, HasGapsRole,
        LastEventRole, UpRole, IsQuietRole,
    };

    using QAbstractListModel::QAbstractListModel;

    void read(const engine::Publication& publication);
    [[nodiscard]] int total() const { return static_cast<int>(m_all.size()); }
    [[nodiscard]] int shown() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] const QString& filter() const { return m_filter; }
    /// Words that must all occur in state, connection, route or transport, whatever their case.
    void setFilter(const QString& filter);
    Q_INVOKABLE [[nodiscard]] int rowOf(int watchId) const; ///< -1: not shown
    Q_INVOKABLE [[nodiscard]] int watchAt(int row) const;   ///< 0: no such row

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void countsChanged();
    void filterChanged();

private:
    [[nodiscard]] bool isMatching(const ConnectionRow& row) const;
    [[nodiscard]] bool hasStateChange(const engine::Publication& publication) const;
    void show();

    std::vector<ConnectionRow> m_all;  ///< in order of attention
    std::vector<ConnectionRow> m_rows; ///< what the filter leaves of it, as the view knows it
    QString m_filter;
    std::int64_t m_shownSecond = -1;
};

} // namespace wg::ui
