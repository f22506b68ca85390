// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/watch_spec.h"

#include <array>

namespace wg::engine {

namespace {
constexpr std::array<std::string_view, 5> kTransportNames{"ws", "sse", "ndjson", "longpoll", "poll"};
}

std::string_view toString(Transport transport) noexcept { return kTransportNames[static_cast<std::size_t>(transport)]; }

std::optional<Transport> transportFromText(std::string_view text) noexcept
{
    for (std::size_t i = 0; i < kTransportNames.size(); ++i)
        if (kTransportNames[i] == text)
            return static_cast<Transport>(i);
    return {};
}

bool runsAlike(const WatchSpec& a, const WatchSpec& b)
{
    const ConnectionSpec &c = a.connection, &d = b.connection;
    const RouteSpec &r = a.route, &s = b.route;
    return a.url() == b.url() && a.resource == b.resource && a.since == b.since && c.auth == d.auth &&
           c.secretName == d.secretName && c.headers == d.headers && c.tls == d.tls && c.proxy == d.proxy &&
           r.dialect == s.dialect && r.transports == s.transports && r.ids == s.ids && r.serverFilter == s.serverFilter &&
           r.heartbeatS == s.heartbeatS && r.pollIntervalS == s.pollIntervalS && r.onGap == s.onGap;
}

std::string WatchSpec::url() const
{
    if (route.path.empty())
        return connection.url;
    if (route.path.find("://") != std::string::npos)
        return route.path;
    std::string base = connection.url;
    // A route's path is absolute on its server: it replaces the path of the connection.
    const std::size_t authority = base.find("://");
    const std::size_t path = authority == std::string::npos ? std::string::npos : base.find_first_of("/?#", authority + 3);
    if (path != std::string::npos)
        base.resize(path);
    return base + (route.path.front() == '/' ? "" : "/") + route.path;
}

} // namespace wg::engine
