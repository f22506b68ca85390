// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/subscriptions/route_status.h"

#include "ui/text/figures.h"

#include <QVariantMap>

namespace wg::ui {

using engine::Transport;
using engine::ViewState;
using engine::WatchRow;

namespace {

QVariantMap fact(const QString& label, const QString& value, const QString& icon = {}, const QString& hue = {})
{
    return {{QStringLiteral("label"), label}, {QStringLiteral("value"), value}, {QStringLiteral("icon"), icon}, {QStringLiteral("hue"), hue}};
}

QVariantMap count(const QString& label, std::uint64_t value, const QString& icon = {}, const QString& hue = {})
{
    return fact(label, countText(value), value > 0 ? icon : QString(), value > 0 ? hue : QString());
}

QVariantMap section(const QString& title, const QVariantList& rows)
{
    return {{QStringLiteral("title"), title}, {QStringLiteral("rows"), rows}};
}

std::pair<QString, QString> transportLook(Transport transport)
{
    switch (transport) {
    case Transport::WebSocket: return {QStringLiteral("WebSocket"), QStringLiteral("tr-websocket")};
    case Transport::Sse: return {QStringLiteral("SSE"), QStringLiteral("tr-sse")};
    case Transport::Ndjson: return {QStringLiteral("NDJSON"), QStringLiteral("tr-ndjson")};
    case Transport::LongPoll: return {QStringLiteral("Long poll"), QStringLiteral("tr-longpoll")};
    case Transport::Poll: break;
    }
    return {QStringLiteral("Poll"), QStringLiteral("tr-longpoll")};
}

} // namespace

void RouteStatus::setSession(Session* session)
{
    if (m_session || !session)
        return;
    m_session = session;
    connect(session, &Session::published, this, &RouteStatus::changed);
    emit sessionChanged();
    emit changed();
}

void RouteStatus::setWatch(int watch)
{
    if (m_watch == static_cast<engine::WatchId>(watch))
        return;
    m_watch = static_cast<engine::WatchId>(watch);
    emit changed();
}

const WatchRow* RouteStatus::row() const
{
    if (!m_session || m_watch == 0)
        return nullptr;
    for (const WatchRow& each : m_session->publication().watches)
        if (each.id == m_watch)
            return &each;
    return nullptr;
}

QString RouteStatus::stateName() const
{
    const WatchRow* current = row();
    return QString::fromLatin1(engine::toString(current ? current->state : ViewState::Closed).data());
}

QString RouteStatus::since() const
{
    const WatchRow* current = row();
    if (!current || current->sinceWall <= 0)
        return {};
    const double ageS = (m_session->publication().wallNow - current->sinceWall) / 1000;
    return tr("since %1, %2").arg(clockSecondsText(current->sinceWall), ageText(ageS < 0 ? 0 : ageS));
}

QString RouteStatus::why() const
{
    const WatchRow* current = row();
    return current ? visible(current->why, 400) : QString();
}

QString RouteStatus::next() const
{
    const WatchRow* current = row();
    return current ? visible(current->next, 400) : QString();
}

bool RouteStatus::canRetry() const
{
    const WatchRow* current = row();
    return current
        && (current->state == ViewState::Failed || current->state == ViewState::SignIn || current->state == ViewState::Retrying);
}

void RouteStatus::retry()
{
    if (m_watch != 0)
        m_session->engine().post(engine::RetryWatch{m_watch});
}

QVariantList RouteStatus::sections() const
{
    const WatchRow* current = row();
    if (!current)
        return {};
    const sync::Counters& c = current->counters;
    const auto [transport, icon] = transportLook(current->transport);
    QVariantList route{fact(tr("Transport"), transport, icon)};
    if (!current->fellBackWhy.empty())
        route.append(fact(tr("Fell back"), visible(current->fellBackWhy, 200), QStringLiteral("state-fallback")));
    route.append(fact(tr("Dialect"), visible(current->dialect, 64)));
    route.append(fact(tr("Epoch"), current->epoch.empty() ? kMissing.toString() : visible(current->epoch, 64)));
    route.append(fact(tr("Version"), versionText(current->version)));
    route.append(fact(tr("Keys"), countText(current->keys) + QStringLiteral(", ") + sizeText(current->stateBytes)));
    route.append(fact(tr("Rate"), rateText(current->messagesPerS)));
    route.append(fact(tr("Lag"), durationText(current->lagMs)));
    const QVariantList events{
        count(tr("Received"), c.received),
        count(tr("Applied"), c.applied),
        count(tr("Heartbeats"), c.bookmarks),
        count(tr("Duplicate"), c.duplicate, QStringLiteral("state-duplicate"), QStringLiteral("neutral")),
        count(tr("Stale"), c.stale, QStringLiteral("state-stale"), QStringLiteral("warn")),
        count(tr("Ignored"), c.ignored),
        count(tr("Undecodable"), c.undecodable, QStringLiteral("sev-error"), QStringLiteral("error")),
        fact(tr("Bytes"), sizeText(c.bytes)),
    };
    const QVariantList health{
        count(tr("Gaps"), c.gaps, QStringLiteral("state-gap"), QStringLiteral("warn")),
        count(tr("Resyncs"), c.resyncs, QStringLiteral("state-resync"), QStringLiteral("sync")),
        count(tr("Snapshots"), c.snapshots),
        count(tr("Resumes"), c.resumes),
        count(tr("Reconnects"), c.reconnects),
    };
    return {section(tr("Route"), route), section(tr("Events"), events), section(tr("Continuity"), health)};
}

} // namespace wg::ui
