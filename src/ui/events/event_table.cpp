// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_table.h"

#include <algorithm>
#include <cmath>

namespace wg::ui {

using events::Sequence;

EventTable::EventTable(QObject* parent) : QAbstractListModel(parent) {}

void EventTable::attach(const events::EventLog& log, const WatchNames& names)
{
    m_log = &log;
    m_names = &names;
    m_space.emplace(log);
    refresh();
}

void EventTable::setView(std::shared_ptr<events::FilteredView> view)
{
    if (!m_space)
        return;
    m_space->setView(std::move(view));
    if (m_selected)
        m_anchor = m_selected;
    refresh();
}

int EventTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cells.size());
}

QHash<int, QByteArray> EventTable::roleNames() const
{
    return {{IsMarkerRole, "isMarker"}, {IsQuietRole, "isQuiet"}, {TimeQuietRole, "timeQuiet"},
            {TimeLoudRole, "timeLoud"}, {ConnectionRole, "connection"}, {TypeRole, "type"}, {KeyRole, "key"},
            {VersionRole, "version"}, {DeltaRole, "delta"}, {DeltaIconRole, "deltaIcon"}, {DeltaHueRole, "deltaHue"},
            {SizeRole, "size"}, {LatencyRole, "latency"}, {IsSlowRole, "isSlow"}, {SummaryRole, "summary"},
            {MarkerTitleRole, "markerTitle"}, {MarkerIconRole, "markerIcon"}, {MarkerHueRole, "markerHue"},
            {IsSelectedRole, "isSelected"}};
}

QVariant EventTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const EventCells& cells = m_cells[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IsMarkerRole: return cells.isMarker;
    case IsQuietRole: return cells.isQuiet;
    case TimeQuietRole: return cells.timeQuiet;
    case TimeLoudRole: return cells.timeLoud;
    case ConnectionRole: return cells.connection;
    case TypeRole: return cells.type;
    case KeyRole: return cells.key;
    case VersionRole: return cells.version;
    case DeltaRole: return cells.delta;
    case DeltaIconRole: return cells.deltaIcon;
    case DeltaHueRole: return cells.deltaHue;
    case SizeRole: return cells.size;
    case LatencyRole: return cells.latency;
    case IsSlowRole: return cells.isSlow;
    case SummaryRole: return cells.summary;
    case MarkerTitleRole: return cells.markerTitle;
    case MarkerIconRole: return cells.markerIcon;
    case MarkerHueRole: return cells.markerHue;
    case IsSelectedRole: return m_selected == cells.sequence;
    default: return {};
    }
}

void EventTable::setCapacity(int rows)
{
    rows = std::max(rows, 0);
    if (rows == m_capacity)
        return;
    m_capacity = rows;
    emit capacityChanged();
    refresh();
}

int EventTable::selectedRow() const
{
    const auto found = m_selected ? std::find(m_shown.begin(), m_shown.end(), *m_selected) : m_shown.end();
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

Sequence EventTable::end() const
{
    return m_pausedEnd ? *m_pausedEnd : m_log->end();
}

std::uint64_t EventTable::highestTop() const
{
    const auto capacity = static_cast<std::uint64_t>(m_capacity);
    const std::uint64_t total = m_total + (m_pausedEnd ? kFreeRows : 0);
    return total > capacity ? total - capacity : 0;
}

void EventTable::pauseAt(Sequence end)
{
    if (m_pausedEnd)
        return;
    m_pausedEnd = end;
    refresh();
}

void EventTable::follow()
{
    m_pausedEnd.reset();
    m_anchor.reset();
    refresh();
}

std::uint64_t EventTable::backlog() const
{
    if (!m_pausedEnd || !m_space)
        return 0;
    const std::uint64_t before = m_space->count(*m_pausedEnd);
    const std::uint64_t now = m_space->count(m_log->end());
    return now > before ? now - before : 0;
}

void EventTable::refresh()
{
    if (!m_space)
        return;
    m_total = m_space->count(end());
    if (!m_pausedEnd)
        m_top = highestTop();
    else if (m_anchor)
        m_top = std::min(m_space->indexOf(*m_anchor), highestTop());
    else
        m_top = std::min(m_top, highestTop());
    load();
    emit moved();
}

/// Reads the rows from m_top on; tells the view only what differs.
void EventTable::load()
{
    std::vector<Sequence> wanted = m_space->window(m_top, static_cast<std::size_t>(m_capacity) + 1, end());
    std::shared_ptr<const WatchNames::Map> names = m_names->all();
    if (wanted == m_shown && names == m_namesShown)
        return;
    std::vector<EventCells> cells;
    cells.reserve(wanted.size());
    events::Row row;
    std::vector<Sequence> shown;
    for (const Sequence sequence : wanted) {
        if (!m_log->read(sequence, row, kCellPayloadBytes))
            continue;
        const auto name = names->find(row.watch);
        cells.push_back(cellsOf(row, name == names->end() ? QString() : QString::fromStdString(name->second.connection)));
        shown.push_back(sequence);
        m_lastWallMs = static_cast<double>(row.receivedNs) / 1e6;
        if (shown.size() == 1)
            m_firstWallMs = m_lastWallMs;
    }
    if (shown.empty())
        m_firstWallMs = m_lastWallMs = 0;
    m_namesShown = std::move(names);
    const int before = rowCount(), after = static_cast<int>(cells.size());
    if (after < before)
        beginRemoveRows({}, after, before - 1);
    else if (after > before)
        beginInsertRows({}, before, after - 1);
    m_cells = std::move(cells);
    m_shown = std::move(shown);
    if (after < before)
        endRemoveRows();
    else if (after > before)
        endInsertRows();
    if (const int kept = std::min(before, after); kept > 0)
        emit dataChanged(index(0), index(kept - 1));
    if (m_pausedEnd && !m_anchor && !m_shown.empty())
        m_anchor = m_shown.front();
    emit selectionChanged();
}

void EventTable::setTop(std::uint64_t top)
{
    m_top = std::min(top, highestTop());
    const std::vector<Sequence> first = m_space->window(m_top, 1, end());
    m_anchor = first.empty() ? std::nullopt : std::optional(first.front());
    load();
    emit moved();
}

void EventTable::scrollTo(double top)
{
    if (!m_space)
        return;
    m_remainder = 0;
    setTop(static_cast<std::uint64_t>(std::max(0.0, std::round(top))));
}

void EventTable::scrollBy(double rows)
{
    if (!m_space)
        return;
    m_remainder += rows;
    const double whole = std::trunc(m_remainder);
    m_remainder -= whole;
    if (whole != 0)
        setTop(static_cast<std::uint64_t>(std::max(0.0, static_cast<double>(m_top) + whole)));
}

void EventTable::select(std::optional<Sequence> sequence)
{
    if (m_selected == sequence)
        return;
    m_selected = sequence;
    if (!m_cells.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {IsSelectedRole});
    emit selectionChanged();
}

std::optional<Sequence> EventTable::sequenceAt(int row) const
{
    if (row < 0 || row >= rowCount())
        return {};
    return m_shown[static_cast<std::size_t>(row)];
}

void EventTable::selectRow(int row)
{
    if (const auto sequence = sequenceAt(row))
        select(sequence);
}

void EventTable::showIndex(std::uint64_t index)
{
    const auto capacity = static_cast<std::uint64_t>(std::max(m_capacity, 1));
    if (index < m_top)
        setTop(index);
    else if (index + 1 + kFreeRows > m_top + capacity)
        setTop(index + 1 + kFreeRows - std::min(capacity, index + 1 + kFreeRows));
}

void EventTable::moveSelection(qint64 rows)
{
    if (!m_space || m_total == 0)
        return;
    std::uint64_t from = 0;
    if (m_selected)
        from = m_space->indexOf(*m_selected);
    else if (!m_shown.empty())
        from = m_space->indexOf(m_shown.back()) + (rows < 0 ? 1 : 0);
    const auto last = static_cast<qint64>(m_total) - 1;
    const auto wanted = static_cast<std::uint64_t>(std::clamp<qint64>(static_cast<qint64>(from) + rows, 0, last));
    const std::vector<Sequence> found = m_space->window(wanted, 1, end());
    if (found.empty())
        return;
    select(found.front());
    showIndex(wanted);
}

void EventTable::selectFirst()
{
    moveSelection(-static_cast<qint64>(m_total) - 1);
}

void EventTable::selectLast()
{
    moveSelection(static_cast<qint64>(m_total) + 1);
}

void EventTable::reveal(Sequence sequence)
{
    if (!m_space)
        return;
    const std::uint64_t index = m_space->indexOf(sequence);
    const auto half = static_cast<std::uint64_t>(m_capacity / 2);
    setTop(index > half ? index - half : 0);
}

} // namespace wg::ui
