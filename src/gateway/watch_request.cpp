// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/watch_request.h"

#include "gateway/json_text.h"

#include <charconv>

namespace wg::gateway {
namespace {

constexpr double kLeastHeartbeatS = 1;
constexpr double kMostHeartbeatS = 300;
constexpr double kMostWaitS = 120;
constexpr std::size_t kMostIds = 10'000;

std::optional<Problem> readSeconds(const Request& request, std::string_view name, double least, double most, double& out)
{
    const auto text = request.parameter(name);
    if (!text)
        return std::nullopt;
    double value = 0;
    const auto r = std::from_chars(text->data(), text->data() + text->size(), value);
    if (r.ec != std::errc() || r.ptr != text->data() + text->size() || !(value >= least && value <= most))
        return Problem::badRequest(name, std::string(name) + " is a number of seconds from " + fixed(least, 0) + " to "
                                             + fixed(most, 0) + ".");
    out = value;
    return std::nullopt;
}

} // namespace

std::vector<std::string> readIds(const Request& request)
{
    std::vector<std::string> ids = request.parameters("ids");
    if (ids.size() != 1)
        return ids;
    std::vector<std::string> out;
    for (const std::string_view id : splitTrimmed(ids.front(), ','))
        out.emplace_back(id);
    return out;
}

std::optional<Problem> resolveSince(const World& world, std::size_t resource, std::string_view since, std::string_view param,
                                    std::uint64_t& from)
{
    const Resource& source = world.resource(resource);
    from = source.head();
    if (since.empty() || since == "now")
        return std::nullopt;
    const std::size_t colon = since.rfind(':');
    std::uint64_t version = 0;
    const char* end = since.data() + since.size();
    const auto r = colon == std::string_view::npos
                       ? std::from_chars_result{end, std::errc::invalid_argument}
                       : std::from_chars(since.data() + colon + 1, end, version);
    if (r.ec != std::errc() || r.ptr != end || version > INT64_MAX) {
        if (param == "Last-Event-ID") // not a cursor of ours: whatever it names is not held here
            return Problem::gone("Last-Event-ID names nothing that is held here.");
        return Problem::badRequest(param, "A cursor is EPOCH:VERSION, or now.");
    }
    if (since.substr(0, colon) != world.epoch())
        return Problem::gone("The cursor is of another epoch; take a new snapshot.");
    if (version > source.head())
        return Problem::gone("The cursor is beyond the newest version; take a new snapshot.");
    if (version < source.floor())
        return Problem::gone("What comes after this cursor is no longer held; take a new snapshot.");
    from = version;
    return std::nullopt;
}

std::optional<Problem> compileSelection(std::string_view filter, const std::vector<std::string>& ids, Selection& out)
{
    if (ids.size() > kMostIds)
        return Problem::badRequest("ids", "At most " + std::to_string(kMostIds) + " ids are taken.");
    out.ids.insert(ids.begin(), ids.end());
    if (trimmed(filter).empty())
        return std::nullopt;
    auto compiled = filter::Filter::compile(filter, filter::Scope::Server);
    if (!compiled)
        return Problem::badRequest("filter", compiled.error.sentence);
    out.filter = compiled.value();
    return std::nullopt;
}

std::optional<Problem> readPlan(const World& world, const Request& request, WatchPlan& plan)
{
    if (auto p = readSeconds(request, "heartbeat", kLeastHeartbeatS, kMostHeartbeatS, plan.heartbeatS))
        return p;
    if (auto p = readSeconds(request, "wait", 0, kMostWaitS, plan.waitS))
        return p;
    if (!plan.hasImpliedSubscription)
        return std::nullopt;
    if (auto p = compileSelection(request.parameter("filter").value_or(""), readIds(request), plan.selection))
        return p;
    const std::string_view last = request.header("Last-Event-ID");
    return last.empty() ? resolveSince(world, plan.resource, request.parameter("since").value_or(""), "since", plan.from)
                        : resolveSince(world, plan.resource, last, "Last-Event-ID", plan.from);
}

} // namespace wg::gateway
