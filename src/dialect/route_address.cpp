// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/route_address.h"

#include <algorithm>
#include <cstdlib>

namespace wg::dialect {

namespace {

constexpr std::string_view kBaseSegment = "v1";
constexpr double kHeartbeatMinS = 1, kHeartbeatMaxS = 300, kHoldMaxS = 120;

std::vector<std::string_view> segments(std::string_view path)
{
    std::vector<std::string_view> out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0)
            out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

/// A number from a query; the fallback where it is none.
double number(const std::string& text, double fallback)
{
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return end == text.c_str() || *end != '\0' ? fallback : value;
}

void takeOwnParameters(RouteAddress& out)
{
    std::optional<double> holdS;
    for (const QueryParameter& parameter : out.kept.parameters()) {
        if (parameter.name == "since")
            out.since = parameter.value;
        else if (parameter.name == "heartbeat")
            out.heartbeatS = number(parameter.value, out.heartbeatS);
        else if (parameter.name == "wait")
            holdS = number(parameter.value, out.holdS);
    }
    for (const char* name : {"since", "heartbeat", "wait"})
        out.kept.removeParameter(name);
    out.heartbeatS = std::clamp(out.heartbeatS, kHeartbeatMinS, kHeartbeatMaxS);
    // An empty answer is a long poll's heartbeat: it comes as often as one was asked for.
    out.holdS = std::clamp(holdS.value_or(std::min(out.holdS, out.heartbeatS)), 0.0, kHoldMaxS);
}

} // namespace

Result<RouteAddress> RouteAddress::read(const Subscription& subscription)
{
    RouteAddress out;
    out.kept = subscription.url;
    out.ids = subscription.ids;
    out.heartbeatS = subscription.heartbeatS;
    takeOwnParameters(out);

    const std::vector<std::string_view> parts = segments(subscription.url.path);
    // The last "v1" that leaves something behind it; without one the whole path names the resource.
    std::size_t first = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] == kBaseSegment)
            first = i + 1;
    std::string basePath;
    for (std::size_t i = 0; i < first; ++i)
        basePath.append("/").append(parts[i]);
    std::vector<std::string_view> rest(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end());

    out.base = subscription.url;
    out.base.query.clear();
    if (rest.size() == 1 && rest[0] == "stream" && first > 0) {
        out.isShared = true;
        if (subscription.resource.empty())
            return Error{ErrorCode::BadArgument, "No resource is named for " + subscription.url.redacted() + ".",
                         "Name one, as in --resource orders."};
        out.resource = subscription.resource;
        out.watchPath = subscription.url.path;
    } else {
        if (rest.size() > 1 && rest.back() == "watch")
            rest.pop_back();
        if (first > 0 && rest.size() == 2) {
            out.ids = {percentDecode(rest[1])};
            rest.pop_back();
        }
        if (rest.empty())
            return Error{ErrorCode::BadArgument, "The address " + subscription.url.redacted() + " names no resource.",
                         "Add one, as in /v1/orders."};
        out.resource = percentDecode(rest.back());
        for (std::size_t i = 0; i + 1 < rest.size(); ++i)
            basePath.append("/").append(rest[i]);
    }
    out.base.path = basePath.empty() ? "/" : basePath;
    out.resourcePath = basePath + "/" + percentEncode(out.resource);
    if (!out.isShared)
        out.watchPath = out.resourcePath + "/watch";
    return out;
}

} // namespace wg::dialect
