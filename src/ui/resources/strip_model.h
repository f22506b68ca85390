// SPDX-License-Identifier: GPL-3.0-or-later
// StripModel: the last states that a watch passed, oldest first, the current one last.
// Limits: at most six. Thread: GUI thread.
#pragma once

#include "engine/publication.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace wg::ui {

class StripModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of a ResourcesView")

public:
    enum Role { StateRole = Qt::UserRole + 1, ClockRole, DurationRole, DetailRole, IsCurrentRole };

    explicit StripModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    void read(const std::vector<engine::MachineNode>& nodes, double wallNow);

private:
    std::vector<engine::MachineNode> m_nodes;
    double m_wallNow = 0;
};

} // namespace wg::ui
