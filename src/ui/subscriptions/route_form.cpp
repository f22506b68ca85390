// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptions/route_form.h"

#include "filter/filter.h"
#include "ui/text/figures.h"

#include <QPointer>

#include <algorithm>
#include <array>

namespace wg::ui {

using engine::AuthKind;
using engine::ConnectionSpec;
using engine::RouteSpec;
using engine::Transport;

namespace {

constexpr std::array<Transport, 5> kTransports = {Transport::WebSocket, Transport::Sse, Transport::Ndjson, Transport::LongPoll,
                                                  Transport::Poll};
constexpr double kHeartbeatLeastS = 1, kHeartbeatMostS = 300, kPollLeastS = 0.2, kPollMostS = 3600;
/// Fields that only the window reads: changing them alone does not reconnect.
constexpr std::array<const char*, 2> kNames = {"name", "group"};

QString secondsText(double seconds)
{
    return QString::number(seconds);
}

QString nameOf(Transport transport)
{
    return QString::fromLatin1(engine::toString(transport).data());
}

} // namespace

void RouteForm::setSession(Session* session)
{
    if (m_session || !session)
        return;
    m_session = session;
    connect(&session->book(), &WatchBook::changed, this, &RouteForm::readBook);
    emit sessionChanged();
}

// --- what is shown

void RouteForm::load(Pair pair, bool hasRoute)
{
    ++m_generation;
    m_saved = std::move(pair);
    m_draft = m_saved;
    m_hasRoute = hasRoute;
    m_isOpen = true;
    m_isSaving = false;
    m_token.clear();
    m_heartbeat = secondsText(m_draft.route.heartbeatS);
    m_pollInterval = secondsText(m_draft.route.pollIntervalS);
    lookForToken();
    emit edited();
}

void RouteForm::open(const QString& connectionId, const QString& routeId)
{
    const WatchBook& book = m_session->book();
    const ConnectionSpec* connection = book.connection(connectionId.toStdString());
    if (!connection) {
        close();
        return;
    }
    const RouteSpec* route = book.route(routeId.toStdString());
    const auto routes = book.routesOf(connection->id);
    if (!route && routes.size() == 1)
        route = routes.front();
    load({*connection, route ? *route : RouteSpec{}}, route != nullptr);
}

void RouteForm::startConnection()
{
    load({}, true);
}

void RouteForm::startRoute()
{
    RouteSpec route;
    route.connectionId = m_saved.connection.id;
    load({m_saved.connection, route}, true);
}

void RouteForm::close()
{
    ++m_generation;
    m_saved = m_draft = {};
    m_isOpen = m_hasRoute = m_isSaving = false;
    m_token.clear();
    emit edited();
}

void RouteForm::revert()
{
    if (m_saved.connection.id.empty())
        close();
    else if (m_hasRoute && m_saved.route.id.empty())
        open(connectionId(), {});
    else
        load(m_saved, m_hasRoute);
}

/// The book changed by another hand (enabled, removed): what is shown follows, the draft stays.
void RouteForm::readBook()
{
    if (!m_isOpen || m_saved.connection.id.empty())
        return;
    const ConnectionSpec* connection = m_session->book().connection(m_saved.connection.id);
    const RouteSpec* route = m_session->book().route(m_saved.route.id);
    if (!connection || (!m_saved.route.id.empty() && !route)) {
        close();
        return;
    }
    m_saved.connection.isEnabled = m_draft.connection.isEnabled = connection->isEnabled;
    if (route)
        m_saved.route.isEnabled = m_draft.route.isEnabled = route->isEnabled;
    emit edited();
}

bool RouteForm::isTemporary() const
{
    return m_session && m_session->book().isTemporary(m_saved.connection.id);
}

int RouteForm::watch() const
{
    return m_session && m_hasRoute ? static_cast<int>(m_session->book().watchOf(m_saved.route.id)) : 0;
}

QString RouteForm::title() const
{
    if (m_saved.connection.id.empty())
        return tr("New connection");
    return visible(m_saved.connection.name, 64);
}

QString RouteForm::subtitle() const
{
    if (!m_hasRoute || m_saved.connection.id.empty())
        return {};
    if (m_saved.route.id.empty())
        return tr("New route");
    return m_saved.route.path.empty() ? QString() : visible(m_saved.route.path, 100);
}

QString RouteForm::address() const
{
    engine::WatchSpec spec;
    spec.connection = m_draft.connection;
    spec.route = m_draft.route;
    return visible(spec.url(), 400);
}

// --- what differs and what is wrong

QVariantMap RouteForm::changed() const
{
    QVariantMap fields;
    const auto mark = [&fields](const char* name, bool isChanged) {
        if (isChanged)
            fields.insert(QLatin1String(name), true);
    };
    if (!m_isOpen)
        return fields;
    const ConnectionSpec &a = m_saved.connection, &b = m_draft.connection;
    mark("name", a.name != b.name);
    mark("group", a.group != b.group);
    mark("url", a.url != b.url);
    mark("auth", a.auth != b.auth);
    mark("token", !m_token.isEmpty());
    if (!m_hasRoute)
        return fields;
    const RouteSpec &c = m_saved.route, &d = m_draft.route;
    mark("path", c.path != d.path);
    mark("dialect", c.dialect != d.dialect);
    mark("transports", c.transports != d.transports);
    mark("ids", c.ids != d.ids);
    mark("serverFilter", c.serverFilter != d.serverFilter);
    mark("heartbeat", m_heartbeat != secondsText(c.heartbeatS));
    mark("pollInterval", m_pollInterval != secondsText(c.pollIntervalS));
    mark("onGap", c.onGap != d.onGap);
    return fields;
}

bool RouteForm::mustReconnect() const
{
    const QVariantMap fields = changed();
    return std::any_of(fields.keyBegin(), fields.keyEnd(), [](const QString& field) {
        return std::none_of(kNames.begin(), kNames.end(), [&](const char* name) { return field == QLatin1String(name); });
    });
}

QVariantMap RouteForm::problems() const
{
    QVariantMap found;
    const auto add = [&found](const char* field, const QString& sentence) {
        if (!sentence.isEmpty())
            found.insert(QLatin1String(field), sentence);
    };
    if (!m_isOpen || !m_session)
        return found;
    add("url", WatchBook::urlProblem(m_draft.connection.url));
    if (!m_draft.connection.name.empty() || !m_saved.connection.id.empty())
        add("name", m_session->book().nameProblem(m_draft.connection.name, m_saved.connection.id));
    if (m_draft.connection.auth == AuthKind::Bearer && m_token.isEmpty() && !m_hasToken && m_tokenPlace != QLatin1String("unknown"))
        add("token", tr("Enter a token, or choose None."));
    if (!m_hasRoute)
        return found;
    const std::string& path = m_draft.route.path;
    if (path.find("://") != std::string::npos)
        add("path", WatchBook::urlProblem(path));
    else if (path.find_first_of(" \t\r\n#") != std::string::npos)
        add("path", tr("A path has no spaces and no #."));
    if (!m_draft.route.serverFilter.empty()) {
        const filter::FilterResult compiled = filter::Filter::compile(m_draft.route.serverFilter, filter::Scope::Server);
        if (!compiled)
            add("serverFilter", visible(compiled.error.sentence, 200));
    }
    const auto number = [&](const char* field, const QString& text, double least, double most) {
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        if (!isNumber || value < least || value > most)
            add(field, tr("Enter a number of seconds from %1 to %2.").arg(secondsText(least), secondsText(most)));
    };
    number("heartbeat", m_heartbeat, kHeartbeatLeastS, kHeartbeatMostS);
    number("pollInterval", m_pollInterval, kPollLeastS, kPollMostS);
    return found;
}

// --- fields

void RouteForm::put(std::string& field, const QString& text)
{
    const std::string value = text.toStdString();
    if (field == value)
        return;
    field = value;
    emit edited();
}

void RouteForm::setAuth(int auth)
{
    m_draft.connection.auth = auth == 1 ? AuthKind::Bearer : AuthKind::None;
    emit edited();
}

void RouteForm::setToken(const QString& token)
{
    if (m_token == token)
        return;
    m_token = token;
    emit edited();
}

QStringList RouteForm::dialects()
{
    return {QStringLiteral("auto"), QStringLiteral("watch.v1"), QStringLiteral("generic-ws"), QStringLiteral("generic-sse"),
            QStringLiteral("generic-ndjson"), QStringLiteral("generic-longpoll")};
}

int RouteForm::dialect() const
{
    return static_cast<int>(dialects().indexOf(QString::fromStdString(m_draft.route.dialect)));
}

void RouteForm::setDialect(int index)
{
    if (index >= 0 && index < dialects().size())
        put(m_draft.route.dialect, dialects().at(index));
}

void RouteForm::setAutoTransport(bool isAuto)
{
    if (isAuto == isAutoTransport())
        return;
    m_draft.route.transports.assign(isAuto ? kTransports.end() : kTransports.begin(), kTransports.end());
    emit edited();
}

QStringList RouteForm::transports() const
{
    QStringList names;
    for (const Transport transport : m_draft.route.transports)
        names.append(nameOf(transport));
    return names;
}

QStringList RouteForm::otherTransports() const
{
    QStringList names;
    for (const Transport transport : kTransports)
        if (std::find(m_draft.route.transports.begin(), m_draft.route.transports.end(), transport) == m_draft.route.transports.end())
            names.append(nameOf(transport));
    return names;
}

void RouteForm::toggleTransport(const QString& name)
{
    const auto transport = engine::transportFromText(name.toStdString());
    if (!transport)
        return;
    auto& order = m_draft.route.transports;
    const auto found = std::find(order.begin(), order.end(), *transport);
    if (found == order.end())
        order.push_back(*transport);
    else if (order.size() > 1) // the last one stays: none at all would mean automatic
        order.erase(found);
    emit edited();
}

void RouteForm::moveTransport(const QString& name, int by)
{
    const auto transport = engine::transportFromText(name.toStdString());
    auto& order = m_draft.route.transports;
    const auto found = transport ? std::find(order.begin(), order.end(), *transport) : order.end();
    if (found == order.end())
        return;
    const auto at = found - order.begin();
    const auto wanted = std::clamp<std::ptrdiff_t>(at + by, 0, static_cast<std::ptrdiff_t>(order.size()) - 1);
    if (wanted == at)
        return;
    order.erase(found);
    order.insert(order.begin() + wanted, *transport);
    emit edited();
}

QString RouteForm::ids() const
{
    QStringList texts;
    for (const std::string& id : m_draft.route.ids)
        texts.append(QString::fromStdString(id));
    return texts.join(QStringLiteral(", "));
}

void RouteForm::setIds(const QString& text)
{
    std::vector<std::string> ids;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts))
        if (const QString id = part.trimmed(); !id.isEmpty())
            ids.push_back(id.toStdString());
    if (ids == m_draft.route.ids)
        return;
    m_draft.route.ids = std::move(ids);
    emit edited();
}

void RouteForm::setHeartbeat(const QString& text)
{
    if (m_heartbeat == text)
        return;
    m_heartbeat = text.trimmed();
    emit edited();
}

void RouteForm::setPollInterval(const QString& text)
{
    if (m_pollInterval == text)
        return;
    m_pollInterval = text.trimmed();
    emit edited();
}

void RouteForm::setOnGap(int onGap)
{
    m_draft.route.onGap = onGap == 1 ? sync::OnGap::ResumeOnceThenSnapshot : sync::OnGap::Snapshot;
    emit edited();
}

// --- changes that take effect at once

void RouteForm::setEnabled(bool isEnabled)
{
    if (!m_isOpen || isNew())
        return;
    if (m_hasRoute && m_session->book().routesOf(m_saved.connection.id).size() > 1)
        m_session->book().setRouteEnabled(m_saved.route.id, isEnabled);
    else
        m_session->book().setConnectionEnabled(m_saved.connection.id, isEnabled);
    if (isEnabled && m_hasRoute) {
        m_session->book().setConnectionEnabled(m_saved.connection.id, true);
        m_session->book().setRouteEnabled(m_saved.route.id, true);
    }
}

void RouteForm::remove()
{
    if (!m_isOpen || isNew())
        return;
    WatchBook& book = m_session->book();
    const std::string connection = m_saved.connection.id, route = m_saved.route.id;
    if (m_hasRoute && book.routesOf(connection).size() > 1)
        book.removeRoute(route);
    else
        book.removeConnection(connection);
    emit removed(tr("Removed %1").arg(book.undoName()));
}

void RouteForm::undo()
{
    m_session->book().undo();
}

} // namespace wg::ui
