// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptions/subscription_tree.h"

#include "ui/text/figures.h"

#include <algorithm>
#include <array>
#include <map>

namespace wg::ui {

using engine::ConnectionSpec;
using engine::RouteSpec;
using engine::ViewState;
using engine::WatchRow;

namespace {

const char* const kNoGroup = "Other";

/// How much a state needs a person's eye: the worst one of a connection is shown.
int weight(ViewState state)
{
    static constexpr std::array<ViewState, 11> kOrder = {ViewState::Closed, ViewState::Paused, ViewState::Live, ViewState::Connecting,
                                                         ViewState::Snapshot, ViewState::Resync, ViewState::Gap, ViewState::Stale,
                                                         ViewState::Retrying, ViewState::SignIn, ViewState::Failed};
    return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), state) - kOrder.begin());
}

std::string groupOf(const ConnectionSpec& connection)
{
    return connection.group.empty() ? kNoGroup : connection.group;
}

QString stateText(ViewState state)
{
    return QString::fromLatin1(engine::toString(state).data());
}

QString routeText(const RouteSpec& route)
{
    return route.path.empty() ? SubscriptionTree::tr("(the connection's address)") : visible(route.path, 200);
}

} // namespace

void SubscriptionTree::setSession(Session* session)
{
    if (m_session || !session)
        return;
    m_session = session;
    connect(&session->book(), &WatchBook::changed, this, &SubscriptionTree::rebuild);
    connect(session, &Session::published, this, &SubscriptionTree::refresh);
    rebuild();
    emit sessionChanged();
}

void SubscriptionTree::setFind(const QString& text)
{
    if (m_find == text)
        return;
    m_find = text;
    emit findChanged();
    rebuild();
}

bool SubscriptionTree::isEmpty() const
{
    return !m_session || m_session->book().connections().empty();
}

QString SubscriptionTree::totals() const
{
    if (!m_session)
        return {};
    const std::size_t connections = m_session->book().connections().size(), routes = m_session->book().routes().size();
    return (connections == 1 ? tr("1 connection") : tr("%1 connections").arg(countText(connections))) + QStringLiteral(", ")
        + (routes == 1 ? tr("1 route") : tr("%1 routes").arg(countText(routes)));
}

bool SubscriptionTree::isClosed(const Row& row) const
{
    if (!m_find.isEmpty())
        return false;
    return row.level == Level::Group ? m_closedGroups.count(row.id) > 0 : m_openConnections.count(row.id) == 0;
}

void SubscriptionTree::rebuild()
{
    const WatchBook& book = m_session->book();
    std::map<std::string, std::vector<const ConnectionSpec*>> groups;
    for (const ConnectionSpec& connection : book.connections())
        groups[groupOf(connection)].push_back(&connection);
    const auto holds = [this](const std::string& text) {
        return m_find.isEmpty() || QString::fromStdString(text).contains(m_find, Qt::CaseInsensitive);
    };
    std::vector<Row> rows;
    for (const auto& [group, connections] : groups) {
        const Row groupRow{Level::Group, group, {}};
        const std::size_t before = rows.size();
        rows.push_back(groupRow);
        for (const ConnectionSpec* connection : connections) {
            const bool isHit = holds(connection->name) || holds(connection->url) || holds(group);
            std::vector<Row> routes;
            for (const RouteSpec* route : book.routesOf(connection->id))
                if (isHit || holds(route->path))
                    routes.push_back({Level::Route, route->id, connection->id});
            if ((!isHit && routes.empty()) || isClosed(groupRow))
                continue;
            rows.push_back({Level::Connection, connection->id, connection->id});
            if (!isClosed(rows.back()))
                rows.insert(rows.end(), routes.begin(), routes.end());
        }
        if (rows.size() == before + 1 && !m_find.isEmpty())
            rows.pop_back();
    }
    if (rows != m_rows) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    refresh();
    emit rebuilt();
}

void SubscriptionTree::refresh()
{
    if (!m_rows.empty())
        emit dataChanged(index(0), index(count() - 1));
}

int SubscriptionTree::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> SubscriptionTree::roleNames() const
{
    return {{LevelRole, "level"}, {TextRole, "text"}, {StateRole, "stateName"}, {NoteRole, "note"}, {IsOpenRole, "isOpen"},
            {CanOpenRole, "canOpen"}, {IsOffRole, "isOff"}, {IsTemporaryRole, "isTemporary"}, {FellBackRole, "fellBack"}};
}

const WatchRow* SubscriptionTree::watchOf(std::string_view routeId) const
{
    const engine::WatchId id = m_session->book().watchOf(routeId);
    for (const WatchRow& row : m_session->publication().watches)
        if (row.id == id)
            return &row;
    return nullptr;
}

QVariant SubscriptionTree::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case LevelRole: return static_cast<int>(row.level);
    case IsOpenRole: return !isClosed(row);
    default: break;
    }
    if (row.level == Level::Connection)
        return connectionData(row, role);
    if (row.level == Level::Route)
        return routeData(row, role);
    switch (role) {
    case TextRole: return visible(row.id, 64);
    case CanOpenRole: return true;
    case NoteRole: {
        const auto& connections = m_session->book().connections();
        return countText(static_cast<std::uint64_t>(
            std::count_if(connections.begin(), connections.end(), [&](const ConnectionSpec& c) { return groupOf(c) == row.id; })));
    }
    case IsOffRole:
    case IsTemporaryRole: return false;
    default: return QString();
    }
}

QVariant SubscriptionTree::connectionData(const Row& row, int role) const
{
    const ConnectionSpec* connection = m_session->book().connection(row.id);
    if (!connection)
        return {};
    switch (role) {
    case TextRole: return visible(connection->name, 100);
    case CanOpenRole: return !m_session->book().routesOf(row.id).empty();
    case IsOffRole: return !connection->isEnabled;
    case IsTemporaryRole: return m_session->book().isTemporary(row.id);
    case StateRole: {
        ViewState worst = ViewState::Closed;
        for (const RouteSpec* route : m_session->book().routesOf(row.id))
            if (const WatchRow* watch = watchOf(route->id); watch && weight(watch->state) > weight(worst))
                worst = watch->state;
        return stateText(worst);
    }
    default: return QString();
    }
}

QVariant SubscriptionTree::routeData(const Row& row, int role) const
{
    const RouteSpec* route = m_session->book().route(row.id);
    const ConnectionSpec* connection = m_session->book().connection(row.connectionId);
    if (!route || !connection)
        return {};
    const WatchRow* watch = watchOf(row.id);
    const bool isOff = !route->isEnabled || !connection->isEnabled;
    switch (role) {
    case TextRole: return routeText(*route);
    case CanOpenRole: return false;
    case IsOffRole: return isOff;
    case IsTemporaryRole: return m_session->book().isTemporary(row.connectionId);
    case StateRole: return watch ? stateText(watch->state) : stateText(ViewState::Closed);
    case NoteRole: return isOff ? tr("Off") : watch ? rateText(watch->messagesPerS) : kMissing.toString();
    case FellBackRole: return watch ? visible(watch->fellBackWhy, 200) : QString();
    default: return {};
    }
}

void SubscriptionTree::toggle(int row)
{
    if (row >= 0 && row < count())
        setOpen(row, isClosed(m_rows[static_cast<std::size_t>(row)]));
}

bool SubscriptionTree::setOpen(int row, bool shallOpen)
{
    if (row < 0 || row >= count())
        return false;
    const Row& at = m_rows[static_cast<std::size_t>(row)];
    if (at.level == Level::Route || isClosed(at) != shallOpen || !m_find.isEmpty())
        return false;
    std::set<std::string>& kept = at.level == Level::Group ? m_closedGroups : m_openConnections;
    if (shallOpen == (at.level == Level::Group))
        kept.erase(at.id);
    else
        kept.insert(at.id);
    rebuild();
    return true;
}

QString SubscriptionTree::connectionAt(int row) const
{
    return row >= 0 && row < count() ? QString::fromStdString(m_rows[static_cast<std::size_t>(row)].connectionId) : QString();
}

QString SubscriptionTree::routeAt(int row) const
{
    if (row < 0 || row >= count() || m_rows[static_cast<std::size_t>(row)].level != Level::Route)
        return {};
    return QString::fromStdString(m_rows[static_cast<std::size_t>(row)].id);
}

int SubscriptionTree::rowOf(const QString& connectionId, const QString& routeId) const
{
    const std::string connection = connectionId.toStdString(), route = routeId.toStdString();
    int found = -1;
    for (int i = 0; i < count(); ++i) {
        const Row& row = m_rows[static_cast<std::size_t>(i)];
        if (row.level == Level::Route && row.id == route)
            return i;
        if (row.level == Level::Connection && row.id == connection)
            found = i;
    }
    return found;
}

} // namespace wg::ui
