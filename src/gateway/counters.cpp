// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/counters.h"

#include "gateway/json_text.h"
#include "gateway/world.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace wg::gateway {
namespace {

class Exposition {
public:
    void family(std::string_view name, std::string_view kind, std::string_view help)
    {
        m_name = "watchglass_gateway_";
        if (name.substr(0, 8) == "process_")
            m_name.clear();
        m_name += name;
        m_out += "# HELP " + m_name + " " + std::string(help) + "\n# TYPE " + m_name + " " + std::string(kind) + "\n";
    }
    void sample(std::string_view label, std::string_view value, const std::string& number)
    {
        m_out += m_name;
        if (!label.empty()) {
            ((m_out += '{') += label) += "=\"";
            (m_out += value) += "\"}";
        }
        (m_out += ' ') += number + "\n";
    }
    void sample(std::uint64_t number) { sample({}, {}, std::to_string(number)); }
    std::string take() { return std::move(m_out); }

private:
    std::string m_name;
    std::string m_out;
};

std::uint64_t residentBytes()
{
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t openDescriptors()
{
    std::error_code error;
    std::uint64_t count = 0;
    for (auto it = std::filesystem::directory_iterator("/proc/self/fd", error); !error && it != std::filesystem::directory_iterator();
         it.increment(error))
        ++count;
    return count;
}

void writeCarriers(Exposition& out, const Counters& counters)
{
    const auto each = [&](std::string_view name, std::string_view kind, std::string_view help,
                          std::uint64_t CarrierCounters::*member) {
        out.family(name, kind, help);
        for (std::size_t i = 0; i < kCarriers; ++i)
            out.sample("transport", toString(static_cast<Carrier>(i)), std::to_string(counters.carriers[i].*member));
    };
    each("connections", "gauge", "Streams open now.", &CarrierCounters::open);
    each("connections_total", "counter", "Streams opened.", &CarrierCounters::opened);
    each("sent_events_total", "counter", "Events handed to subscribers.", &CarrierCounters::events);
    each("sent_heartbeats_total", "counter", "Heartbeats handed to subscribers.", &CarrierCounters::heartbeats);
    each("sent_bytes_total", "counter", "Bytes of streams handed to the system.", &CarrierCounters::bytes);
}

void writeWorld(Exposition& out, const World& world)
{
    const auto each = [&](std::string_view name, std::string_view kind, std::string_view help, auto read) {
        out.family(name, kind, help);
        for (std::size_t i = 0; i < world.size(); ++i)
            out.sample("resource", world.resource(i).name(), std::to_string(read(world.resource(i))));
    };
    each("events_total", "counter", "Events made.", [](const Resource& r) { return r.published(); });
    each("items", "gauge", "Items there are.", [](const Resource& r) { return r.items().size(); });
    each("head_version", "gauge", "Newest version.", [](const Resource& r) { return r.head(); });
    each("floor_version", "gauge", "Oldest version that may be resumed from.", [](const Resource& r) { return r.floor(); });
    each("history_entries", "gauge", "Events kept.", [](const Resource& r) { return r.historyEntries(); });
    each("history_bytes", "gauge", "Bytes of the events kept.", [](const Resource& r) { return r.historyBytes(); });
    out.family("skipped_events_total", "counter", "Events of --rate that could not be made in time.");
    out.sample(world.skipped());
}

void writeProcess(Exposition& out)
{
    timespec cpu{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    out.family("process_cpu_seconds_total", "counter", "User and system CPU time.");
    out.sample({}, {}, fixed(static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) / 1e9, 3));
    out.family("process_resident_memory_bytes", "gauge", "Resident memory.");
    out.sample(residentBytes());
    out.family("process_open_fds", "gauge", "Open file descriptors.");
    out.sample(openDescriptors());
}

} // namespace

std::string_view toString(Carrier c) noexcept
{
    static constexpr std::string_view kNames[] = {"ws", "sse", "ndjson", "longpoll"};
    return kNames[static_cast<std::size_t>(c)];
}

std::string_view toString(Fault f) noexcept
{
    static constexpr std::string_view kNames[] = {"drop", "dup", "reorder", "corrupt", "epoch", "cut", "delay",
                                                  "stall", "slow", "410", "429", "503", "401"};
    return kNames[static_cast<std::size_t>(f)];
}

std::string prometheusText(const Counters& counters, const World& world)
{
    Exposition out;
    writeCarriers(out, counters);
    out.family("tcp_connections", "gauge", "TCP connections open now.");
    out.sample(counters.tcpOpen);
    out.family("tcp_connections_total", "counter", "TCP connections accepted.");
    out.sample(counters.tcpAccepted);
    out.family("requests_total", "counter", "HTTP requests read.");
    out.sample(counters.requests);
    out.family("responses_total", "counter", "HTTP answers by status.");
    for (const auto& [status, count] : counters.responses)
        out.sample("code", std::to_string(status), std::to_string(count));
    out.family("faults_total", "counter", "Faults of --chaos that happened.");
    for (std::size_t i = 0; i < kFaults; ++i)
        out.sample("fault", toString(static_cast<Fault>(i)), std::to_string(counters.faults[i]));
    out.family("slow_consumers_total", "counter", "Subscribers cut off because they lagged too far.");
    out.sample(counters.slowConsumers);
    out.family("auth_failures_total", "counter", "Requests without a good token.");
    out.sample(counters.authFailures);
    out.family("rate_limited_total", "counter", "Requests above the rate limit.");
    out.sample(counters.rateLimited);
    out.family("bad_messages_total", "counter", "WebSocket messages that could not be used.");
    out.sample(counters.badMessages);
    writeWorld(out, world);
    writeProcess(out);
    return out.take();
}

} // namespace wg::gateway
