// SPDX-License-Identifier: GPL-3.0-or-later
// DemoGateway: the embedded gateway as the window sees it. Declared here, joined to the gateway by app.
// Thread: called on the GUI thread; start() returns when it listens (a local bind, no waiting on the network).
#pragma once

#include "base/result.h"
#include "engine/watch_spec.h"

#include <string>
#include <vector>

namespace wg::ui {

/// One resource that the demo serves, as the first-run page lists it.
struct DemoResource {
    std::string resource;      ///< orders
    std::string connection;    ///< name of the connection made for it: orders-demo
    std::string title;         ///< Orders API
    engine::Transport transport = engine::Transport::WebSocket;
    std::string keys;          ///< 1,200 keys
    double messagesPerS = 0;
};

class DemoGateway {
public:
    virtual ~DemoGateway() = default;
    [[nodiscard]] virtual std::vector<DemoResource> resources() const = 0;
    /// Starts it, with the demo's faults or without; gives its base address. Running already: gives the address.
    virtual Result<std::string> start(bool withFaults) = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;
};

} // namespace wg::ui
