// SPDX-License-Identifier: GPL-3.0-or-later
// RouteAddress: the forms in which a watch.v1 address may be written, taken apart once.
// Shape:  http://HOST/v1/orders · …/v1/orders/watch · …/v1/orders/ID · ws://… of the same · …/v1/stream with a resource.
//         The query is kept, except what the client itself sets: since, heartbeat, wait.
// Errors: ErrorCode::BadArgument. Source: PROTOCOL 2, CLI of this project.
#pragma once

#include "dialect/dialect.h"

namespace wg::dialect {

struct RouteAddress {
    Url base;                 ///< …/v1, without a query
    std::string resource;
    std::string resourcePath; ///< path of the snapshot
    std::string watchPath;
    bool isShared = false;    ///< …/v1/stream
    Url kept;                 ///< the address with the kept query
    std::vector<std::string> ids;
    std::optional<std::string> since;
    double heartbeatS = 15;
    double holdS = 30;

    [[nodiscard]] static Result<RouteAddress> read(const Subscription& subscription);
};

} // namespace wg::dialect
