// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/event_detail.h"

#include "ui/text/figures.h"

namespace wg::ui {

EventDetail::EventDetail(QObject* parent) : QObject(parent) {}

void EventDetail::show(const events::EventLog& log, events::Sequence sequence, const QString& connection, const QString& route)
{
    if (m_row && m_row->sequence == sequence)
        return;
    events::Row row;
    if (!log.read(sequence, row, kCellPayloadBytes)) {
        m_isEvicted = true;
        emit changed();
        return;
    }
    m_cells = cellsOf(row, connection);
    m_route = visible(route, 200);
    m_isEvicted = false;
    m_isText = row.kind == events::RowKind::Marker || row.kind == events::RowKind::Snapshot;
    events::Row whole;
    const std::size_t shown = PayloadView::shownBytes(row.sizeBytes);
    if (m_isText || !log.read(sequence, whole, shown)) {
        m_payload.clear();
    } else {
        m_payload.show(std::move(whole.payload), row.sizeBytes, [&log, sequence] {
            events::Row all;
            return log.read(sequence, all) ? std::move(all.payload) : std::string();
        });
    }
    row.payload.clear();
    m_row = std::move(row);
    emit changed();
}

void EventDetail::clear()
{
    m_row.reset();
    m_cells = {};
    m_isEvicted = m_isText = false;
    m_payload.clear();
    emit changed();
}

void EventDetail::check(const events::EventLog& log)
{
    const bool isGone = m_row && m_row->sequence < log.first();
    if (isGone == m_isEvicted)
        return;
    m_isEvicted = isGone;
    emit changed();
}

QString EventDetail::sent() const
{
    return m_row && m_row->serverMs > 0 ? clockText(m_row->serverMs) : kMissing.toString();
}

QString EventDetail::latency() const
{
    return m_row ? durationText(m_row->latencyMs) : kMissing.toString();
}

QString EventDetail::size() const
{
    return m_row ? sizeText(m_row->sizeBytes) : kMissing.toString();
}

const std::string& EventDetail::rawKey() const
{
    static const std::string kNone;
    return m_row ? m_row->key : kNone;
}

} // namespace wg::ui
