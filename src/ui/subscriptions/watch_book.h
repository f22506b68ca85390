// SPDX-License-Identifier: GPL-3.0-or-later
// WatchBook: the list of connections and routes that a person edits. Keeps the store, the engine and the window agreed.
// Shape:  every change is one call: it changes the list, posts commands to the engine and asks the store to save.
// Rules:  ids are made here, once; a route has one WatchId for the life of the process; a removal gives back what
//         undo() needs. Temporary connections (demo, command line) are run but never saved.
// Errors: Result with a person's sentence for a wrong edit; saveFailed() for a store that refuses.
// Thread: GUI thread.
#pragma once

#include "base/result.h"
#include "engine/engine_link.h"
#include "ui/subscriptions/spec_store.h"

#include <QObject>
#include <QString>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wg::ui {

class WatchBook : public QObject
{
    Q_OBJECT
public:
    /// store may be null: nothing is kept then.
    WatchBook(engine::EngineLink& link, SpecStore* store, QObject* parent = nullptr);
    ~WatchBook() override;

    /// Reads what was saved and starts every route of it.
    Result<void> load();

    [[nodiscard]] const std::vector<engine::ConnectionSpec>& connections() const { return m_specs.connections; }
    [[nodiscard]] const std::vector<engine::RouteSpec>& routes() const { return m_specs.routes; }
    [[nodiscard]] const engine::ConnectionSpec* connection(std::string_view id) const;
    [[nodiscard]] const engine::RouteSpec* route(std::string_view id) const;
    [[nodiscard]] std::vector<const engine::RouteSpec*> routesOf(std::string_view connectionId) const;
    [[nodiscard]] engine::WatchId watchOf(std::string_view routeId) const; ///< 0 = unknown route
    [[nodiscard]] bool isTemporary(std::string_view connectionId) const;

    /// A fresh id of a connection or a route.
    [[nodiscard]] static std::string newId();
    /// What is wrong with an address or a name, as a sentence; empty when nothing is.
    [[nodiscard]] static QString urlProblem(std::string_view url);
    [[nodiscard]] QString nameProblem(std::string_view name, std::string_view ownId) const;

    /// Adds a connection with its routes (ids are filled in); a connection without routes gets one that is its own URL.
    /// Gives the connection's id. An empty name becomes one made from the URL's host.
    Result<std::string> addConnection(engine::ConnectionSpec connection, std::vector<engine::RouteSpec> routes,
                                      bool isTemporary = false);
    Result<std::string> addRoute(engine::RouteSpec route);
    /// One save for both: the route and the connection that it belongs to.
    Result<void> update(const engine::ConnectionSpec& connection, const engine::RouteSpec* route);
    void setConnectionEnabled(std::string_view id, bool isEnabled);
    void setRouteEnabled(std::string_view id, bool isEnabled);
    void removeConnection(std::string_view id);
    void removeRoute(std::string_view id);
    /// The name of what undo() would bring back; empty when there is nothing.
    [[nodiscard]] QString undoName() const;
    void undo();
    /// A new token for this connection was stored: its routes connect again.
    void credentialsChanged(std::string_view connectionId);

signals:
    void changed();
    void saveFailed(const QString& sentence);

private:
    struct Removed {
        QString name;
        std::vector<engine::ConnectionSpec> connections;
        std::vector<engine::RouteSpec> routes;
        bool isTemporary = false;
    };
    [[nodiscard]] engine::WatchSpec specOf(const engine::RouteSpec& route) const;
    void start(const engine::RouteSpec& route);
    void postEnabled(const engine::RouteSpec& route);
    void commit();

    engine::EngineLink& m_link;
    SpecStore* m_store;
    SavedSpecs m_specs;
    std::set<std::string, std::less<>> m_temporary;
    std::map<std::string, engine::WatchId, std::less<>> m_watches;
    engine::WatchId m_nextWatch = 1;
    std::optional<Removed> m_removed;
};

} // namespace wg::ui
