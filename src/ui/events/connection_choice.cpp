// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/connection_choice.h"

#include "ui/text/figures.h"

#include <algorithm>

namespace wg::ui {

int ConnectionChoice::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ConnectionChoice::roleNames() const
{
    return {{NameRole, "name"}, {StateRole, "stateName"}, {IsChosenRole, "isChosen"}};
}

QVariant ConnectionChoice::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole: return visible(entry.name, 64);
    case StateRole: return QString::fromLatin1(engine::toString(entry.state).data());
    case IsChosenRole: return m_chosen.count(entry.name) > 0;
    default: return {};
    }
}

void ConnectionChoice::read(const engine::Publication& publication)
{
    std::vector<Entry> entries;
    for (const engine::WatchRow& row : publication.watches) {
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.name == row.connection; });
        if (found == entries.end())
            entries.push_back({row.connection, row.state, {row.id}});
        else
            found->watches.push_back(row.id);
    }
    if (entries == m_entries)
        return;
    const bool isSameList = entries.size() == m_entries.size()
        && std::equal(entries.begin(), entries.end(), m_entries.begin(),
                      [](const Entry& a, const Entry& b) { return a.name == b.name && a.watches == b.watches; });
    if (isSameList) {
        m_entries = std::move(entries);
        emit dataChanged(index(0), index(count() - 1), {StateRole});
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
    emit changed();
    if (!m_chosen.empty())
        emit chosenChanged();
}

QString ConnectionChoice::text() const
{
    if (isAll())
        return count() == 1 ? tr("1 connection") : tr("All %1 connections").arg(countText(m_entries.size()));
    return tr("%1 of %2 connections").arg(countText(m_chosen.size()), countText(m_entries.size()));
}

std::vector<std::uint32_t> ConnectionChoice::watches() const
{
    std::vector<std::uint32_t> chosen;
    for (const Entry& entry : m_entries)
        if (m_chosen.count(entry.name) > 0)
            chosen.insert(chosen.end(), entry.watches.begin(), entry.watches.end());
    // Chosen connections that are gone leave nothing to show: a watch that never was.
    if (chosen.empty() && !m_chosen.empty())
        chosen.push_back(0);
    return chosen;
}

void ConnectionChoice::toggle(int row)
{
    if (row < 0 || row >= count())
        return;
    const std::string& name = m_entries[static_cast<std::size_t>(row)].name;
    if (m_chosen.erase(name) == 0)
        m_chosen.insert(name);
    if (m_chosen.size() == m_entries.size())
        m_chosen.clear();
    emit dataChanged(index(0), index(count() - 1), {IsChosenRole});
    emit changed();
    emit chosenChanged();
}

void ConnectionChoice::chooseAll()
{
    if (m_chosen.empty())
        return;
    m_chosen.clear();
    if (count() > 0)
        emit dataChanged(index(0), index(count() - 1), {IsChosenRole});
    emit changed();
    emit chosenChanged();
}

} // namespace wg::ui
