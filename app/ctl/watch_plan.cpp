// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/watch_plan.h"

#include "base/url.h"
#include "io/proxy_address.h"
#include "io/tls_settings.h"

namespace wg::ctl {
namespace {

constexpr double kHeartbeatLeastS = 1, kHeartbeatMostS = 300; ///< PROTOCOL 2

Error bad(std::string what, std::string next = {})
{
    return {ErrorCode::BadArgument, std::move(what), std::move(next)};
}

Result<void> readTransport(const Options& options, engine::RouteSpec& route)
{
    const std::string name = options.text("--transport");
    if (name.empty() || name == "auto")
        return {};
    const auto transport = engine::transportFromText(name);
    if (!transport)
        return bad("--transport knows no \"" + name + "\".", "It is one of auto, ws, sse, ndjson, longpoll, poll.");
    route.transports = {*transport};
    return {};
}

Result<void> readRoute(const Options& options, engine::RouteSpec& route)
{
    if (Result<void> transport = readTransport(options, route); !transport)
        return transport;
    if (options.has("--dialect"))
        route.dialect = options.text("--dialect");
    for (const std::string& list : options.all("--ids"))
        for (std::string& id : splitList(list))
            route.ids.push_back(std::move(id));
    route.serverFilter = options.text("--server-filter");
    if (options.has("--heartbeat")) {
        const Result<Duration> interval = durationFromText("--heartbeat", options.text("--heartbeat"));
        if (!interval)
            return interval.error();
        route.heartbeatS = toSeconds(interval.value());
        if (route.heartbeatS < kHeartbeatLeastS || route.heartbeatS > kHeartbeatMostS)
            return bad("--heartbeat wants 1 to 300 seconds, not \"" + options.text("--heartbeat") + "\".");
    }
    if (options.has("--poll-interval")) {
        const Result<Duration> interval = durationFromText("--poll-interval", options.text("--poll-interval"));
        if (!interval)
            return interval.error();
        route.pollIntervalS = toSeconds(interval.value());
    }
    return {};
}

Result<void> readConnection(const Options& options, engine::ConnectionSpec& connection)
{
    connection.tls = {options.text("--ca"), options.text("--cert"), options.text("--key"), options.text("--pin"), options.has("--insecure")};
    if (const Result<QSslConfiguration> tls = io::tlsConfiguration(connection.tls); !tls)
        return tls.error();
    connection.proxy = options.text("--proxy");
    if (const Result<QNetworkProxy> proxy = io::proxyFromText(connection.proxy); !proxy)
        return proxy.error();
    for (const std::string& text : options.all("--header")) {
        Result<engine::Header> header = headerFromText(text);
        if (!header)
            return header.error();
        connection.headers.push_back(std::move(header).value());
    }
    return {};
}

Result<void> readToken(const Options& options, io::TokenPlan& plan)
{
    plan.file = options.text("--token-file");
    plan.keychainName = options.text("--keychain");
    plan.environmentName = options.text("--token-env");
    if (!plan.file.empty())
        if (const Result<Secret> token = io::tokenFromFile(plan.file); !token)
            return token.error();
    if (!plan.environmentName.empty())
        if (const Result<Secret> token = io::tokenFromEnvironment(plan.environmentName); !token)
            return token.error();
    if (!options.has("--token"))
        return {};
    Result<Secret> token = io::usableToken(options.text("--token"), "--token");
    if (!token)
        return token.error();
    plan.token = std::move(token).value();
    return {};
}

Result<void> readEnd(const Options& options, EndRule& end)
{
    if (options.has("--until-version")) {
        const sync::Version version = sync::Version::fromText(options.text("--until-version"));
        if (!version.isComparable())
            return bad("--until-version wants a whole number, not \"" + options.text("--until-version") + "\".");
        end.untilVersion = version;
    }
    struct Time { const char* name; std::optional<Duration>* into; };
    for (const Time& time : {Time{"--quiet-after", &end.quietAfter}, Time{"--max-time", &end.maxTime}}) {
        if (!options.has(time.name))
            continue;
        const Result<Duration> span = durationFromText(time.name, options.text(time.name));
        if (!span)
            return span.error();
        *time.into = span.value();
    }
    return {};
}

} // namespace

Result<sync::Cursor> cursorFromText(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    const std::string_view version = colon == std::string_view::npos ? text : text.substr(colon + 1);
    const std::string_view epoch = colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
    for (const unsigned char c : text)
        if (c <= 0x20 || c == 0x7f)
            return bad("--since wants EPOCH:VERSION; there is a blank or control character in it.");
    if (version.empty())
        return bad("--since wants EPOCH:VERSION, not \"" + std::string(text) + "\".");
    return sync::Cursor{std::string(epoch), sync::Version::fromText(version)};
}

Result<WatchPlan> planWatch(const Options& options)
{
    if (options.words().size() != 1)
        return bad("This command wants one URL.");
    WatchPlan plan;
    engine::WatchSpec spec;
    const Result<Url> url = Url::parse(options.words()[0]);
    if (!url)
        return url.error();
    spec.connection.url = options.words()[0];
    spec.connection.id = spec.route.connectionId = "ctl";
    spec.connection.name = url.value().authority();
    spec.route.id = "ctl";
    for (const Result<void>& read : {readRoute(options, spec.route), readConnection(options, spec.connection),
                                     readToken(options, plan.token), readEnd(options, plan.end)})
        if (!read)
            return read.error();
    if (!plan.token.isEmpty()) {
        spec.connection.auth = engine::AuthKind::Bearer;
        spec.connection.secretName = "ctl";
    }
    if (options.has("--since")) {
        Result<sync::Cursor> since = cursorFromText(options.text("--since"));
        if (!since)
            return since.error();
        spec.since = std::move(since).value();
    }
    plan.logFile = options.text("--log-json");
    if (!options.has("--resource"))
        plan.specs.push_back(spec);
    for (const std::string& resource : options.all("--resource")) {
        spec.resource = resource;
        plan.specs.push_back(spec);
    }
    return plan;
}

} // namespace wg::ctl
