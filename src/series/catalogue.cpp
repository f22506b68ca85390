// SPDX-License-Identifier: GPL-3.0-or-later
#include "series/catalogue.h"

namespace wg::series {
namespace {

constexpr MetricKind kCounter = MetricKind::Counter;
constexpr MetricKind kGauge = MetricKind::Gauge;
constexpr MetricKind kHistogram = MetricKind::Histogram;

constexpr std::array<MetricEntry, kMetrics> kCatalogue{{
    {Metric::Messages, "watchglass.messages", "{message}", kCounter, "Messages received, without heartbeats."},
    {Metric::Bytes, "watchglass.bytes", "By", kCounter, "Bytes of these messages, without framing."},
    {Metric::Heartbeats, "watchglass.heartbeats", "{message}", kCounter, "Heartbeats and bookmarks received."},
    {Metric::ConnectionsOpened, "watchglass.connections.opened", "{connection}", kCounter, "Streams that opened."},
    {Metric::DroppedExpected, "watchglass.connections.dropped.expected", "{connection}", kCounter,
     "Streams that ended in order or because we closed them."},
    {Metric::DroppedUnexpected, "watchglass.connections.dropped.unexpected", "{connection}", kCounter,
     "Streams that broke, went silent or were cut."},
    {Metric::HandshakesOk, "watchglass.handshakes.ok", "{handshake}", kCounter, "Stream openings that succeeded."},
    {Metric::HandshakesFailed, "watchglass.handshakes.failed", "{handshake}", kCounter,
     "Stream openings that were refused, timed out or never reached the server."},
    {Metric::Gaps, "watchglass.gaps", "{gap}", kCounter, "Times that versions were proven to be missing."},
    {Metric::Resyncs, "watchglass.resyncs", "{resync}", kCounter, "Times that a snapshot was taken to be right again."},
    {Metric::ErrorsHandshake, "watchglass.errors.handshake", "{error}", kCounter, "Errors while a stream opened."},
    {Metric::ErrorsOther, "watchglass.errors.other", "{error}", kCounter,
     "Errors of open streams, of snapshots and of messages that cannot be read."},
    {Metric::ConnectionsActive, "watchglass.connections.active", "{connection}", kGauge, "Streams that are open."},
    {Metric::RoundTrip, "watchglass.round_trip", "ms", kGauge, "Reply time of our own pings."},
    {Metric::ProcessCpu, "watchglass.process.cpu", "%", kGauge, "Processor time of this program; 100 is one core."},
    {Metric::ProcessMemory, "watchglass.process.memory", "MBy", kGauge, "Resident memory of this program."},
    {Metric::ProcessFiles, "watchglass.process.files", "{file}", kGauge, "Open file descriptors of this program."},
    {Metric::DeliveryLatency, "watchglass.delivery.latency", "ms", kHistogram,
     "From the server's time of an event to its receipt. Clocks that differ shift it."},
    {Metric::MessageSize, "watchglass.message.size", "By", kHistogram, "Size of a message as received."},
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < kMetrics; ++i)
        if (static_cast<std::size_t>(kCatalogue[i].metric) != i)
            return false;
    return true;
}
static_assert(isInOrder(), "the catalogue lists every metric in the order of the enumeration");

} // namespace

const std::array<MetricEntry, kMetrics>& catalogue() noexcept { return kCatalogue; }

const MetricEntry& entry(Metric metric) noexcept { return kCatalogue[static_cast<std::size_t>(metric)]; }

std::string prometheusName(Metric metric)
{
    const MetricEntry& e = entry(metric);
    std::string name(e.name);
    for (char& c : name)
        if (c == '.')
            c = '_';
    if (e.unit == "By" && e.name != "watchglass.bytes")
        name += "_bytes";
    else if (e.unit == "MBy")
        name += "_megabytes";
    else if (e.unit == "ms")
        name += "_milliseconds";
    else if (e.unit == "%")
        name += "_percent";
    if (e.kind == MetricKind::Counter)
        name += "_total";
    return name;
}

} // namespace wg::series
