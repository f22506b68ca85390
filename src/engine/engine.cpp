// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "engine/engine_core.h"

namespace wg::engine {

Engine::Core::Core(const Ports& given, const EngineOptions& chosen)
    : ports(given), options(chosen), prng(chosen.seed), self(std::make_shared<Core*>(this)), sockets(*this),
      eventLog(chosen.eventBudgetBytes), telemetry(given.clock->now())
{
}

Engine::Core::~Core()
{
    *self = nullptr;
    watches.clear();
    settle();
}

// --- ports

StreamId Engine::Core::openStream(const StreamTarget& target, StreamOwner& owner)
{
    const StreamId id = nextStream++;
    streams[id] = &owner;
    ports.streams->open(id, target);
    return id;
}

void Engine::Core::writeStream(StreamId id, std::string_view bytes) { ports.streams->write(id, bytes); }

void Engine::Core::closeStream(StreamId id)
{
    if (streams.erase(id) > 0)
        ports.streams->close(id);
}

RequestId Engine::Core::request(const HttpRequest& request, HttpOwner& owner)
{
    const RequestId id = nextRequest++;
    requests[id] = &owner;
    ports.http->request(id, request);
    return id;
}

void Engine::Core::abortRequest(RequestId id)
{
    if (requests.erase(id) > 0)
        ports.http->abort(id);
}

void Engine::Core::readSecret(Watch& watch, const std::string& name, bool isRefresh)
{
    const WatchId id = watch.spec().id;
    const std::uint64_t ticket = nextTicket++;
    secretTickets[id] = ticket;
    ports.vault->read(name, isRefresh, [weak = std::weak_ptr<Core*>(self), id, ticket](Result<Secret> secret) {
        const auto alive = weak.lock();
        if (!alive || !*alive)
            return;
        Core& core = **alive;
        Watch* asker = core.find(id);
        if (!asker || core.secretTickets[id] != ticket)
            return;
        asker->secretRead(std::move(secret), core.now());
        core.settle();
    });
}

// --- commands

Watch* Engine::Core::find(WatchId id) const
{
    const auto at = watches.find(id);
    return at == watches.end() ? nullptr : at->second.get();
}

void Engine::Core::carry(const AddWatch& command)
{
    WatchSpec spec = command.spec;
    if (spec.id == 0)
        spec.id = watches.empty() ? 1 : watches.rbegin()->first + 1;
    if (find(spec.id))
        return carry(UpdateWatch{std::move(spec)});
    lastAdded = spec.id;
    const bool isEnabled = spec.connection.isEnabled && spec.route.isEnabled;
    Watch& watch = *(watches[spec.id] = std::make_unique<Watch>(*this, sockets, std::move(spec)));
    (void)telemetry.watch(watch.spec().id);
    if (isEnabled)
        watch.start(now());
    else
        watch.stop(now(), true);
}

void Engine::Core::carry(const UpdateWatch& command)
{
    Watch* watch = find(command.spec.id);
    if (!watch)
        return carry(AddWatch{command.spec});
    const bool isEnabled = command.spec.connection.isEnabled && command.spec.route.isEnabled;
    const bool wasEnabled = watch->spec().connection.isEnabled && watch->spec().route.isEnabled;
    if (runsAlike(watch->spec(), command.spec)) {
        watch->rename(command.spec);
        if (isEnabled != wasEnabled)
            carry(SetWatchEnabled{command.spec.id, isEnabled});
        isDirty = true;
        return;
    }
    watch->stop(now(), false);
    watches.erase(command.spec.id);
    carry(AddWatch{command.spec});
}

void Engine::Core::carry(const RemoveWatch& command)
{
    Watch* watch = find(command.id);
    if (!watch)
        return;
    watch->stop(now(), false);
    watches.erase(command.id);
    telemetry.remove(command.id);
    latencies.erase(command.id);
    isDirty = true;
}

void Engine::Core::carry(const SetWatchEnabled& command)
{
    Watch* watch = find(command.id);
    if (!watch)
        return;
    watch->setEnabled(command.isEnabled);
    if (!command.isEnabled)
        watch->stop(now(), true);
    else if (watch->viewState() == ViewState::Paused || watch->viewState() == ViewState::Closed)
        watch->start(now());
}

void Engine::Core::carry(const ResyncWatch& command)
{
    if (Watch* watch = find(command.id))
        watch->resync(now());
}

void Engine::Core::carry(const RetryWatch& command)
{
    if (Watch* watch = find(command.id))
        watch->retry(now());
}

void Engine::Core::carry(const SetSeriesRange& command)
{
    seriesRangeS = command.rangeS;
    seriesMadeFor = -1;
    isDirty = true;
}

void Engine::Core::carry(const SetEventBudget& command) { eventLog.setBudget(command.bytes); }

void Engine::Core::carry(const ClearEvents&)
{
    eventLog.clear();
    isDirty = true;
}

void Engine::Core::carry(const QueryResources& command)
{
    pageQuery = command;
    pageShown = {};
    isDirty = true;
}

void Engine::Core::carry(const QueryItem& command)
{
    itemQuery = command;
    itemShown = {};
    isDirty = true;
}

// --- time

void Engine::Core::lookAtProcess(Instant at)
{
    if (!options.publishes || !ports.process || at < processLookAt)
        return;
    processLookAt = at + std::chrono::seconds(1);
    if (const auto figures = ports.process->figures())
        telemetry.process(*figures, at);
}

void Engine::Core::tick(Instant at)
{
    telemetry.advance(at);
    lookAtProcess(at);
    sockets.tick(at);
    for (const auto& [id, watch] : watches)
        watch->tick(at);
    if (options.publishes)
        publish(at);
}

std::optional<Instant> Engine::Core::nextDeadline() const
{
    if (isStopped)
        return {};
    std::optional<Instant> out = sockets.nextDeadline();
    const auto take = [&](const std::optional<Instant>& at) {
        if (at && (!out || *at < *out))
            out = at;
    };
    for (const auto& [id, watch] : watches)
        take(watch->nextDeadline());
    if (options.publishes) {
        take(telemetry.nextDeadline());
        if (isDirty)
            take(publishedAt + options.publishInterval);
    }
    return out;
}

// --- the face

Engine::Engine(const Ports& ports, const EngineOptions& options) : m(std::make_unique<Core>(ports, options)) {}
Engine::~Engine() = default;

void Engine::setObserver(WatchObserver* observer) { m->observer = observer; }

void Engine::execute(const Command& command)
{
    if (m->isStopped)
        return;
    m->telemetry.advance(m->now());
    std::visit([this](const auto& each) { m->carry(each); }, command);
    m->settle();
}

WatchId Engine::lastAdded() const noexcept { return m->lastAdded; }

void Engine::tick(Instant now)
{
    m->tick(now);
    m->settle();
}

std::optional<Instant> Engine::nextDeadline() const { return m->nextDeadline(); }

void Engine::noteProcess(std::string_view procStat, double openFiles, long ticksPerS, long pageBytes)
{
    if (const auto figures = series::ProcessFigures::parse(procStat, openFiles, ticksPerS, pageBytes))
        m->telemetry.process(*figures, m->now());
}

void Engine::stop()
{
    for (const auto& [id, watch] : m->watches)
        watch->stop(m->now(), false);
    m->settle();
    m->isStopped = true;
}

std::shared_ptr<const Publication> Engine::publication() const
{
    const std::lock_guard lock(m->publicationLock);
    return m->publication;
}

const events::EventLog& Engine::log() const { return m->eventLog; }

std::vector<WatchId> Engine::watches() const
{
    std::vector<WatchId> out;
    for (const auto& [id, watch] : m->watches)
        out.push_back(id);
    return out;
}

std::optional<WatchCondition> Engine::condition(WatchId id) const
{
    const Watch* watch = m->find(id);
    return watch ? std::optional(watch->condition(m->now())) : std::nullopt;
}

std::optional<StateReport> Engine::report(WatchId id) const
{
    const Watch* watch = m->find(id);
    if (!watch)
        return {};
    StateReport out = watch->report(m->now());
    const auto at = m->latencies.find(id);
    if (at != m->latencies.end() && !at->second.isEmpty()) {
        constexpr double kUsPerMs = 1000;
        out.p50Ms = at->second.quantile(0.50) / kUsPerMs;
        out.p95Ms = at->second.quantile(0.95) / kUsPerMs;
        out.p99Ms = at->second.quantile(0.99) / kUsPerMs;
    }
    return out;
}

void Engine::streamOpened(StreamId id, const StreamOpened& info)
{
    const auto at = m->streams.find(id);
    if (at == m->streams.end())
        return;
    at->second->streamOpened(info, m->now());
    m->settle();
}

void Engine::streamBytes(StreamId id, std::string_view bytes)
{
    const auto at = m->streams.find(id);
    if (at == m->streams.end())
        return;
    const Instant now = m->now();
    m->telemetry.advance(now);
    at->second->streamBytes(bytes, now);
    m->settle();
}

void Engine::streamClosed(StreamId id, const Error& error)
{
    const auto at = m->streams.find(id);
    if (at == m->streams.end())
        return;
    StreamOwner* owner = at->second;
    m->streams.erase(at);
    owner->streamClosed(error, m->now());
    m->settle();
}

void Engine::httpHead(RequestId id, const HttpHead& head)
{
    const auto at = m->requests.find(id);
    if (at == m->requests.end())
        return;
    at->second->httpHead(head, m->now());
    m->settle();
}

void Engine::httpBytes(RequestId id, std::string_view bytes)
{
    const auto at = m->requests.find(id);
    if (at == m->requests.end())
        return;
    at->second->httpBytes(bytes, m->now());
    m->settle();
}

void Engine::httpDone(RequestId id, const Error& error)
{
    const auto at = m->requests.find(id);
    if (at == m->requests.end())
        return;
    HttpOwner* owner = at->second;
    m->requests.erase(at);
    owner->httpDone(error, m->now());
    m->settle();
}

} // namespace wg::engine
