// SPDX-License-Identifier: GPL-3.0-or-later
// RouteStatus: how one route stands now, and what its counters say, in words.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace wg::ui {

class RouteStatus : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(int watch READ watch WRITE setWatch NOTIFY changed)
    Q_PROPERTY(bool isKnown READ isKnown NOTIFY changed)
    Q_PROPERTY(QString stateName READ stateName NOTIFY changed)
    Q_PROPERTY(QString since READ since NOTIFY changed) ///< since 14:21:40, 10 m 27 s
    Q_PROPERTY(QString why READ why NOTIFY changed)
    Q_PROPERTY(QString next READ next NOTIFY changed)
    Q_PROPERTY(bool canRetry READ canRetry NOTIFY changed)
    Q_PROPERTY(QVariantList sections READ sections NOTIFY changed) ///< [{ title, rows: [{ label, value, icon, hue }] }]

public:
    explicit RouteStatus(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] int watch() const { return static_cast<int>(m_watch); }
    void setWatch(int watch);
    [[nodiscard]] bool isKnown() const { return row() != nullptr; }
    [[nodiscard]] QString stateName() const;
    [[nodiscard]] QString since() const;
    [[nodiscard]] QString why() const;
    [[nodiscard]] QString next() const;
    [[nodiscard]] bool canRetry() const;
    [[nodiscard]] QVariantList sections() const;
    Q_INVOKABLE void retry();

signals:
    void sessionChanged();
    void changed();

private:
    [[nodiscard]] const engine::WatchRow* row() const;

    Session* m_session = nullptr;
    engine::WatchId m_watch = 0;
};

} // namespace wg::ui
