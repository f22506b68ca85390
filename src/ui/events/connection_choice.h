// SPDX-License-Identifier: GPL-3.0-or-later
// ConnectionChoice: which connections a page looks at, as a list with check marks. None checked means all of them.
// Thread: GUI thread.
#pragma once

#include "engine/publication.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace wg::ui {

class ConnectionChoice : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a page")
    Q_PROPERTY(QString text READ text NOTIFY changed) ///< 2 of 12 connections
    Q_PROPERTY(bool isAll READ isAll NOTIFY changed)
    Q_PROPERTY(int count READ count NOTIFY changed)

public:
    enum Role { NameRole = Qt::UserRole + 1, StateRole, IsChosenRole };

    explicit ConnectionChoice(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }

    void read(const engine::Publication& publication);
    [[nodiscard]] bool isAll() const { return m_chosen.empty(); }
    [[nodiscard]] QString text() const;
    /// The watches of the chosen connections; empty = all.
    [[nodiscard]] std::vector<std::uint32_t> watches() const;

    Q_INVOKABLE void toggle(int row);
    Q_INVOKABLE void chooseAll();

signals:
    void changed();
    void chosenChanged();

private:
    struct Entry {
        std::string name;
        engine::ViewState state{};
        std::vector<std::uint32_t> watches;
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> m_entries;
    std::set<std::string> m_chosen;
};

} // namespace wg::ui
