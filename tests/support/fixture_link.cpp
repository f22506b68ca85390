// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fixture_link.h"

#include "support/mock_events.h"

#include <cmath>
#include <limits>

namespace wg::test {

namespace {

using engine::Transport;
using engine::ViewState;

struct MockRow {
    ViewState state;
    const char *name, *url;
    Transport transport;
    const char* version;
    std::uint64_t behind;
    double lagMs, rate;
    std::uint64_t gaps;
    double lastEventS, upS, nextTryS;
};

constexpr double kMinute = 60, kHour = 3600;
constexpr MockRow kRows[] = {
    {ViewState::Live, "orders-eu", "wss://orders.eu.example.com/v2/orders/watch", Transport::WebSocket, "8412907", 0, 38, 214.0, 0, 0.4, 4 * kHour + 12 * kMinute, 0},
    {ViewState::Live, "ticks-nyse", "wss://stream.ticks.example.net/v1/quotes", Transport::WebSocket, "55093218", 0, 9, 968.1, 0, 0.1, 6 * kHour + 2 * kMinute, 0},
    {ViewState::Live, "ticks-fx", "https://stream.ticks.example.net/v1/fx", Transport::Sse, "21774650", 0, 14, 312.4, 0, 0.2, 6 * kHour + 2 * kMinute, 0},
    {ViewState::Retrying, "billing-hooks", "wss://billing.example.com/v1/events", Transport::WebSocket, "77031", 0, -1, 0, 0, 467, 0, 11},
    {ViewState::Resync, "orders-us", "wss://orders.us.example.com/v2/orders/watch", Transport::WebSocket, "6120455", 42, 74, 25.2, 2, 0.3, 18, 0},
    {ViewState::Stale, "sensors-cold", "https://cold.sensors.example.io/v3/poll", Transport::LongPoll, "190377", 0, 192000, 0, 0, 192, 51 * kMinute + 40, 0},
    {ViewState::Live, "pods-prod", "https://k8s-prod.example.internal:6443/api/v1/pods", Transport::Ndjson, "48211907", 0, 61, 74.3, 1, 0.5, 627, 0},
    {ViewState::Live, "sensors-plant-a", "https://plant-a.sensors.example.io/v3/stream?site=a", Transport::Sse, "3318442", 0, 27, 176.0, 0, 0.2, 2 * kHour + 48 * kMinute, 0},
    {ViewState::Live, "sensors-plant-b", "https://plant-b.sensors.example.io/v3/stream?site=b", Transport::LongPoll, "2904116", 0, 412, 48.2, 0, 1, 747, 0},
    {ViewState::Live, "pods-stage", "https://k8s-stage.example.internal:6443/api/v1/pods", Transport::Ndjson, "9140226", 0, 33, 20.6, 0, 0.9, 3 * kHour, 0},
    {ViewState::Live, "deploys-prod", "https://k8s-prod.example.internal:6443/apis/apps/v1/deployments", Transport::Ndjson, "48211871", 0, 58, 3.8, 0, 2, 627, 0},
    {ViewState::Closed, "inventory-dev", "wss://inventory.dev.example.com/v1/watch", Transport::WebSocket, "1204", 0, -1, 0, 0, 22 * kMinute, 0, 0},
};
constexpr std::size_t kWatches = std::size(kRows);

float wave(std::size_t i, double base, double swing, double phase)
{
    const auto x = static_cast<double>(i);
    return static_cast<float>(base + swing * (std::sin(x / 11 + phase) + 0.6 * std::sin(x / 3.7 + phase * 2) + 0.4 * std::sin(x * 1.9 + phase)));
}

engine::WatchRow rowOf(std::size_t i, double wallNow)
{
    const MockRow& mock = kRows[i];
    engine::WatchRow row;
    row.id = static_cast<engine::WatchId>(i + 1);
    row.connectionId = "c" + std::to_string(i + 1);
    row.routeId = "r" + std::to_string(i + 1);
    row.connection = mock.name;
    row.url = mock.url;
    row.resource = "orders";
    row.dialect = "watch.v1";
    row.state = mock.state;
    row.sinceWall = wallNow - mock.upS * 1000;
    row.transport = mock.transport;
    if (std::string(mock.name) == "sensors-plant-b")
        row.fellBackWhy = "from SSE";
    row.version = mock.version;
    row.behind = mock.behind;
    row.lagMs = mock.lagMs;
    row.messagesPerS = mock.rate;
    row.counters.gaps = mock.gaps;
    row.lastEventWall = wallNow - mock.lastEventS * 1000;
    row.connectedWall = mock.upS > 0 ? wallNow - mock.upS * 1000 : 0;
    row.nextTryWall = mock.nextTryS > 0 ? wallNow + mock.nextTryS * 1000 : 0;
    row.keys = 1312;
    row.stateBytes = 4'100'000;
    row.strip = {{ViewState::Connecting, wallNow - 6'027'000, 214, "TLS 1.3"},
                 {ViewState::Snapshot, wallNow - 6'026'000, 388, "1,287 keys, 4.1 MB"},
                 {ViewState::Live, wallNow - 6'025'000, 5'397'000, "from 48122340"},
                 {ViewState::Gap, wallNow - 628'000, 2, "410 Gone"},
                 {ViewState::Resync, wallNow - 627'500, 431, "20 keys changed"},
                 {mock.state, wallNow - 627'000, -1, "at 48211907"}};
    row.why = mock.state == ViewState::Retrying ? "The connection was reset by the server." : "";
    for (std::size_t k = 0; k < row.spark.size(); ++k)
        row.spark[k] = mock.rate > 0 ? wave(k, mock.rate, mock.rate / 14, static_cast<double>(i))
                                     : std::numeric_limits<float>::quiet_NaN();
    return row;
}

std::shared_ptr<engine::SeriesFrame> seriesOf(double wallNow)
{
    auto s = std::make_shared<engine::SeriesFrame>();
    s->count = 300;
    s->stepS = 3;
    s->beginWall = std::floor(wallNow / 1000) * 1000 - 900e3;
    const auto n = s->count;
    const auto at = [&](double share) { return static_cast<std::size_t>(share * static_cast<double>(n)); };
    for (std::size_t i = 0; i < n; ++i) {
        s->active.push_back(i < at(0.48) ? 12.f : i < at(0.67) ? 11.f : 10.f);
        s->opened.push_back(i % 37 == 14 ? 1.f : 0.f);
        s->dropped.push_back(i % 41 == 12 ? 1.f : 0.f);
        s->gaps.push_back(i == at(0.3) || i == at(0.92) || i == at(0.98) ? 1.f : 0.f);
        s->errors.push_back(i % 45 == 20 ? 1.f : 0.f);
        s->handshakeRate.push_back(100.f - static_cast<float>(i) * 0.038f);
        const bool isSpike = std::abs(static_cast<double>(i) - static_cast<double>(at(0.92))) < 4;
        s->p50.push_back(wave(i, 21, 2, 1));
        s->p95.push_back(wave(i, 74, 9, 2) + (isSpike ? 90.f : 0.f));
        s->p99.push_back(wave(i, 205, 28, 3) + (isSpike ? 180.f : 0.f));
        s->ownCpu.push_back(wave(i, 12, 2, 4));
        s->ownRssMb.push_back(180.f + static_cast<float>(i) * 0.06f);
        s->ownFds.push_back(wave(i, 64, 1, 5));
        s->ownNetInMBs.push_back(wave(i, 3.6, 0.2, 6));
    }
    for (std::size_t w = 0; w < kWatches; ++w) {
        if (kRows[w].rate <= 0 && kRows[w].state == ViewState::Closed)
            continue;
        engine::SeriesFrame::PerWatch per{static_cast<engine::WatchId>(w + 1), kRows[w].name, {}};
        for (std::size_t i = 0; i < n; ++i) {
            const bool isDown = kRows[w].rate <= 0 && i > n / 2;
            per.rate.push_back(isDown ? std::numeric_limits<float>::quiet_NaN()
                                      : wave(i, std::max(6.0, kRows[w].rate), kRows[w].rate / 20, static_cast<double>(w)));
        }
        s->rates.push_back(std::move(per));
    }
    s->total.assign(n, 0);
    for (const auto& per : s->rates)
        for (std::size_t i = 0; i < n; ++i)
            if (!std::isnan(per.rate[i]))
                s->total[i] += per.rate[i];
    constexpr std::uint64_t kBins[] = {23'000, 118'000, 310'000, 490'000, 370'000, 190'000, 98'000, 38'000, 14'000, 7'000, 2'000};
    for (std::size_t i = 0; i < std::size(kBins); ++i)
        s->sizeBins[6 + i] = kBins[i];
    s->sizeP50 = 412;
    s->sizeP95 = 3100;
    s->sizeMax = 118'000;
    using Phase = engine::SeriesFrame::Phase;
    for (std::size_t w = 0; w < kWatches; ++w) {
        engine::SeriesFrame::Lifetime life{static_cast<engine::WatchId>(w + 1), kRows[w].name, {}, {}, kRows[w].upS};
        const double end = wallNow, begin = s->beginWall;
        const auto t = [&](double share) { return begin + share * (end - begin); };
        switch (kRows[w].state) {
        case ViewState::Retrying:
            life.stretches = {{Phase::Live, begin, t(0.48)}, {Phase::Down, t(0.48), end}};
            life.reconnects = {t(0.48), t(0.58), t(0.68), t(0.8), t(0.96)};
            break;
        case ViewState::Resync:
            life.stretches = {{Phase::Live, begin, t(0.97)}, {Phase::Resync, t(0.97), end}};
            life.reconnects = {t(0.92), t(0.97)};
            break;
        case ViewState::Stale: life.stretches = {{Phase::Live, begin, t(0.79)}, {Phase::Stale, t(0.79), end}}; break;
        case ViewState::Closed: continue;
        default: life.stretches = {{Phase::Live, begin, end}};
        }
        s->lifetimes.push_back(std::move(life));
    }
    for (const double share : {0.3, 0.92, 0.98})
        s->annotations.push_back({5, "orders-us", sync::MarkerKind::Gap, "Gap of 42 versions", s->beginWall + share * 900e3});
    return s;
}

} // namespace

std::shared_ptr<engine::Publication> mockPublication(double wallNow)
{
    auto p = std::make_shared<engine::Publication>();
    p->wallNow = wallNow;
    for (std::size_t i = 0; i < kWatches; ++i)
        p->watches.push_back(rowOf(i, wallNow));
    p->totals.live = 8;
    p->totals.watches = kWatches;
    p->totals.messagesPerS = 1842;
    p->totals.messagesPerSBefore = 1736;
    p->totals.p50Ms = 21;
    p->totals.p95Ms = 84;
    p->totals.p99Ms = 212;
    p->totals.handshakesOk = 31;
    p->totals.handshakesAll = 35;
    p->totals.gaps = 3;
    p->totals.resyncs = 2;
    p->totals.resyncsRunning = 1;
    p->totals.errorsHandshake = 4;
    p->totals.errorsOther = 3;
    p->log = {0, 1'648'220, 0, 1'100'000'000, 2'000'000'000, wallNow - 900e3};
    p->series = seriesOf(wallNow);
    return p;
}

std::shared_ptr<engine::Publication> emptyPublication(double wallNow)
{
    auto p = std::make_shared<engine::Publication>();
    p->wallNow = wallNow;
    p->log.budgetBytes = limits::kEventLogBytes;
    return p;
}

FixtureLink::FixtureLink() { publish(emptyPublication(0)); }

void FixtureLink::post(engine::Command command)
{
    if (const auto* page = std::get_if<engine::QueryResources>(&command))
        m_pageQuery = *page;
    if (const auto* item = std::get_if<engine::QueryItem>(&command))
        m_itemQuery = *item;
    m_commands.push_back(std::move(command));
    if (m_answersResources)
        publish(std::make_shared<engine::Publication>(*m_publication));
}

void FixtureLink::publish(std::shared_ptr<engine::Publication> publication)
{
    publication->sequence = ++m_sequence;
    if (m_answersResources && m_pageQuery.watch != 0)
        publication->resources = mockPage(m_pageQuery.watch, m_pageQuery.query, m_pageQuery.first, m_pageQuery.count);
    if (m_answersResources && m_itemQuery.watch != 0)
        publication->item = mockItem(m_itemQuery.watch, m_itemQuery.key);
    m_publication = std::move(publication);
}

} // namespace wg::test
