// SPDX-License-Identifier: GPL-3.0-or-later
// What the watches tell: into the event log, the figures, and to the observer.
#include "engine/engine_core.h"

#include <algorithm>
#include <utility>

namespace wg::engine {

namespace {

using series::Metric;
constexpr std::size_t kMarkersKept = 200;
constexpr double kNsPerMs = 1e6, kUsPerMs = 1000;

events::RowVerdict rowVerdict(sync::Verdict verdict) noexcept
{
    switch (verdict) {
    case sync::Verdict::Applied: return events::RowVerdict::Applied;
    case sync::Verdict::Bookmark: return events::RowVerdict::Bookmark;
    case sync::Verdict::Stale: return events::RowVerdict::Stale;
    case sync::Verdict::Duplicate: return events::RowVerdict::Duplicate;
    case sync::Verdict::Undecodable: return events::RowVerdict::Undecodable;
    default: return events::RowVerdict::Ignored;
    }
}

series::Phase phaseOf(ViewState state) noexcept
{
    switch (state) {
    case ViewState::Live: return series::Phase::Live;
    case ViewState::Snapshot:
    case ViewState::Gap:
    case ViewState::Resync: return series::Phase::Resync;
    case ViewState::Stale: return series::Phase::Stale;
    default: return series::Phase::Down;
    }
}

} // namespace

void Engine::Core::prepareRow(const Watch& watch, const sync::EventView& event, std::int64_t receivedNs)
{
    withdrawPrepared();
    events::NewRow row;
    row.kind = event.op == sync::Op::Bookmark ? events::RowKind::Bookmark : events::RowKind::Event;
    row.watch = watch.spec().id;
    row.receivedNs = receivedNs;
    row.serverMs = event.serverMs;
    row.type = event.type;
    row.key = event.key;
    row.version = event.version.number();
    std::string opaque;
    if (!event.version.isAbsent() && !event.version.isNumber()) {
        opaque = event.version.toString();
        row.versionText = opaque;
    }
    row.payload = event.raw;
    eventLog.prepare(row);
    prepared = &event;
}

void Engine::Core::withdrawPrepared()
{
    if (std::exchange(prepared, nullptr))
        eventLog.withdraw();
}

void Engine::Core::watchReceiving(Watch& watch, const sync::EventView& event, std::int64_t receivedNs)
{
    prepareRow(watch, event, receivedNs);
}

void Engine::Core::watchReceived(Watch& watch, const Outcome& outcome)
{
    const sync::EventView& event = *outcome.event;
    const WatchId id = watch.spec().id;
    if (prepared != &event)
        prepareRow(watch, event, outcome.receivedNs);
    prepared = nullptr;
    eventLog.commit(rowVerdict(outcome.verdict), outcome.delta);

    series::WatchSeries& figures = telemetry.watch(id);
    const double latencyMs = event.serverMs > 0 ? std::max(0.0, static_cast<double>(outcome.receivedNs) / kNsPerMs - event.serverMs) : -1;
    if (event.op == sync::Op::Bookmark) {
        figures.count(Metric::Heartbeats);
    } else {
        figures.message(event.raw.size(), latencyMs);
        if (latencyMs >= 0)
            latencies[id].record(static_cast<std::uint64_t>(latencyMs * kUsPerMs));
    }
    isDirty = true;
    if (observer)
        observer->watchEvent(id, event, outcome.verdict, outcome.isShown);
}

void Engine::Core::watchMarked(Watch& watch, const sync::Marker& marker)
{
    withdrawPrepared(); // the marker stands before the event
    const WatchId id = watch.spec().id;
    const WallMs wall = wallNow();
    std::string text = std::string(sync::toString(marker.kind)) + ": " + marker.why;
    if (!marker.from.version.isAbsent())
        text += " From " + marker.from.toString();
    if (!marker.to.version.isAbsent())
        text += (marker.from.version.isAbsent() ? " To " : " to ") + marker.to.toString();
    events::NewRow row;
    row.kind = events::RowKind::Marker;
    row.markerKind = static_cast<std::uint8_t>(marker.kind);
    row.watch = id;
    row.receivedNs = static_cast<std::int64_t>(wall * kNsPerMs);
    row.type = sync::toString(marker.kind);
    row.version = marker.to.version.number();
    if (marker.kind == sync::MarkerKind::Gap && marker.from.version.isNumber() && marker.to.version.isNumber())
        row.delta = static_cast<std::int64_t>(marker.to.version.number() - marker.from.version.number());
    row.payload = text;
    eventLog.append(row);
    markers.push_back({id, watch.spec().connection.name, marker.kind, std::move(text), wall});
    if (markers.size() > kMarkersKept)
        markers.pop_front();
    series::WatchSeries& figures = telemetry.watch(id);
    using sync::MarkerKind;
    if (marker.kind == MarkerKind::Resynced)
        figures.count(Metric::Resyncs);
    else if (marker.kind != MarkerKind::Requested && marker.kind != MarkerKind::Config)
        figures.count(Metric::Gaps);
    isDirty = true;
    if (observer)
        observer->watchMarker(id, marker);
}

void Engine::Core::watchReplaced(Watch& watch, const sync::StoreReplaced& replaced)
{
    withdrawPrepared();
    std::string text = std::to_string(replaced.items) + " items";
    if (!replaced.deleted.empty()) {
        constexpr std::size_t kNamed = 100;
        text += ", " + std::to_string(replaced.deleted.size()) + " vanished:";
        for (std::size_t i = 0; i < std::min(kNamed, replaced.deleted.size()); ++i)
            text += " " + replaced.deleted[i];
        if (replaced.deleted.size() > kNamed)
            text += " and more";
    }
    events::NewRow row;
    row.kind = events::RowKind::Snapshot;
    row.watch = watch.spec().id;
    row.receivedNs = static_cast<std::int64_t>(wallNow() * kNsPerMs);
    row.type = "snapshot";
    row.version = watch.replica()->cursor().version.number();
    row.payload = text;
    eventLog.append(row);
    isDirty = true;
}

void Engine::Core::watchChanged(Watch& watch)
{
    telemetry.watch(watch.spec().id).enter(phaseOf(watch.viewState()), now());
    isDirty = true;
    if (observer)
        observer->watchChanged(watch.spec().id, watch.condition(now()));
}

void Engine::Core::watchHappened(Watch& watch, Happening what)
{
    series::WatchSeries& figures = telemetry.watch(watch.spec().id);
    switch (what) {
    case Happening::Connected: figures.count(Metric::ConnectionsOpened); break;
    case Happening::Reconnected:
        figures.count(Metric::ConnectionsOpened);
        figures.reconnected(now());
        break;
    case Happening::HandshakeOk: figures.count(Metric::HandshakesOk); break;
    case Happening::HandshakeFailed:
        figures.count(Metric::HandshakesFailed);
        figures.count(Metric::ErrorsHandshake);
        break;
    case Happening::DroppedExpected: figures.count(Metric::DroppedExpected); break;
    case Happening::DroppedUnexpected: figures.count(Metric::DroppedUnexpected); break;
    case Happening::OtherError: figures.count(Metric::ErrorsOther); break;
    }
    isDirty = true;
}

} // namespace wg::engine
