// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptions/watch_book.h"

#include "base/url.h"
#include "ui/text/figures.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace wg::ui {

using engine::ConnectionSpec;
using engine::RouteSpec;
using engine::WatchId;

namespace {

template <typename Spec>
const Spec* byId(const std::vector<Spec>& specs, std::string_view id)
{
    const auto found = std::find_if(specs.begin(), specs.end(), [id](const Spec& s) { return s.id == id; });
    return found == specs.end() ? nullptr : &*found;
}

template <typename Spec>
Spec* byId(std::vector<Spec>& specs, std::string_view id)
{
    return const_cast<Spec*>(byId(std::as_const(specs), id));
}

Error badArgument(const QString& sentence)
{
    return Error{ErrorCode::BadArgument, sentence.toStdString(), {}};
}

} // namespace

WatchBook::WatchBook(engine::EngineLink& link, SpecStore* store, QObject* parent)
    : QObject(parent), m_link(link), m_store(store)
{
}

WatchBook::~WatchBook() = default;

std::string WatchBook::newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).first(8).toStdString();
}

Result<void> WatchBook::load()
{
    if (!m_store)
        return {};
    Result<SavedSpecs> saved = m_store->load();
    if (!saved)
        return saved.error();
    m_specs = std::move(saved).value();
    std::erase_if(m_specs.routes, [this](const RouteSpec& r) { return !connection(r.connectionId); });
    for (const RouteSpec& route : m_specs.routes)
        start(route);
    emit changed();
    return {};
}

const ConnectionSpec* WatchBook::connection(std::string_view id) const
{
    return byId(m_specs.connections, id);
}

const RouteSpec* WatchBook::route(std::string_view id) const
{
    return byId(m_specs.routes, id);
}

std::vector<const RouteSpec*> WatchBook::routesOf(std::string_view connectionId) const
{
    std::vector<const RouteSpec*> found;
    for (const RouteSpec& route : m_specs.routes)
        if (route.connectionId == connectionId)
            found.push_back(&route);
    return found;
}

WatchId WatchBook::watchOf(std::string_view routeId) const
{
    const auto found = m_watches.find(routeId);
    return found == m_watches.end() ? 0 : found->second;
}

bool WatchBook::isTemporary(std::string_view connectionId) const
{
    return m_temporary.find(connectionId) != m_temporary.end();
}

QString WatchBook::urlProblem(std::string_view url)
{
    if (url.empty())
        return QStringLiteral("Enter the address of a route, for example https://host/v1/orders.");
    const Result<Url> parsed = Url::parse(url);
    return parsed ? QString() : QString::fromStdString(parsed.error().sentence());
}

QString WatchBook::nameProblem(std::string_view name, std::string_view ownId) const
{
    if (name.empty())
        return QStringLiteral("Enter a name.");
    for (const ConnectionSpec& other : m_specs.connections)
        if (other.name == name && other.id != ownId)
            return QStringLiteral("There is a connection %1 already. Choose another name.").arg(visible(name, 64));
    return {};
}

Result<std::string> WatchBook::addConnection(ConnectionSpec connection, std::vector<RouteSpec> routes, bool isTemporary)
{
    if (const QString problem = urlProblem(connection.url); !problem.isEmpty())
        return badArgument(problem);
    if (connection.name.empty()) {
        const std::string host = Url::parse(connection.url).value().host;
        connection.name = host;
        for (int n = 2; !nameProblem(connection.name, {}).isEmpty(); ++n)
            connection.name = host + "-" + std::to_string(n);
    } else if (const QString problem = nameProblem(connection.name, {}); !problem.isEmpty()) {
        return badArgument(problem);
    }
    if (connection.id.empty())
        connection.id = newId();
    if (routes.empty())
        routes.emplace_back();
    for (RouteSpec& route : routes) {
        if (route.id.empty())
            route.id = newId();
        route.connectionId = connection.id;
    }
    const std::string id = connection.id;
    if (isTemporary)
        m_temporary.insert(id);
    m_specs.connections.push_back(std::move(connection));
    for (RouteSpec& route : routes) {
        m_specs.routes.push_back(std::move(route));
        start(m_specs.routes.back());
    }
    commit();
    return id;
}

Result<std::string> WatchBook::addRoute(RouteSpec route)
{
    if (!connection(route.connectionId))
        return badArgument(QStringLiteral("The connection of this route was removed."));
    if (route.id.empty())
        route.id = newId();
    std::string id = route.id;
    m_specs.routes.push_back(std::move(route));
    start(m_specs.routes.back());
    commit();
    return id;
}

Result<void> WatchBook::update(const ConnectionSpec& changedConnection, const RouteSpec* changedRoute)
{
    ConnectionSpec* kept = byId(m_specs.connections, changedConnection.id);
    if (!kept)
        return badArgument(QStringLiteral("This connection was removed."));
    if (const QString problem = urlProblem(changedConnection.url); !problem.isEmpty())
        return badArgument(problem);
    if (const QString problem = nameProblem(changedConnection.name, changedConnection.id); !problem.isEmpty())
        return badArgument(problem);
    *kept = changedConnection;
    if (changedRoute) {
        RouteSpec* keptRoute = byId(m_specs.routes, changedRoute->id);
        if (!keptRoute)
            return badArgument(QStringLiteral("This route was removed."));
        *keptRoute = *changedRoute;
    }
    for (const RouteSpec* each : routesOf(changedConnection.id))
        m_link.post(engine::UpdateWatch{specOf(*each)});
    commit();
    return {};
}

void WatchBook::setConnectionEnabled(std::string_view id, bool isEnabled)
{
    ConnectionSpec* kept = byId(m_specs.connections, id);
    if (!kept || kept->isEnabled == isEnabled)
        return;
    kept->isEnabled = isEnabled;
    for (const RouteSpec* each : routesOf(id))
        postEnabled(*each);
    commit();
}

void WatchBook::setRouteEnabled(std::string_view id, bool isEnabled)
{
    RouteSpec* kept = byId(m_specs.routes, id);
    if (!kept || kept->isEnabled == isEnabled)
        return;
    kept->isEnabled = isEnabled;
    postEnabled(*kept);
    commit();
}

void WatchBook::removeConnection(std::string_view id)
{
    const ConnectionSpec* kept = connection(id);
    if (!kept)
        return;
    Removed removed{visible(kept->name, 64), {*kept}, {}, isTemporary(id)};
    for (const RouteSpec* each : routesOf(id)) {
        m_link.post(engine::RemoveWatch{watchOf(each->id)});
        m_watches.erase(each->id);
        removed.routes.push_back(*each);
    }
    const std::string gone = kept->id;
    m_temporary.erase(gone);
    std::erase_if(m_specs.routes, [&gone](const RouteSpec& r) { return r.connectionId == gone; });
    std::erase_if(m_specs.connections, [&gone](const ConnectionSpec& c) { return c.id == gone; });
    m_removed = std::move(removed);
    commit();
}

void WatchBook::removeRoute(std::string_view id)
{
    const RouteSpec* kept = route(id);
    if (!kept)
        return;
    const std::string path = kept->path.empty() ? std::string("route") : kept->path;
    m_removed = Removed{visible(path, 64), {}, {*kept}, false};
    m_link.post(engine::RemoveWatch{watchOf(id)});
    const std::string gone = kept->id;
    m_watches.erase(gone);
    std::erase_if(m_specs.routes, [&gone](const RouteSpec& r) { return r.id == gone; });
    commit();
}

QString WatchBook::undoName() const
{
    return m_removed ? m_removed->name : QString();
}

void WatchBook::undo()
{
    if (!m_removed)
        return;
    Removed removed = std::move(*m_removed);
    m_removed.reset();
    for (ConnectionSpec& each : removed.connections) {
        if (removed.isTemporary)
            m_temporary.insert(each.id);
        m_specs.connections.push_back(std::move(each));
    }
    for (RouteSpec& each : removed.routes) {
        if (!connection(each.connectionId))
            continue;
        m_specs.routes.push_back(std::move(each));
        start(m_specs.routes.back());
    }
    commit();
}

void WatchBook::credentialsChanged(std::string_view connectionId)
{
    for (const RouteSpec* each : routesOf(connectionId))
        m_link.post(engine::RetryWatch{watchOf(each->id)});
}

engine::WatchSpec WatchBook::specOf(const RouteSpec& route) const
{
    engine::WatchSpec spec;
    spec.id = watchOf(route.id);
    spec.connection = *connection(route.connectionId);
    spec.route = route;
    return spec;
}

void WatchBook::start(const RouteSpec& route)
{
    m_watches[route.id] = m_nextWatch++;
    m_link.post(engine::AddWatch{specOf(route)});
}

void WatchBook::postEnabled(const RouteSpec& route)
{
    const bool isEnabled = route.isEnabled && connection(route.connectionId)->isEnabled;
    m_link.post(engine::SetWatchEnabled{watchOf(route.id), isEnabled});
}

void WatchBook::commit()
{
    emit changed();
    if (!m_store)
        return;
    SavedSpecs kept = m_specs;
    std::erase_if(kept.connections, [this](const ConnectionSpec& c) { return isTemporary(c.id); });
    std::erase_if(kept.routes, [this](const RouteSpec& r) { return isTemporary(r.connectionId); });
    m_store->save(std::move(kept), [self = QPointer<WatchBook>(this)](const Result<void>& saved) {
        if (self && !saved)
            emit self->saveFailed(QString::fromStdString(saved.error().sentence()));
    });
}

} // namespace wg::ui
