// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/router.h"

#include "gateway/control.h"
#include "gateway/framing.h"
#include "gateway/frames.h"
#include "gateway/json_text.h"
#include "gateway/watch_request.h"

#include <algorithm>

namespace wg::gateway {
namespace {

constexpr std::string_view kServer = "watchglass-gateway/" WG_VERSION;
constexpr double kFaultRetryS = 1;
constexpr double kFullRetryS = 2;
constexpr std::string_view kTransports = R"(["ws","sse","ndjson","longpoll","poll"])";

std::string versionCursor(const World& world, const Resource& resource)
{
    std::string out;
    appendCursor(out, world.epoch(), resource.head());
    return out;
}

bool matchesTag(const Request& request, std::string_view tag)
{
    const auto opaque = [](std::string_view t) { return t.substr(0, 2) == "W/" ? t.substr(2) : t; };
    for (const std::string_view candidate : request.headerList("If-None-Match"))
        if (candidate == "*" || opaque(candidate) == opaque(tag))
            return true;
    return false;
}

void appendItem(std::string& out, const Item& item)
{
    out += "{\"id\":";
    appendText(out, item.id);
    out += ",\"version\":";
    appendVersion(out, item.last->version);
    out += ",\"object\":";
    out += item.last->object();
    out += '}';
}

} // namespace

std::string Router::freshRequestId()
{
    ++m_hub.counters.requests;
    return "req-" + m_hub.world.epoch() + "-" + std::to_string(m_hub.counters.requests);
}

Reply Router::refusal(int status, std::string_view detail)
{
    Problem problem;
    problem.status = status;
    problem.code = "bad_request";
    problem.detail = detail;
    Reply reply = problem.toReply();
    reply.add("X-Request-Id", freshRequestId());
    return reply;
}

Router::Headers Router::commonHeaders(const Request& request)
{
    Headers out;
    const std::string_view id = request.header("X-Request-Id");
    const std::string fresh = freshRequestId();
    out.emplace_back("X-Request-Id", isRequestId(id) ? std::string(id) : fresh);
    if (const std::string_view trace = request.onlyHeader("traceparent"); isTraceparent(trace))
        out.emplace_back("traceparent", trace);
    if (request.hasHeader("Origin") && m_hub.doorkeeper.allowsOrigin(request)) {
        out.emplace_back("Access-Control-Allow-Origin", request.header("Origin"));
        out.emplace_back("Vary", "Origin");
    }
    return out;
}

Routed Router::route(const Request& request)
{
    Routed outcome = routed(request);
    Headers headers = commonHeaders(request);
    if (Answer* answer = std::get_if<Answer>(&outcome)) {
        answer->reply.headers.insert(answer->reply.headers.begin(), headers.begin(), headers.end());
    } else {
        WatchPlan& plan = std::get<WatchPlan>(outcome);
        plan.headers.insert(plan.headers.begin(), headers.begin(), headers.end());
        plan.isKeepAlive = request.isKeepAlive();
        plan.isHttp10 = request.isHttp10();
        plan.peer = request.peer();
    }
    return outcome;
}

std::optional<Problem> Router::requestFault(const Request& request)
{
    const ChaosPlan& plan = m_hub.options.chaos;
    const auto happens = [this](double chance, Fault fault) {
        if (chance <= 0 || !m_hub.dice.chance(chance))
            return false;
        m_hub.counters.count(fault);
        return true;
    };
    if (happens(plan.tooMany, Fault::TooMany))
        return Problem::tooMany("rate_limited", "Too many requests (a fault that was asked for).", kFaultRetryS);
    if (happens(plan.unavailable, Fault::Unavailable))
        return Problem::unavailable("Not available (a fault that was asked for).", kFaultRetryS);
    if (happens(plan.unauthorized, Fault::Unauthorized))
        return Problem::unauthorized("token_expired", "The token has expired (a fault that was asked for).");
    const std::string since = request.parameter("since").value_or("");
    const bool isResume = (!since.empty() && since != "now") || !request.header("Last-Event-ID").empty();
    if (isResume && !request.wantsUpgrade() && happens(plan.gone, Fault::Gone))
        return Problem::gone("What comes after this cursor is no longer held (a fault that was asked for).");
    return std::nullopt;
}

std::optional<Problem> Router::gate(const Request& request, Identity& identity)
{
    if (const auto wait = m_hub.doorkeeper.overRate(request.peer(), monotonicNow())) {
        ++m_hub.counters.rateLimited;
        return Problem::tooMany("rate_limited", "Too many requests from this address.", *wait);
    }
    if (m_hub.isStopping())
        return Problem::unavailable("The server is going away.", kFaultRetryS);
    if (!m_hub.doorkeeper.allowsOrigin(request))
        return Problem::forbidden("origin_not_allowed", "This origin is not allowed.");
    Admission admission = m_hub.doorkeeper.admit(request);
    if (!admission.identity) {
        ++m_hub.counters.authFailures;
        return admission.problem;
    }
    identity = std::move(*admission.identity);
    return requestFault(request);
}

Routed Router::routed(const Request& request)
{
    const auto& path = request.segments();
    const auto refuse = [](const Problem& problem) { return Answer{problem.toReply(), false}; };
    const bool isRead = request.method() == "GET" || request.method() == "HEAD";
    if (path.size() == 1 && !request.isSlashed() && (path[0] == "healthz" || path[0] == "metrics")) {
        if (!isRead)
            return refuse(Problem::methodNotAllowed("GET, HEAD"));
        Reply reply;
        reply.type = path[0] == "healthz" ? "text/plain; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        reply.body = path[0] == "healthz" ? "ok\n" : prometheusText(m_hub.counters, m_hub.world);
        return Answer{std::move(reply), false};
    }
    if (m_hub.options.hasControl && path.size() == 2 && path[0] == "control")
        return Answer{control(m_hub, request, path[1]), false};
    if (path.empty() || path[0] != "v1" || request.isSlashed() || path.size() > 3)
        return refuse(Problem::notFound("There is no such route."));
    Identity identity;
    if (const auto problem = gate(request, identity))
        return refuse(*problem);
    const bool isMulti = path.size() == 2 && path[1] == "stream";
    const std::size_t resource = path.size() > 1 && !isMulti ? m_hub.world.indexOf(path[1]) : 0;
    if (!isMulti && path.size() > 1 && resource == m_hub.world.size())
        return refuse(Problem::notFound("There is no resource of this name."));
    if (path.size() > 1 && !isMulti && !identity.mayRead(path[1]))
        return refuse(Problem::forbidden("forbidden", "This token does not open this resource."));
    const bool isWatch = path.size() == 3 && path[2] == "watch";
    if (!isRead || ((isMulti || isWatch) && request.isHead()))
        return refuse(Problem::methodNotAllowed(isMulti || isWatch ? "GET" : "GET, HEAD"));
    if (path.size() == 1)
        return Answer{discovery(), false};
    if (isMulti)
        return multiStream(request, std::move(identity));
    if (path.size() == 2)
        return snapshot(request, resource);
    return isWatch ? watch(request, resource, std::move(identity)) : item(resource, path[2]);
}

Reply Router::discovery() const
{
    Reply reply;
    reply.body = "{\"resources\":[";
    for (std::size_t i = 0; i < m_hub.world.size(); ++i) {
        reply.body += i == 0 ? "{\"name\":" : ",{\"name\":";
        appendText(reply.body, m_hub.world.resource(i).name());
        reply.body += ",\"events\":[";
        for (const std::string& type : m_hub.world.model(i).eventTypes()) {
            if (reply.body.back() != '[')
                reply.body += ',';
            appendText(reply.body, type);
        }
        (reply.body += "],\"transports\":") += kTransports;
        reply.body += '}';
    }
    reply.body += "],\"epoch\":";
    appendText(reply.body, m_hub.world.epoch());
    reply.body += ",\"server\":";
    appendText(reply.body, kServer);
    reply.body += '}';
    reply.add("Cache-Control", "no-store");
    return reply;
}

Routed Router::snapshot(const Request& request, std::size_t resource)
{
    static const std::vector<std::string_view> kOffers = {"application/json"};
    if (!chooseType(request.joined("Accept"), kOffers))
        return Answer{Problem::notAcceptable("Snapshots are application/json.").toReply(), false};
    Selection selection;
    if (const auto problem = compileSelection(request.parameter("filter").value_or(""), readIds(request), selection))
        return Answer{problem->toReply(), false};
    const Resource& source = m_hub.world.resource(resource);
    Answer answer;
    const std::string tag = "W/\"" + versionCursor(m_hub.world, source) + "\"";
    answer.reply.add("ETag", tag);
    answer.reply.add("Cache-Control", "no-cache");
    if (matchesTag(request, tag)) {
        answer.reply.status = 304;
        return answer;
    }
    std::string& body = answer.reply.body;
    body = "{\"resource\":";
    appendText(body, source.name());
    body += ",\"epoch\":";
    appendText(body, m_hub.world.epoch());
    body += ",\"version\":";
    appendVersion(body, source.head());
    body += ",\"items\":[";
    for (const auto& [id, item] : source.items()) {
        if (!selection.wantsId(id) || !selection.wantsState(id, item.last->object()))
            continue;
        if (body.back() != '[')
            body += ',';
        appendItem(body, item);
    }
    body += "]}";
    if (m_hub.options.chaos.cut > 0 && m_hub.dice.chance(m_hub.options.chaos.cut)) {
        m_hub.counters.count(Fault::Cut);
        answer.isCut = true;
    }
    return answer;
}

Routed Router::item(std::size_t resource, const std::string& id) const
{
    const Resource& source = m_hub.world.resource(resource);
    const auto at = source.items().find(id);
    if (at == source.items().end())
        return Answer{Problem::notFound("There is no item of this id.").toReply(), false};
    Answer answer;
    appendItem(answer.reply.body, at->second);
    answer.reply.body.pop_back();
    answer.reply.body += ",\"resource\":";
    appendText(answer.reply.body, source.name());
    answer.reply.body += ",\"epoch\":";
    appendText(answer.reply.body, m_hub.world.epoch());
    answer.reply.body += '}';
    answer.reply.add("Cache-Control", "no-cache");
    return answer;
}

std::optional<Problem> Router::upgrade(const Request& request, WatchPlan& plan) const
{
    if (request.header("Sec-WebSocket-Version") != "13")
        return Problem::upgradeRequired("WebSocket version 13 is spoken here.");
    const auto key = request.header("Sec-WebSocket-Key");
    static constexpr std::size_t kKeySize = 24; // 16 bytes as base64
    if (key.size() != kKeySize)
        return Problem::badRequest("Sec-WebSocket-Key", "The WebSocket key is missing or not 16 bytes.");
    plan.carrier = Carrier::WebSocket;
    plan.socketKey = acceptKey(key);
    for (const std::string_view protocol : request.headerList("Sec-WebSocket-Protocol"))
        if (protocol == "watch.v1") {
            plan.headers.emplace_back("Sec-WebSocket-Protocol", "watch.v1");
            break;
        }
    return std::nullopt;
}

Routed Router::watch(const Request& request, std::size_t resource, Identity identity)
{
    static const std::vector<std::string_view> kOffers = {"text/event-stream", "application/x-ndjson", "application/json"};
    static constexpr Carrier kCarrierOf[] = {Carrier::Sse, Carrier::Ndjson, Carrier::LongPoll};
    const auto refuse = [](const Problem& problem) { return Answer{problem.toReply(), false}; };
    WatchPlan plan;
    plan.resource = resource;
    plan.identity = std::move(identity);
    if (request.wantsUpgrade()) {
        if (const auto problem = upgrade(request, plan))
            return refuse(*problem);
    } else {
        const auto choice = chooseType(request.joined("Accept"), kOffers);
        if (!choice)
            return refuse(Problem::notAcceptable("A watch is text/event-stream, application/x-ndjson or application/json."));
        plan.carrier = kCarrierOf[*choice];
    }
    if (const auto problem = readPlan(m_hub.world, request, plan))
        return refuse(*problem);
    if (const double chance = m_hub.options.chaos.gone; plan.carrier == Carrier::WebSocket && chance > 0
        && request.parameter("since").value_or("now") != "now" && m_hub.dice.chance(chance)) {
        m_hub.counters.count(Fault::Gone);
        plan.isRefusedGone = m_hub.dice.chance(0.5);
        if (!plan.isRefusedGone)
            return refuse(Problem::gone("What comes after this cursor is no longer held (a fault that was asked for)."));
    }
    if (!m_hub.doorkeeper.tryOpenStream())
        return refuse(Problem::tooMany("too_many_connections", "As many streams are open as this server allows.", kFullRetryS));
    return plan;
}

Routed Router::multiStream(const Request& request, Identity identity)
{
    const auto refuse = [](const Problem& problem) { return Answer{problem.toReply(), false}; };
    if (!request.wantsUpgrade())
        return refuse(Problem::upgradeRequired("This route speaks WebSocket only."));
    WatchPlan plan;
    plan.hasImpliedSubscription = false;
    plan.identity = std::move(identity);
    if (const auto problem = upgrade(request, plan))
        return refuse(*problem);
    if (const auto problem = readPlan(m_hub.world, request, plan))
        return refuse(*problem);
    if (!m_hub.doorkeeper.tryOpenStream())
        return refuse(Problem::tooMany("too_many_connections", "As many streams are open as this server allows.", kFullRetryS));
    return plan;
}

} // namespace wg::gateway
