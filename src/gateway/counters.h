// SPDX-License-Identifier: GPL-3.0-or-later
// Counters of the gateway, and their Prometheus text.
// Thread: the gateway's own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace wg::gateway {

class World;

enum class Carrier : std::uint8_t { WebSocket, Sse, Ndjson, LongPoll };
inline constexpr std::size_t kCarriers = 4;
[[nodiscard]] std::string_view toString(Carrier) noexcept;

enum class Fault : std::uint8_t { Drop, Dup, Reorder, Corrupt, Epoch, Cut, Delay, Stall, Slow, Gone, TooMany, Unavailable, Unauthorized };
inline constexpr std::size_t kFaults = 13;
[[nodiscard]] std::string_view toString(Fault) noexcept;

struct CarrierCounters {
    std::uint64_t open = 0;
    std::uint64_t opened = 0;
    std::uint64_t events = 0;
    std::uint64_t heartbeats = 0;
    std::uint64_t bytes = 0;
};

struct Counters {
    std::array<CarrierCounters, kCarriers> carriers{};
    std::array<std::uint64_t, kFaults> faults{};
    std::map<int, std::uint64_t> responses; ///< by status
    std::uint64_t requests = 0;
    std::uint64_t tcpOpen = 0;
    std::uint64_t tcpAccepted = 0;
    std::uint64_t slowConsumers = 0;
    std::uint64_t authFailures = 0;
    std::uint64_t rateLimited = 0;
    std::uint64_t badMessages = 0;

    CarrierCounters& of(Carrier c) noexcept { return carriers[static_cast<std::size_t>(c)]; }
    void count(Fault f) noexcept { ++faults[static_cast<std::size_t>(f)]; }
};

/// Prometheus text exposition 0.0.4, with CPU, memory and descriptors of the process.
[[nodiscard]] std::string prometheusText(const Counters& counters, const World& world);

} // namespace wg::gateway
