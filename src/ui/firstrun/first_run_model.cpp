// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/firstrun/first_run_model.h"

#include "ui/overview/connection_row.h"
#include "ui/text/figures.h"

#include <algorithm>
#include <cmath>

namespace wg::ui {

/// The demo's lines go silent now and then; a short heartbeat shows it within seconds.
static constexpr double kDemoHeartbeatS = 2;

FirstRunModel::FirstRunModel(QObject* parent) : QObject(parent)
{
    connect(this, &FirstRunModel::sessionChanged, this, [this] {
        connect(m_session->health(), &HealthModel::keychainChanged, this, &FirstRunModel::keychainChanged);
        emit choicesChanged();
        emit keychainChanged();
    });
}

QVariantList FirstRunModel::demoResources() const
{
    QVariantList list;
    if (!hasDemo())
        return list;
    for (const DemoResource& each : m_session->demo()->resources()) {
        const bool isOff = std::find(m_off.begin(), m_off.end(), each.resource) != m_off.end();
        list.append(QVariantMap{
            {QStringLiteral("resource"), QString::fromStdString(each.resource)},
            {QStringLiteral("title"), QString::fromStdString(each.title)},
            {QStringLiteral("transport"), transportWord(each.transport)},
            {QStringLiteral("transportIcon"), transportIcon(each.transport)},
            {QStringLiteral("keys"), QString::fromStdString(each.keys)},
            {QStringLiteral("rate"), tr("%1 msg/s").arg(countText(static_cast<std::uint64_t>(std::llround(each.messagesPerS))))},
            {QStringLiteral("isOn"), !isOff},
        });
    }
    return list;
}

QString FirstRunModel::keychainNote() const
{
    const QString state = m_session ? m_session->health()->property("keychainState").toString() : QString();
    return state == QLatin1String("memory")
        ? tr("There is no keychain on this system: tokens stay in memory until you quit. They are never written to a file.")
        : tr("Tokens go to your system keychain. They are never written to a file.");
}

QString FirstRunModel::connectTo(const QString& address)
{
    engine::ConnectionSpec connection;
    connection.url = address.trimmed().toStdString();
    const auto added = m_session->book().addConnection(std::move(connection), {});
    return added ? QString() : QString::fromStdString(added.error().sentence());
}

void FirstRunModel::setOn(int index, bool isOn)
{
    const auto resources = m_session->demo()->resources();
    if (index < 0 || static_cast<std::size_t>(index) >= resources.size())
        return;
    const std::string& name = resources[static_cast<std::size_t>(index)].resource;
    std::erase(m_off, name);
    if (!isOn)
        m_off.push_back(name);
    emit choicesChanged();
}

QString FirstRunModel::startDemo()
{
    const auto started = ui::startDemo(*m_session, m_withFaults, m_off);
    return started ? QString() : QString::fromStdString(started.error().sentence());
}

Result<void> startDemo(Session& session, bool withFaults, const std::vector<std::string>& leftOut)
{
    if (!session.demo())
        return Error{ErrorCode::Unavailable, "This build has no demo gateway.", {}};
    const auto address = session.demo()->start(withFaults);
    if (!address)
        return address.error();
    for (const DemoResource& each : session.demo()->resources()) {
        const auto& known = session.book().connections();
        const bool isThere = std::any_of(known.begin(), known.end(), [&](const auto& spec) { return spec.name == each.connection; });
        if (isThere || std::find(leftOut.begin(), leftOut.end(), each.resource) != leftOut.end())
            continue;
        engine::ConnectionSpec connection;
        connection.name = each.connection;
        connection.group = "Demo";
        connection.url = address.value();
        engine::RouteSpec route;
        route.path = "/v1/" + each.resource + "/watch";
        route.dialect = "watch.v1";
        route.transports = {each.transport};
        route.heartbeatS = kDemoHeartbeatS;
        if (const auto added = session.book().addConnection(std::move(connection), {std::move(route)}, true); !added)
            return added.error();
    }
    return {};
}

} // namespace wg::ui
