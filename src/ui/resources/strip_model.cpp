// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/strip_model.h"

#include "ui/text/figures.h"

#include <algorithm>

namespace wg::ui {

int StripModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_nodes.size());
}

QHash<int, QByteArray> StripModel::roleNames() const
{
    return {{StateRole, "stateName"}, {ClockRole, "clock"}, {DurationRole, "duration"}, {DetailRole, "detail"}, {IsCurrentRole, "isCurrent"}};
}

QVariant StripModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const engine::MachineNode& node = m_nodes[static_cast<std::size_t>(index.row())];
    const bool isCurrent = index.row() + 1 == rowCount();
    switch (role) {
    case StateRole: return QString::fromLatin1(engine::toString(node.state).data());
    case ClockRole: return clockSecondsText(node.atWall);
    case DurationRole: {
        if (node.durationMs >= 0)
            return durationText(node.durationMs);
        // A running state counts whole seconds: its figure changes once a second.
        return ageText(std::max(0.0, (m_wallNow - node.atWall) / 1000));
    }
    case DetailRole: return visible(node.detail, 80);
    case IsCurrentRole: return isCurrent;
    default: return {};
    }
}

void StripModel::read(const std::vector<engine::MachineNode>& nodes, double wallNow)
{
    const int before = rowCount(), after = static_cast<int>(nodes.size());
    m_wallNow = wallNow;
    if (after < before)
        beginRemoveRows({}, after, before - 1);
    else if (after > before)
        beginInsertRows({}, before, after - 1);
    m_nodes = nodes;
    if (after < before)
        endRemoveRows();
    else if (after > before)
        endInsertRows();
    if (const int kept = std::min(before, after); kept > 0)
        emit dataChanged(index(0), index(kept - 1));
}

} // namespace wg::ui
