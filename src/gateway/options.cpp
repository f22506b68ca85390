// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/options.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>
#include <utility>

namespace wg::gateway {
namespace {

Error bad(std::string_view option, std::string_view why)
{
    return {ErrorCode::BadArgument, std::string(option) + ": " + std::string(why) + ".", "See watchglass-gateway --help."};
}

template <typename T>
bool parseNumber(std::string_view text, T& out)
{
    const char* end = text.data() + text.size();
    const auto r = std::from_chars(text.data(), end, out);
    return r.ec == std::errc() && r.ptr == end;
}

std::vector<std::string> parts(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (!part.empty())
            out.emplace_back(part);
    }
    return out;
}

using Setter = std::function<Result<void>(Options&, const std::string& name, const std::string& value)>;

template <typename T>
Setter number(T Options::*member, double least, double most)
{
    return [=](Options& o, const std::string& name, const std::string& value) -> Result<void> {
        T parsed{};
        if (!parseNumber(value, parsed) || static_cast<double>(parsed) < least || static_cast<double>(parsed) > most)
            return bad(name, "\"" + value + "\" is not a number from " + std::to_string(static_cast<std::int64_t>(least))
                                 + " to " + std::to_string(static_cast<std::int64_t>(most)));
        o.*member = parsed;
        return {};
    };
}

Setter text(std::string Options::*member)
{
    return [=](Options& o, const std::string&, const std::string& value) -> Result<void> {
        o.*member = value;
        return {};
    };
}

Result<void> setResources(Options& o, const std::string& name, const std::string& value)
{
    o.resources = parts(value);
    for (const std::string& resource : o.resources)
        if (resource != "orders" && resource != "stocks" && resource != "sensors" && resource != "pods")
            return bad(name, "there is no resource \"" + resource + "\", only orders, stocks, sensors, pods");
    if (o.resources.empty())
        return bad(name, "at least one resource is needed");
    return {};
}

Result<void> setJwtSecret(Options& o, const std::string& name, const std::string& value)
{
    const char* secret = std::getenv(value.c_str());
    if (secret == nullptr || *secret == '\0')
        return bad(name, "the environment has no variable " + value);
    o.jwtSecret = Secret(secret);
    return {};
}

Result<void> setRateLimit(Options& o, const std::string& name, const std::string& value)
{
    std::string_view digits = value;
    if (digits.size() > 2 && digits.substr(digits.size() - 2) == "/s")
        digits.remove_suffix(2);
    if (!parseNumber(digits, o.rateLimit) || o.rateLimit < 0)
        return bad(name, "\"" + value + "\" is not a rate such as 50/s");
    return {};
}

Result<void> setChaos(Options& o, const std::string&, const std::string& value)
{
    auto plan = parseChaos(value);
    if (!plan)
        return plan.error();
    o.chaos = plan.value();
    return {};
}

const std::map<std::string, Setter, std::less<>>& setters()
{
    static const std::map<std::string, Setter, std::less<>> kSetters = {
        {"--bind", text(&Options::bind)},
        {"--port", number(&Options::port, 0, 65535)},
        {"--rate", number(&Options::rate, 0, 5e6)},
        {"--resources", setResources},
        {"--history", number(&Options::history, 1, 1e8)},
        {"--queue-bytes", number(&Options::queueBytes, 65536, 1e12)},
        {"--token",
         [](Options& o, const std::string& name, const std::string& value) -> Result<void> {
             if (value.empty())
                 return bad(name, "the token is empty");
             o.tokens.emplace_back(value);
             return {};
         }},
        {"--jwt-secret-env", setJwtSecret},
        {"--tls-cert", text(&Options::tlsCert)},
        {"--tls-key", text(&Options::tlsKey)},
        {"--allow-origin",
         [](Options& o, const std::string&, const std::string& value) -> Result<void> {
             o.origins.push_back(value);
             return {};
         }},
        {"--max-connections", number(&Options::maxConnections, 1, 1e6)},
        {"--rate-limit", setRateLimit},
        {"--chaos", setChaos},
        {"--seed", number(&Options::seed, 0, 1.8e19)},
        {"--first-version", number(&Options::firstVersion, 0, 9e18)},
        {"--state", text(&Options::stateFile)},
    };
    return kSetters;
}

} // namespace

Result<ChaosPlan> parseChaos(std::string_view text)
{
    ChaosPlan plan;
    const std::map<std::string, double*, std::less<>> chances = {
        {"drop", &plan.drop},   {"dup", &plan.dup},     {"reorder", &plan.reorder}, {"corrupt", &plan.corrupt},
        {"epoch", &plan.epoch}, {"cut", &plan.cut},     {"delay", &plan.delay},     {"stall", &plan.stall},
        {"slow", &plan.slow},   {"410", &plan.gone},    {"429", &plan.tooMany},     {"503", &plan.unavailable},
        {"401", &plan.unauthorized}};
    for (const std::string& part : parts(text)) {
        const std::size_t eq = part.find('=');
        const std::string name = part.substr(0, eq);
        std::string value = eq == std::string::npos ? "" : part.substr(eq + 1);
        const auto at = chances.find(name);
        if (at == chances.end())
            return bad("--chaos", "there is no fault \"" + name + "\"");
        double* second = name == "delay" ? &plan.delayMs : name == "slow" ? &plan.slowBytesPerS : nullptr;
        if (const std::size_t colon = value.find(':'); second != nullptr && colon != std::string::npos) {
            if (!parseNumber(std::string_view(value).substr(colon + 1), *second) || *second <= 0)
                return bad("--chaos", "\"" + part + "\" has no positive number after the colon");
            value.resize(colon);
        }
        if (!parseNumber(std::string_view(value), *at->second) || *at->second < 0 || *at->second > 1)
            return bad("--chaos", "\"" + part + "\" is not a fault with a probability from 0 to 1");
    }
    return plan;
}

Result<Options> parseOptions(const std::vector<std::string>& arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            options.isHelp = true;
            return options;
        }
        if (name == "--control") {
            options.hasControl = true;
            continue;
        }
        std::string value;
        const std::size_t eq = name.find('=');
        const bool isJoined = eq != std::string::npos;
        if (isJoined) {
            value = name.substr(eq + 1);
            name.resize(eq);
        }
        const auto setter = setters().find(name);
        if (setter == setters().end())
            return bad(name, "there is no such option");
        if (!isJoined) {
            if (++i == arguments.size())
                return bad(name, "a value is missing");
            value = arguments[i];
        }
        if (auto done = setter->second(options, name, value); !done)
            return done.error();
    }
    if (options.tlsCert.empty() != options.tlsKey.empty())
        return bad("--tls-cert", "certificate and key belong together");
    return options;
}

std::string_view helpText()
{
    return R"(watchglass-gateway: the reference watch server (protocol watch.v1) with plausible live data.

usage: watchglass-gateway [options]
  --port N              port, 0 = any free one (8787)
  --bind ADDRESS        address to listen on (127.0.0.1)
  --rate N              events per second over all resources (200); 0 = none
  --resources A,B       of orders,stocks,sensors,pods (all)
  --history N           events kept per resource for a resume (100000)
  --queue-bytes N       kept beyond the history for subscribers that lag (64 MiB); who lags more is cut off
  --seed S              the same seed makes the same changes in the same order (1)
  --first-version N     versions of a new epoch count on from here (0)
  --state FILE          keeps epoch, items and history over an orderly stop
  --token T             accept this bearer token (repeatable); without tokens everyone is let in
  --jwt-secret-env NAME accept JWTs (HS256) signed with the secret in this variable; exp and resources are honoured
  --tls-cert F --tls-key F   serve https and wss
  --allow-origin O      accept this Origin (repeatable; * = any); the server's own always is
  --max-connections N   streams at a time (10000), then 429
  --rate-limit N/s      requests per second and address, then 429
  --control             POST /control/{pause,resume,epoch,compact} and
                        POST /control/{put,delete}?resource=R&id=I (put takes the object as body), from loopback only
  --chaos LIST          faults on the wire, name=probability, never on the truth:
      per event       drop  dup  reorder  corrupt (JSON cut short)  epoch (a false one)  delay=P[:MS] (250)
                      cut (connection breaks inside the event; snapshots too)  stall (open, but silent for ever)
      per connection  slow=P[:BYTES_PER_S] (4000)
      per request     410 (resumes only)  429  503  401

example: watchglass-gateway --port 8787 --rate 500 --chaos drop=0.01,dup=0.01,cut=0.001
prints READY http://127.0.0.1:PORT when it accepts. Exit codes: 0 done, 1 could not run, 2 bad usage.
)";
}

} // namespace wg::gateway
