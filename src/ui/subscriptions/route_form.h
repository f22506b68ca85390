// SPDX-License-Identifier: GPL-3.0-or-later
// RouteForm: one connection, and one of its routes where one is chosen, as a person edits them.
// Shape:  a saved pair and a draft; `changed` and `problems` speak of fields by name: name group url auth token path
//         dialect transports ids serverFilter heartbeat pollInterval onGap.
// Rules:  save() with a problem changes nothing and says which field; a new token is stored first, and only then the
//         rest. A stored token is never read back.
// Thread: GUI thread.
#pragma once

#include "ui/app/session.h"

#include <QObject>
#include <QStringList>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <string>

namespace wg::ui {

class RouteForm : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(wg::ui::Session* session READ session WRITE setSession NOTIFY sessionChanged REQUIRED)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY edited)       ///< something is chosen or being made
    Q_PROPERTY(bool isNew READ isNew NOTIFY edited)
    Q_PROPERTY(bool hasRoute READ hasRoute NOTIFY edited)
    Q_PROPERTY(bool isTemporary READ isTemporary NOTIFY edited)
    Q_PROPERTY(QString connectionId READ connectionId NOTIFY edited)
    Q_PROPERTY(QString routeId READ routeId NOTIFY edited)
    Q_PROPERTY(int watch READ watch NOTIFY edited)
    Q_PROPERTY(QString title READ title NOTIFY edited)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY edited)
    Q_PROPERTY(QVariantMap changed READ changed NOTIFY edited)
    Q_PROPERTY(int changedCount READ changedCount NOTIFY edited)
    Q_PROPERTY(bool mustReconnect READ mustReconnect NOTIFY edited) ///< the changes touch what runs
    Q_PROPERTY(QVariantMap problems READ problems NOTIFY edited)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY edited)

    Q_PROPERTY(QString name READ name WRITE setName NOTIFY edited)
    Q_PROPERTY(QString group READ group WRITE setGroup NOTIFY edited)
    Q_PROPERTY(QString url READ url WRITE setUrl NOTIFY edited)
    Q_PROPERTY(bool isConnectionEnabled READ isConnectionEnabled NOTIFY edited)
    Q_PROPERTY(bool isRouteEnabled READ isRouteEnabled NOTIFY edited)
    Q_PROPERTY(int auth READ auth WRITE setAuth NOTIFY edited) ///< 0 none, 1 bearer
    Q_PROPERTY(QString token READ token WRITE setToken NOTIFY edited) ///< a new one as typed; never a stored one
    Q_PROPERTY(bool hasToken READ hasToken NOTIFY edited)             ///< one is stored
    Q_PROPERTY(QString tokenPlace READ tokenPlace NOTIFY edited)      ///< keychain, locked, memory, none, unknown
    Q_PROPERTY(QString tokenNote READ tokenNote NOTIFY edited)

    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY edited)
    Q_PROPERTY(QString address READ address NOTIFY edited) ///< what is watched: url joined with path
    Q_PROPERTY(QStringList dialects READ dialects CONSTANT)
    Q_PROPERTY(int dialect READ dialect WRITE setDialect NOTIFY edited)
    Q_PROPERTY(QString dialectName READ dialectName NOTIFY edited) ///< also of a dialect that is not in the list
    Q_PROPERTY(bool isAutoTransport READ isAutoTransport WRITE setAutoTransport NOTIFY edited)
    Q_PROPERTY(QStringList transports READ transports NOTIFY edited)       ///< in order, the ones that are on
    Q_PROPERTY(QStringList otherTransports READ otherTransports NOTIFY edited)
    Q_PROPERTY(QString ids READ ids WRITE setIds NOTIFY edited)
    Q_PROPERTY(QString serverFilter READ serverFilter WRITE setServerFilter NOTIFY edited)
    Q_PROPERTY(QString heartbeat READ heartbeat WRITE setHeartbeat NOTIFY edited)
    Q_PROPERTY(QString pollInterval READ pollInterval WRITE setPollInterval NOTIFY edited)
    Q_PROPERTY(int onGap READ onGap WRITE setOnGap NOTIFY edited) ///< a sync::OnGap

public:
    explicit RouteForm(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] Session* session() const { return m_session; }
    void setSession(Session* session);
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool isNew() const { return m_isOpen && (m_saved.connection.id.empty() || (m_hasRoute && m_saved.route.id.empty())); }
    [[nodiscard]] bool hasRoute() const { return m_hasRoute; }
    [[nodiscard]] bool isTemporary() const;
    [[nodiscard]] QString connectionId() const { return QString::fromStdString(m_saved.connection.id); }
    [[nodiscard]] QString routeId() const { return QString::fromStdString(m_saved.route.id); }
    [[nodiscard]] int watch() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] QVariantMap changed() const;
    [[nodiscard]] int changedCount() const { return static_cast<int>(changed().size()); }
    [[nodiscard]] bool mustReconnect() const;
    [[nodiscard]] QVariantMap problems() const;
    [[nodiscard]] bool isSaving() const { return m_isSaving; }

    [[nodiscard]] QString name() const { return QString::fromStdString(m_draft.connection.name); }
    void setName(const QString& text) { put(m_draft.connection.name, text); }
    [[nodiscard]] QString group() const { return QString::fromStdString(m_draft.connection.group); }
    void setGroup(const QString& text) { put(m_draft.connection.group, text); }
    [[nodiscard]] QString url() const { return QString::fromStdString(m_draft.connection.url); }
    void setUrl(const QString& text) { put(m_draft.connection.url, text.trimmed()); }
    [[nodiscard]] bool isConnectionEnabled() const { return m_saved.connection.isEnabled; }
    [[nodiscard]] bool isRouteEnabled() const { return m_saved.route.isEnabled; }
    [[nodiscard]] int auth() const { return static_cast<int>(m_draft.connection.auth); }
    void setAuth(int auth);
    [[nodiscard]] const QString& token() const { return m_token; }
    void setToken(const QString& token);
    [[nodiscard]] bool hasToken() const { return m_hasToken; }
    [[nodiscard]] const QString& tokenPlace() const { return m_tokenPlace; }
    [[nodiscard]] const QString& tokenNote() const { return m_tokenNote; }

    [[nodiscard]] QString path() const { return QString::fromStdString(m_draft.route.path); }
    void setPath(const QString& text) { put(m_draft.route.path, text.trimmed()); }
    [[nodiscard]] QString address() const;
    [[nodiscard]] static QStringList dialects();
    [[nodiscard]] int dialect() const;
    void setDialect(int index);
    [[nodiscard]] QString dialectName() const { return QString::fromStdString(m_draft.route.dialect); }
    [[nodiscard]] bool isAutoTransport() const { return m_draft.route.transports.empty(); }
    void setAutoTransport(bool isAuto);
    [[nodiscard]] QStringList transports() const;
    [[nodiscard]] QStringList otherTransports() const;
    Q_INVOKABLE void toggleTransport(const QString& name);
    Q_INVOKABLE void moveTransport(const QString& name, int by);
    [[nodiscard]] QString ids() const;
    void setIds(const QString& text);
    [[nodiscard]] QString serverFilter() const { return QString::fromStdString(m_draft.route.serverFilter); }
    void setServerFilter(const QString& text) { put(m_draft.route.serverFilter, text); }
    [[nodiscard]] const QString& heartbeat() const { return m_heartbeat; }
    void setHeartbeat(const QString& text);
    [[nodiscard]] const QString& pollInterval() const { return m_pollInterval; }
    void setPollInterval(const QString& text);
    [[nodiscard]] int onGap() const { return static_cast<int>(m_draft.route.onGap); }
    void setOnGap(int onGap);

    /// Shows a connection, and a route of it where one is named; drops the draft.
    Q_INVOKABLE void open(const QString& connectionId, const QString& routeId);
    Q_INVOKABLE void startConnection();
    Q_INVOKABLE void startRoute(); ///< on the connection that is shown
    Q_INVOKABLE void close();
    Q_INVOKABLE void revert();
    Q_INVOKABLE void save();
    Q_INVOKABLE void removeToken();
    Q_INVOKABLE void setEnabled(bool isEnabled); ///< of the route, else of the connection; at once
    Q_INVOKABLE void remove();                   ///< the route, else the connection; at once, undo() brings it back
    Q_INVOKABLE void undo();

signals:
    void sessionChanged();
    void edited();
    void invalid(const QString& field); ///< save() found a problem there
    void saved(const QString& sentence);
    void failed(const QString& sentence);
    void removed(const QString& sentence);

private:
    struct Pair {
        engine::ConnectionSpec connection;
        engine::RouteSpec route;
    };
    void load(Pair pair, bool hasRoute);
    void put(std::string& field, const QString& text);
    void lookForToken();
    void storeDraft();
    void finishSave();
    void readBook();
    [[nodiscard]] std::string secretName() const;

    Session* m_session = nullptr;
    Pair m_saved, m_draft;
    QString m_token, m_tokenPlace, m_tokenNote, m_heartbeat, m_pollInterval;
    std::uint64_t m_generation = 0; ///< answers to an earlier form are dropped
    bool m_isOpen = false, m_hasRoute = false, m_hasToken = false, m_isSaving = false;
};

} // namespace wg::ui
