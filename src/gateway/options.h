// SPDX-License-Identifier: GPL-3.0-or-later
// Options of the gateway, and how they are read from a command line.
// Errors: ErrorCode::BadArgument with a sentence that names the option.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wg::gateway {

/// Faults on the wire, each with its probability. They act per subscriber, never on the truth.
struct ChaosPlan {
    double drop = 0;    ///< per event: not sent
    double dup = 0;     ///< per event: sent twice
    double reorder = 0; ///< per event: sent after the next one
    double corrupt = 0; ///< per event: its JSON is cut short
    double epoch = 0;   ///< per event: carries an epoch that never was
    double cut = 0;     ///< per event or snapshot: the connection breaks in the middle of it
    double delay = 0;   ///< per event: it and what follows wait
    double delayMs = 250;
    double stall = 0;   ///< per event: the connection stays open and says nothing more
    double slow = 0;    ///< per connection: throttled
    double slowBytesPerS = 4000;
    double gone = 0;         ///< "410", per resume
    double tooMany = 0;      ///< "429", per request
    double unavailable = 0;  ///< "503", per request
    double unauthorized = 0; ///< "401", per request

    [[nodiscard]] bool touchesEvents() const noexcept
    {
        return drop + dup + reorder + corrupt + epoch + cut + delay + stall > 0;
    }
};

struct Options {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 8787; ///< 0 = any free one
    double rate = 200;         ///< events per second over all resources
    std::vector<std::string> resources = {"orders", "stocks", "sensors", "pods"};
    std::size_t history = 100'000;                    ///< events kept per resource for a resume
    std::size_t historyBytes = 256 * limits::kMiB;    ///< and never more than this
    std::size_t queueBytes = 64 * limits::kMiB;       ///< kept beyond the history for subscribers that lag
    std::vector<Secret> tokens;
    Secret jwtSecret;
    std::string tlsCert;
    std::string tlsKey;
    std::vector<std::string> origins;
    std::size_t maxConnections = 10'000; ///< streams at a time
    double rateLimit = 0;                ///< requests per second and address; 0 = none
    ChaosPlan chaos;
    std::uint64_t seed = 1;
    std::uint64_t firstVersion = 0; ///< versions of a new epoch count on from here
    bool hasControl = false;
    std::string stateFile;
    Duration writeStall = std::chrono::seconds(30); ///< a write that takes longer ends the connection
    bool isHelp = false;
};

/// argv without the program's name. JWT secrets are read from the environment here.
[[nodiscard]] Result<Options> parseOptions(const std::vector<std::string>& arguments);
/// "drop=0.01,delay=0.05:200,…"
[[nodiscard]] Result<ChaosPlan> parseChaos(std::string_view text);
[[nodiscard]] std::string_view helpText();

} // namespace wg::gateway
