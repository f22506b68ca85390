// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/connections_model.h"

#include <algorithm>

namespace wg::ui {

void ConnectionsModel::read(const engine::Publication& publication)
{
    const auto second = static_cast<std::int64_t>(publication.wallNow / 1000);
    if (second == m_shownSecond && !hasStateChange(publication))
        return;
    m_shownSecond = second;
    m_all.clear();
    for (const auto& watch : publication.watches)
        m_all.push_back(toConnectionRow(watch, publication.wallNow));
    std::stable_sort(m_all.begin(), m_all.end(), [](const ConnectionRow& a, const ConnectionRow& b) {
        return attentionRank(a.viewState) != attentionRank(b.viewState) ? attentionRank(a.viewState) < attentionRank(b.viewState) : a.id < b.id;
    });
    show();
}

bool ConnectionsModel::hasStateChange(const engine::Publication& publication) const
{
    if (publication.watches.size() != m_all.size())
        return true;
    return std::any_of(publication.watches.begin(), publication.watches.end(), [this](const engine::WatchRow& watch) {
        const auto known = std::find_if(m_all.begin(), m_all.end(), [&](const ConnectionRow& row) { return row.id == watch.id; });
        return known == m_all.end() || known->viewState != watch.state;
    });
}

void ConnectionsModel::setFilter(const QString& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    emit filterChanged();
    show();
}

bool ConnectionsModel::isMatching(const ConnectionRow& row) const
{
    const QString text = QStringList{row.stateText, row.connection, row.url, row.transport}.join(QLatin1Char(' '));
    const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// Turns m_rows into the rows wanted by removals, moves, insertions and changes, each told to the view.
void ConnectionsModel::show()
{
    std::vector<ConnectionRow> wanted;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(wanted), [this](const ConnectionRow& row) { return isMatching(row); });
    const auto sameId = [](engine::WatchId id) { return [id](const ConnectionRow& row) { return row.id == id; }; };
    for (int i = shown() - 1; i >= 0; --i) {
        if (std::any_of(wanted.begin(), wanted.end(), sameId(m_rows[static_cast<std::size_t>(i)].id)))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto at = static_cast<int>(i);
        const auto found = std::find_if(m_rows.begin(), m_rows.end(), sameId(wanted[i].id));
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, wanted[i]);
            endInsertRows();
            continue;
        }
        const auto from = static_cast<int>(found - m_rows.begin());
        if (from != at) { // always further down: rows before i are settled
            beginMoveRows({}, from, from, {}, at);
            std::rotate(m_rows.begin() + at, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
        if (m_rows[i] != wanted[i]) {
            m_rows[i] = wanted[i];
            emit dataChanged(index(at), index(at));
        }
    }
    emit countsChanged();
}

int ConnectionsModel::rowOf(int watchId) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const ConnectionRow& row) { return static_cast<int>(row.id) == watchId; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int ConnectionsModel::watchAt(int row) const
{
    return row < 0 || row >= shown() ? 0 : static_cast<int>(m_rows[static_cast<std::size_t>(row)].id);
}

int ConnectionsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : shown(); }

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectionRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case WatchIdRole: return static_cast<int>(row.id);
    case StateRole: return row.state;
    case StateTextRole: return row.stateText;
    case WhyRole: return row.why;
    case Qt::DisplayRole:
    case ConnectionRole: return row.connection;
    case UrlRole: return row.url;
    case TransportRole: return row.transport;
    case TransportIconRole: return row.transportIcon;
    case FellBackRole: return row.fellBack;
    case VersionRole: return row.version;
    case LagRole: return row.lag;
    case LagHueRole: return row.lagHue;
    case RateRole: return row.rate;
    case SamplesRole: return QVariant::fromValue(row.samples);
    case GapsRole: return row.gaps;
    case HasGapsRole: return row.hasGaps;
    case LastEventRole: return row.lastEvent;
    case UpRole: return row.up;
    case IsQuietRole: return row.isQuiet;
    default: return {};
    }
}

QHash<int, QByteArray> ConnectionsModel::roleNames() const
{
    return {{WatchIdRole, "watchId"},     {StateRole, "stateName"},   {StateTextRole, "stateText"}, {WhyRole, "why"},
            {ConnectionRole, "connection"}, {UrlRole, "url"},         {TransportRole, "transport"}, {TransportIconRole, "transportIcon"},
            {FellBackRole, "fellBack"},   {VersionRole, "version"},   {LagRole, "lag"},             {LagHueRole, "lagHue"},
            {RateRole, "rate"},           {SamplesRole, "samples"},   {GapsRole, "gaps"},           {HasGapsRole, "hasGaps"},
            {LastEventRole, "lastEvent"}, {UpRole, "up"},             {IsQuietRole, "isQuiet"}};
}

} // namespace wg::ui
