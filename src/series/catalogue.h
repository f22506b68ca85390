// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogue: every figure that is measured, with its name, unit, kind and meaning. The one list; nothing else names them.
// Source: OpenTelemetry metric naming (dotted names, UCUM units) and the Prometheus exposition rules made from it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wg::series {

enum class Metric : std::uint8_t {
    // counters, per watch and as totals
    Messages,
    Bytes,
    Heartbeats,
    ConnectionsOpened,
    DroppedExpected,
    DroppedUnexpected,
    HandshakesOk,
    HandshakesFailed,
    Gaps,
    Resyncs,
    ErrorsHandshake,
    ErrorsOther,
    // gauges
    ConnectionsActive,
    RoundTrip,
    ProcessCpu,
    ProcessMemory,
    ProcessFiles,
    // histograms
    DeliveryLatency,
    MessageSize,
};
inline constexpr std::size_t kMetrics = static_cast<std::size_t>(Metric::MessageSize) + 1;
inline constexpr std::size_t kCounters = static_cast<std::size_t>(Metric::ErrorsOther) + 1;

enum class MetricKind : std::uint8_t { Counter, Gauge, Histogram };

struct MetricEntry {
    Metric metric{};
    std::string_view name; ///< OpenTelemetry style
    std::string_view unit; ///< UCUM, as OpenTelemetry asks
    MetricKind kind{};
    std::string_view help;
};

[[nodiscard]] const std::array<MetricEntry, kMetrics>& catalogue() noexcept;
[[nodiscard]] const MetricEntry& entry(Metric metric) noexcept;
/// Prometheus style: watchglass_messages_total, watchglass_delivery_latency_milliseconds.
[[nodiscard]] std::string prometheusName(Metric metric);

} // namespace wg::series
