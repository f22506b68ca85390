// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/dialect.h"

#include "dialect/generic.h"
#include "dialect/watch_v1.h"

namespace wg::dialect {

namespace {

struct GenericName { std::string_view name; std::optional<Carrier> only; };
constexpr GenericName kGenericNames[] = {{"generic", {}},
                                         {"generic-ws", Carrier::WebSocket},
                                         {"generic-sse", Carrier::Sse},
                                         {"generic-ndjson", Carrier::Ndjson},
                                         {"generic-longpoll", Carrier::LongPoll}};
constexpr std::string_view kWatchV1 = "watch.v1";

} // namespace

std::vector<std::string_view> dialectNames()
{
    std::vector<std::string_view> out{kWatchV1};
    for (const GenericName& generic : kGenericNames)
        if (generic.only)
            out.push_back(generic.name);
    return out;
}

Result<std::unique_ptr<Dialect>> makeDialect(std::string_view name, const Subscription& subscription)
{
    if (name == kWatchV1) {
        auto address = RouteAddress::read(subscription);
        if (!address)
            return address.error();
        return std::unique_ptr<Dialect>(std::make_unique<WatchV1>(std::move(address).value(), subscription.filter));
    }
    for (const GenericName& generic : kGenericNames)
        if (generic.name == name)
            return std::unique_ptr<Dialect>(std::make_unique<Generic>(subscription.url, generic.only));
    std::string known = "auto";
    for (const std::string_view each : dialectNames())
        known.append(", ").append(each);
    return Error{ErrorCode::BadArgument, "There is no dialect named \"" + std::string(name) + "\".", "Known are " + known + "."};
}

std::optional<Url> discoveryUrl(const Url& url)
{
    constexpr std::string_view kBase = "/v1";
    const std::size_t at = url.path.rfind("/v1/");
    const bool endsWithBase = url.path.size() >= kBase.size() && url.path.substr(url.path.size() - kBase.size()) == kBase;
    if (at == std::string::npos && !endsWithBase)
        return {};
    Url out = url.asHttp();
    out.path = url.path.substr(0, (at == std::string::npos ? url.path.size() - kBase.size() : at) + kBase.size());
    out.query.clear();
    return out;
}

bool isDiscoveryDocument(std::string_view paddedBody, std::string_view resource, std::vector<std::string>& transports)
{
    JsonReader reader;
    transports.clear();
    if (!reader.begin(paddedBody) || !reader.enterObject())
        return false;
    bool hasResources = false, hasEpoch = false;
    std::string_view key;
    JsonValue value;
    std::string scratch;
    while (reader.nextMember(key)) {
        if (key == "resources" && reader.peekKind() == JsonKind::Array) {
            hasResources = reader.enterArray();
            while (reader.nextElement()) {
                if (reader.peekKind() != JsonKind::Object || !reader.enterObject())
                    return false;
                std::vector<std::string> offered;
                bool isOurs = false;
                while (reader.nextMember(key)) {
                    if (key == "transports" && reader.peekKind() == JsonKind::Array && reader.enterArray()) {
                        while (reader.nextElement() && reader.value(value))
                            if (value.kind == JsonKind::String)
                                offered.emplace_back(JsonReader::text(value, scratch));
                        continue;
                    }
                    const bool isName = key == "name";
                    if (!reader.value(value))
                        return false;
                    if (isName && value.kind == JsonKind::String)
                        isOurs = JsonReader::text(value, scratch) == resource;
                }
                if (isOurs)
                    transports = std::move(offered);
            }
            continue;
        }
        const bool isEpochField = key == "epoch";
        if (!reader.value(value))
            return false;
        hasEpoch = hasEpoch || (isEpochField && value.kind == JsonKind::String);
    }
    return reader.atEnd() && hasResources && hasEpoch;
}

} // namespace wg::dialect
