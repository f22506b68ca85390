// SPDX-License-Identifier: GPL-3.0-or-later
// Router: from a request to an answer, or to the plan of a stream. Checks come in this order: rate, stopping, origin, token,
// faults of the plan, route, method, parameters, limits.
// Thread: the gateway's own.
#pragma once

#include "gateway/hub.h"
#include "gateway/request.h"
#include "gateway/watch_stream.h"

#include <optional>
#include <variant>

namespace wg::gateway {

/// An answer that may break off in the middle (chaos).
struct Answer {
    Reply reply;
    bool isCut = false;
};
using Routed = std::variant<Answer, WatchPlan>;

class Router {
public:
    explicit Router(Hub& hub) : m_hub(hub) {}
    [[nodiscard]] Routed route(const Request& request);
    /// The answer to bytes that are no HTTP request.
    [[nodiscard]] Reply refusal(int status, std::string_view detail);

private:
    using Headers = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] Routed routed(const Request& request);
    [[nodiscard]] std::optional<Problem> gate(const Request& request, Identity& identity);
    [[nodiscard]] std::optional<Problem> requestFault(const Request& request);
    [[nodiscard]] Reply discovery() const;
    [[nodiscard]] Routed snapshot(const Request& request, std::size_t resource);
    [[nodiscard]] Routed item(std::size_t resource, const std::string& id) const;
    [[nodiscard]] Routed watch(const Request& request, std::size_t resource, Identity identity);
    [[nodiscard]] Routed multiStream(const Request& request, Identity identity);
    [[nodiscard]] std::optional<Problem> upgrade(const Request& request, WatchPlan& plan) const;
    [[nodiscard]] Headers commonHeaders(const Request& request);
    [[nodiscard]] std::string freshRequestId();

    Hub& m_hub;
};

} // namespace wg::gateway
