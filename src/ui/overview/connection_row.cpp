// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/connection_row.h"

#include "base/url.h"
#include "ui/text/figures.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace wg::ui {

namespace {

using engine::Transport;
using engine::ViewState;

constexpr double kJustNowMs = 1500;

QString tr(const char* text) { return QCoreApplication::translate("ConnectionRow", text); }

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

QString whyText(const engine::WatchRow& watch)
{
    QStringList sentences;
    if (!watch.why.empty())
        sentences << visible(watch.why);
    if (!watch.next.empty())
        sentences << visible(watch.next);
    return sentences.join(QLatin1Char(' '));
}

void fillLag(const engine::WatchRow& watch, double wallNow, ConnectionRow& row)
{
    row.lag = kMissing.toString();
    if (watch.behind > 0) {
        row.lag = tr("%1 behind").arg(countText(watch.behind));
        row.lagHue = QStringLiteral("sync");
    } else if (watch.state == ViewState::Stale && watch.lastEventWall > 0) {
        row.lag = ageText((wallNow - watch.lastEventWall) / 1000);
        row.lagHue = QStringLiteral("warn");
    } else if (watch.lagMs >= 0) {
        row.lag = watch.lagMs < 1000 ? latencyText(watch.lagMs) + QStringLiteral(" ms") : durationText(watch.lagMs);
    }
}

QString upText(const engine::WatchRow& watch, double wallNow)
{
    if (watch.nextTryWall > wallNow)
        return tr("next try %1").arg(ageText((watch.nextTryWall - wallNow) / 1000));
    if (watch.connectedWall <= 0 || attentionRank(watch.state) == attentionRank(ViewState::Closed))
        return kMissing.toString();
    return ageText((wallNow - watch.connectedWall) / 1000);
}

} // namespace

int attentionRank(ViewState state)
{
    constexpr std::array kOrder = {ViewState::Failed, ViewState::SignIn,     ViewState::Retrying, ViewState::Gap,   ViewState::Resync,
                                   ViewState::Stale,  ViewState::Connecting, ViewState::Snapshot, ViewState::Live};
    for (std::size_t i = 0; i < kOrder.size(); ++i)
        if (kOrder[i] == state)
            return static_cast<int>(i);
    return static_cast<int>(kOrder.size());
}

QString transportWord(Transport transport)
{
    switch (transport) {
    case Transport::WebSocket: return tr("WebSocket");
    case Transport::Sse: return tr("SSE");
    case Transport::Ndjson: return tr("NDJSON");
    case Transport::LongPoll: return tr("Long poll");
    case Transport::Poll: return tr("Poll");
    }
    return {};
}

QString transportIcon(Transport transport)
{
    switch (transport) {
    case Transport::WebSocket: return QStringLiteral("tr-websocket");
    case Transport::Sse: return QStringLiteral("tr-sse");
    case Transport::Ndjson: return QStringLiteral("tr-ndjson");
    case Transport::LongPoll:
    case Transport::Poll: return QStringLiteral("tr-longpoll");
    }
    return {};
}

ConnectionRow toConnectionRow(const engine::WatchRow& watch, double wallNow)
{
    ConnectionRow row;
    row.id = watch.id;
    row.viewState = watch.state;
    row.state = text(engine::toString(watch.state));
    row.stateText = Tokens::instance()->wordOf(row.state);
    row.why = whyText(watch);
    row.connection = visible(watch.connection);
    const auto url = Url::parse(watch.url);
    row.url = visible(url ? url.value().redacted() : watch.url);
    row.transport = transportWord(watch.transport);
    row.transportIcon = transportIcon(watch.transport);
    row.fellBack = visible(watch.fellBackWhy);
    row.version = versionText(watch.version);
    fillLag(watch, wallNow, row);
    row.isQuiet = watch.messagesPerS <= 0;
    row.rate = row.isQuiet ? QStringLiteral("0") : QString::number(watch.messagesPerS, 'f', 1);
    row.gaps = countText(watch.counters.gaps);
    row.hasGaps = watch.counters.gaps > 0;
    const double sinceEvent = wallNow - watch.lastEventWall;
    row.lastEvent = watch.lastEventWall <= 0 ? kMissing.toString() : sinceEvent < kJustNowMs ? tr("just now") : ageText(sinceEvent / 1000);
    row.up = upText(watch, wallNow);
    row.samples = toSamples({watch.spark.begin(), watch.spark.end()});
    return row;
}

} // namespace wg::ui
