// SPDX-License-Identifier: GPL-3.0-or-later
// Gateway: the embedded reference watch server. Serves watch.v1 over HTTP, SSE, NDJSON, long poll and WebSocket with
// plausible live data, on a thread of its own.
// Limits: see Options; history, queues, messages and connections are all bounded.
// Errors: start() says why the address, the certificate or the state file cannot be used.
// Thread: every call may come from any thread, but start and stop from one at a time.
#pragma once

#include "base/result.h"
#include "gateway/options.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace wg::gateway {

/// What a resource truly holds.
struct Truth {
    struct Item {
        std::uint64_t version = 0;
        std::string object; ///< JSON
    };
    std::string epoch;
    std::uint64_t version = 0;
    std::map<std::string, Item> items;
};

class Gateway {
public:
    explicit Gateway(Options options);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Accepts from now on; gives the port.
    [[nodiscard]] Result<std::uint16_t> start();
    /// Says good-bye to everyone (1001), keeps the state if there is a file for it, ends the thread.
    void stop();

    /// Empty (no epoch) for an unknown resource or while it does not run.
    [[nodiscard]] Truth truth(std::string_view resource) const;
    [[nodiscard]] std::string metrics() const; ///< Prometheus text

    // --- for tests: the same as POST /control/…
    void pause();
    void resume();
    void startEpoch();
    void compact();
    /// Puts an object (JSON); false if it is none or there is no such resource.
    bool put(std::string_view resource, std::string_view id, std::string_view object);
    bool remove(std::string_view resource, std::string_view id);

private:
    class Service;
    std::unique_ptr<Service> m_service;
};

} // namespace wg::gateway
