// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gateway.h"

#include "gateway/link.h"
#include "gateway/state_file.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <future>
#include <thread>

namespace wg::gateway {
namespace {

constexpr Duration kTick = std::chrono::milliseconds(5);       ///< events of this span are made at once
constexpr Duration kFarewell = std::chrono::milliseconds(1500); ///< for everyone to hear that the server goes
constexpr Duration kLook = std::chrono::milliseconds(10);
constexpr Duration kAcceptPause = std::chrono::milliseconds(100); ///< after the system refused a connection
constexpr std::size_t kSpareConnections = 256; ///< beyond the streams: snapshots, refusals

} // namespace

class Gateway::Service {
public:
    explicit Service(Options given) : options(std::move(given)) {}

    Result<std::uint16_t> start();
    void stop();
    /// Runs work on the gateway's thread and waits; false while it does not run.
    template <typename Work>
    bool run(Work work);

    Options options;
    std::unique_ptr<Hub> hub;

private:
    Result<void> useCertificate();
    Result<std::uint16_t> listen();
    void accept();
    void tick();
    void sayGoodBye();
    void awaitSilence(Instant until);

    asio::io_context m_io{1};
    asio::ssl::context m_tls{asio::ssl::context::tls_server};
    asio::ip::tcp::acceptor m_acceptor{m_io};
    asio::steady_timer m_ticker{m_io};
    asio::steady_timer m_acceptTimer{m_io};
    asio::steady_timer m_farewell{m_io};
    Instant m_lastTick;
    std::thread m_thread;
};

template <typename Work>
bool Gateway::Service::run(Work work)
{
    if (!m_thread.joinable())
        return false;
    std::promise<void> done;
    asio::post(m_io, [&] {
        work(*hub);
        done.set_value();
    });
    done.get_future().wait();
    return true;
}

Result<void> Gateway::Service::useCertificate()
{
    if (options.tlsCert.empty())
        return {};
    ErrorValue error;
    m_tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
    m_tls.use_certificate_chain_file(options.tlsCert, error);
    if (error)
        return Error{ErrorCode::TlsFailed, "The certificate " + options.tlsCert + " cannot be used: " + error.message() + ".", {}};
    m_tls.use_private_key_file(options.tlsKey, asio::ssl::context::pem, error);
    if (error)
        return Error{ErrorCode::TlsFailed, "The key " + options.tlsKey + " cannot be used: " + error.message() + ".", {}};
    return {};
}

Result<std::uint16_t> Gateway::Service::listen()
{
    ErrorValue error;
    const auto address = asio::ip::make_address(options.bind, error);
    if (error)
        return Error{ErrorCode::BadArgument, "\"" + options.bind + "\" is not an IP address to listen on.", {}};
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    if (!m_acceptor.open(endpoint.protocol(), error) && !m_acceptor.set_option(asio::socket_base::reuse_address(true), error)
        && !m_acceptor.bind(endpoint, error))
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return Error{ErrorCode::Io, "Cannot listen on " + options.bind + ":" + std::to_string(options.port) + ": " + error.message() + ".",
                     "Choose another port, or 0 for any free one."};
    return m_acceptor.local_endpoint().port();
}

Result<std::uint16_t> Gateway::Service::start()
{
    if (m_thread.joinable())
        return Error{ErrorCode::Internal, "The gateway runs already.", {}};
    if (auto done = useCertificate(); !done)
        return done.error();
    hub = std::make_unique<Hub>(options);
    bool isRestored = false;
    if (!options.stateFile.empty()) {
        auto restored = restoreState(options.stateFile, hub->world);
        if (!restored)
            return restored.error();
        isRestored = restored.value();
    }
    if (!isRestored)
        hub->world.fill();
    auto port = listen();
    if (!port)
        return port;
    m_io.restart();
    m_lastTick = monotonicNow();
    asio::post(m_io, [this] {
        accept();
        tick();
    });
    m_thread = std::thread([this] { m_io.run(); });
    return port;
}

void Gateway::Service::accept()
{
    m_acceptor.async_accept([this](ErrorValue error, asio::ip::tcp::socket socket) {
        if (error == asio::error::operation_aborted || hub->isStopping())
            return;
        if (error) { // out of descriptors: wait, do not spin
            m_acceptTimer.expires_after(kAcceptPause);
            m_acceptTimer.async_wait([this](ErrorValue cancelled) {
                if (!cancelled)
                    accept();
            });
            return;
        }
        ++hub->counters.tcpAccepted;
        if (hub->counters.tcpOpen < 2 * options.maxConnections + kSpareConnections) {
            auto wire = options.tlsCert.empty() ? makePlainWire(std::move(socket)) : makeTlsWire(std::move(socket), m_tls);
            const auto link = std::make_shared<Link>(*hub, std::move(wire));
            hub->add(link);
            link->start();
        }
        accept();
    });
}

void Gateway::Service::tick()
{
    if (hub->isStopping() || options.rate <= 0)
        return;
    const Instant now = monotonicNow();
    const ResourceMask changed = hub->world.tick(toSeconds(now - m_lastTick));
    m_lastTick = now;
    if (changed != 0)
        hub->publish(changed);
    m_ticker.expires_after(kTick);
    m_ticker.async_wait([this](ErrorValue error) {
        if (!error)
            tick();
    });
}

void Gateway::Service::sayGoodBye()
{
    ErrorValue ignored;
    m_acceptor.close(ignored);
    m_ticker.cancel();
    m_acceptTimer.cancel();
    hub->goAway();
    awaitSilence(monotonicNow() + kFarewell);
}

void Gateway::Service::awaitSilence(Instant until)
{
    if (hub->isIdle())
        return;
    if (monotonicNow() >= until)
        return hub->breakAll();
    m_farewell.expires_after(kLook);
    m_farewell.async_wait([this, until](ErrorValue) { awaitSilence(until); });
}

void Gateway::Service::stop()
{
    if (!m_thread.joinable())
        return;
    asio::post(m_io, [this] { sayGoodBye(); });
    m_thread.join(); // the loop ends when the last connection is gone
    m_thread = {};
    if (!options.stateFile.empty())
        if (auto kept = saveState(options.stateFile, hub->world); !kept)
            std::fprintf(stderr, "watchglass-gateway: %s\n", kept.error().sentence().c_str());
    hub.reset();
}

Gateway::Gateway(Options options) : m_service(std::make_unique<Service>(std::move(options))) {}

Gateway::~Gateway()
{
    stop();
}

Result<std::uint16_t> Gateway::start()
{
    return m_service->start();
}

void Gateway::stop()
{
    m_service->stop();
}

Truth Gateway::truth(std::string_view resource) const
{
    Truth out;
    m_service->run([&](Hub& hub) {
        const std::size_t index = hub.world.indexOf(resource);
        if (index == hub.world.size())
            return;
        const Resource& source = hub.world.resource(index);
        out.epoch = hub.world.epoch();
        out.version = source.head();
        for (const auto& [id, item] : source.items())
            out.items[id] = {item.last->version, std::string(item.last->object())};
    });
    return out;
}

std::string Gateway::metrics() const
{
    std::string out;
    m_service->run([&](Hub& hub) { out = prometheusText(hub.counters, hub.world); });
    return out;
}

void Gateway::pause()
{
    m_service->run([](Hub& hub) { hub.world.pause(true); });
}

void Gateway::resume()
{
    m_service->run([](Hub& hub) { hub.world.pause(false); });
}

void Gateway::startEpoch()
{
    m_service->run([](Hub& hub) {
        hub.world.startEpoch();
        hub.publish(~ResourceMask{0});
    });
}

void Gateway::compact()
{
    m_service->run([](Hub& hub) {
        for (std::size_t i = 0; i < hub.world.size(); ++i)
            hub.world.resource(i).compact();
        hub.publish(~ResourceMask{0});
    });
}

bool Gateway::put(std::string_view resource, std::string_view id, std::string_view object)
{
    auto fields = Fields::parse(object);
    bool isDone = false;
    m_service->run([&](Hub& hub) {
        const std::size_t index = hub.world.indexOf(resource);
        if (!fields || index == hub.world.size())
            return;
        Resource& target = hub.world.resource(index);
        const bool isNew = target.find(id) == nullptr;
        target.put(target.noun() + (isNew ? "_created" : "_updated"), id, std::move(fields).value());
        hub.publish(ResourceMask{1} << index);
        isDone = true;
    });
    return isDone;
}

bool Gateway::remove(std::string_view resource, std::string_view id)
{
    bool isDone = false;
    m_service->run([&](Hub& hub) {
        const std::size_t index = hub.world.indexOf(resource);
        Item* item = index == hub.world.size() ? nullptr : hub.world.resource(index).find(id);
        if (item == nullptr)
            return;
        hub.world.resource(index).remove(hub.world.resource(index).noun() + "_deleted", *item);
        hub.publish(ResourceMask{1} << index);
        isDone = true;
    });
    return isDone;
}

} // namespace wg::gateway
