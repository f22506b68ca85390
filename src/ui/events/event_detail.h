// SPDX-License-Identifier: GPL-3.0-or-later
// EventDetail: the selected row in full: its facts and its payload.
// Rules:  what is shown stays shown when the log evicts the row; isEvicted says so.
// Thread: GUI thread.
#pragma once

#include "ui/events/event_cells.h"
#include "ui/json/payload_view.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace wg::ui {

class EventDetail : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Part of an EventsView")
    Q_PROPERTY(wg::ui::PayloadView* payload READ payload CONSTANT)
    Q_PROPERTY(bool isShown READ isShown NOTIFY changed)
    Q_PROPERTY(bool isMarker READ isMarker NOTIFY changed) ///< a marker or a snapshot: a text of our own, no payload
    Q_PROPERTY(bool isEvicted READ isEvicted NOTIFY changed)
    Q_PROPERTY(QString type READ type NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    Q_PROPERTY(QString key READ key NOTIFY changed)
    Q_PROPERTY(QString connection READ connection NOTIFY changed)
    Q_PROPERTY(QString route READ route NOTIFY changed)
    Q_PROPERTY(QString received READ received NOTIFY changed)
    Q_PROPERTY(QString sent READ sent NOTIFY changed)
    Q_PROPERTY(QString latency READ latency NOTIFY changed)
    Q_PROPERTY(QString size READ size NOTIFY changed)
    Q_PROPERTY(QString order READ order NOTIFY changed)
    Q_PROPERTY(QString orderIcon READ orderIcon NOTIFY changed)
    Q_PROPERTY(QString orderHue READ orderHue NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed) ///< of a marker
    Q_PROPERTY(int watch READ watch NOTIFY changed)

public:
    explicit EventDetail(QObject* parent = nullptr);

    void show(const events::EventLog& log, events::Sequence sequence, const QString& connection, const QString& route);
    void clear();
    /// Looks whether the row is still in the log.
    void check(const events::EventLog& log);

    [[nodiscard]] PayloadView* payload() { return &m_payload; }
    [[nodiscard]] bool isShown() const { return m_row.has_value(); }
    [[nodiscard]] bool isMarker() const { return m_isText; }
    [[nodiscard]] bool isEvicted() const { return m_isEvicted; }
    [[nodiscard]] QString type() const { return m_cells.isMarker ? m_cells.markerTitle : m_cells.type; }
    [[nodiscard]] QString version() const { return m_row && !m_row->version.empty() ? u'v' + m_cells.version : QString(); }
    [[nodiscard]] QString key() const { return m_cells.key; }
    [[nodiscard]] QString connection() const { return m_cells.connection; }
    [[nodiscard]] QString route() const { return m_route; }
    [[nodiscard]] QString received() const { return m_cells.timeQuiet + m_cells.timeLoud; }
    [[nodiscard]] QString sent() const;
    [[nodiscard]] QString latency() const;
    [[nodiscard]] QString size() const;
    [[nodiscard]] QString order() const { return m_row && !m_isText ? orderText(*m_row) : QString(); }
    [[nodiscard]] QString orderIcon() const { return m_cells.deltaIcon; }
    [[nodiscard]] QString orderHue() const { return m_cells.deltaHue; }
    [[nodiscard]] QString text() const { return m_isText ? m_cells.summary : QString(); }
    [[nodiscard]] int watch() const { return m_row ? static_cast<int>(m_row->watch) : 0; }
    /// The key as it came, for filters and look-ups.
    [[nodiscard]] const std::string& rawKey() const;

signals:
    void changed();

private:
    std::optional<events::Row> m_row;
    EventCells m_cells;
    QString m_route;
    PayloadView m_payload;
    bool m_isEvicted = false;
    bool m_isText = false;
};

} // namespace wg::ui
