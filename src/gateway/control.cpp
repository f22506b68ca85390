// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/control.h"

#include "gateway/json_text.h"

namespace wg::gateway {
namespace {

Reply state(const World& world)
{
    Reply reply;
    reply.body = "{\"epoch\":";
    appendText(reply.body, world.epoch());
    reply.body += ",\"versions\":{";
    for (std::size_t i = 0; i < world.size(); ++i) {
        if (i > 0)
            reply.body += ',';
        appendText(reply.body, world.resource(i).name());
        reply.body += ':';
        appendVersion(reply.body, world.resource(i).head());
    }
    reply.body += "}}";
    return reply;
}

std::optional<Problem> change(Hub& hub, const Request& request, bool isPut)
{
    World& world = hub.world;
    const std::size_t index = world.indexOf(request.parameter("resource").value_or(""));
    const std::string id = request.parameter("id").value_or("");
    if (index == world.size())
        return Problem::badRequest("resource", "There is no resource of this name.");
    if (id.empty())
        return Problem::badRequest("id", "An id is needed.");
    Resource& resource = world.resource(index);
    Item* item = resource.find(id);
    if (!isPut) {
        if (item == nullptr)
            return Problem::notFound("There is no item of this id.");
        resource.remove(resource.noun() + "_deleted", *item);
    } else {
        Fields fields = world.model(index).invent(id, hub.dice);
        if (!request.body().empty()) {
            auto parsed = Fields::parse(request.body());
            if (!parsed)
                return Problem::badRequest("body", "The body is not a JSON object.");
            fields = std::move(parsed).value();
        }
        resource.put(resource.noun() + (item == nullptr ? "_created" : "_updated"), id, std::move(fields));
    }
    hub.publish(ResourceMask{1} << index);
    return std::nullopt;
}

} // namespace

Reply control(Hub& hub, const Request& request, std::string_view action)
{
    if (!request.peer().is_loopback() || request.hasHeader("Origin"))
        return Problem::forbidden("forbidden", "Control is for programs on this machine.").toReply();
    if (request.method() != "POST")
        return Problem::methodNotAllowed("POST").toReply();
    static constexpr ResourceMask kAll = ~ResourceMask{0};
    if (action == "pause" || action == "resume") {
        hub.world.pause(action == "pause");
    } else if (action == "epoch") {
        hub.world.startEpoch();
        hub.publish(kAll);
    } else if (action == "compact") {
        for (std::size_t i = 0; i < hub.world.size(); ++i)
            hub.world.resource(i).compact();
        hub.publish(kAll);
    } else if (action == "put" || action == "delete") {
        if (const auto problem = change(hub, request, action == "put"))
            return problem->toReply();
    } else {
        return Problem::notFound("There is no such control.").toReply();
    }
    return state(hub.world);
}

} // namespace wg::gateway
