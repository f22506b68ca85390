// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/watch_v1.h"

#include "codec/json.h"
#include "dialect/digits.h"
#include "dialect/version_field.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace wg::dialect {

namespace {

constexpr double kDefaultHeartbeatS = 15;
constexpr std::string_view kSubprotocol = "watch.v1";

bool endsWith(std::string_view text, std::string_view tail) noexcept
{
    return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool isPresent(const JsonValue& value) noexcept { return value.kind != JsonKind::Null; }

std::string jsonString(std::string_view text)
{
    std::string out;
    codec::appendJsonString(text, out);
    return out;
}

/// Behind WatchV1::Field.
constexpr std::array<std::string_view, 14> kFieldNames{"op", "sid", "event", "resource", "id", "epoch", "version",
                                                      "prev", "ts", "object", "changes", "code", "detail", "retry_after"};

/// A name of up to 16 bytes as two words, and which of their bits are part of it.
struct NamePattern {
    std::uint64_t head = 0, tail = 0, headMask = 0, tailMask = 0;
};

const std::array<NamePattern, kFieldNames.size()> kNamePatterns = [] {
    std::array<NamePattern, kFieldNames.size()> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
        char bytes[16] = {};
        char mask[16] = {};
        std::memcpy(bytes, kFieldNames[i].data(), kFieldNames[i].size());
        std::memset(mask, 0xFF, kFieldNames[i].size());
        std::memcpy(&made[i].head, bytes, 8);
        std::memcpy(&made[i].tail, bytes + 8, 8);
        std::memcpy(&made[i].headMask, mask, 8);
        std::memcpy(&made[i].tailMask, mask + 8, 8);
    }
    return made;
}();

/// Whether name is that of field, for the usual case that nothing in it is escaped. Reads 16 bytes, which are there:
/// 64 follow every message.
bool isNamed(std::size_t field, const JsonValue& name) noexcept
{
    if (field >= kFieldNames.size() || name.hasEscapes || name.bytes.size() != kFieldNames[field].size())
        return false;
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, name.bytes.data(), 8);
    std::memcpy(&tail, name.bytes.data() + 8, 8);
    const NamePattern& pattern = kNamePatterns[field];
    return (((head ^ pattern.head) & pattern.headMask) | ((tail ^ pattern.tail) & pattern.tailMask)) == 0;
}

/// Digits with at most one point between them, few enough that whole number and power of ten are exact doubles: then
/// their quotient is the nearest double, without the long way of from_chars.
bool readPlainNumber(std::string_view text, double& out) noexcept
{
    constexpr std::size_t kMostFraction = 3;
    constexpr double kPowers[] = {1, 10, 100, 1000};
    constexpr std::uint64_t kExactBelow = std::uint64_t(1) << 53;
    const std::size_t point = text.rfind('.');
    const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    std::uint64_t whole = 0;
    if (fraction.size() > kMostFraction || !readDigits(text.substr(0, point), whole) || whole >= kExactBelow / 1000)
        return false;
    for (const char c : fraction) {
        const auto digit = static_cast<unsigned char>(c - '0');
        if (digit > 9)
            return false;
        whole = whole * 10 + digit;
    }
    out = static_cast<double>(whole) / kPowers[fraction.size()];
    return true;
}

double numberOf(const JsonValue& value, double fallback) noexcept
{
    if (value.kind != JsonKind::Number)
        return fallback;
    double out = 0;
    if (readPlainNumber(value.bytes, out))
        return out;
    const auto [end, error] = std::from_chars(value.bytes.data(), value.bytes.data() + value.bytes.size(), out);
    return error == std::errc() ? out : fallback;
}

std::string seconds(double value)
{
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return error == std::errc() ? std::string(text, end) : std::string("15");
}

std::string_view acceptOf(Carrier carrier) noexcept
{
    switch (carrier) {
    case Carrier::Sse: return "text/event-stream";
    case Carrier::Ndjson: return "application/x-ndjson";
    default: return "application/json";
    }
}

} // namespace

WatchV1::WatchV1(RouteAddress address, std::string filter) : m_address(std::move(address)), m_filter(std::move(filter)) {}

Traits WatchV1::traits(Carrier carrier) const noexcept
{
    Traits out;
    out.order = sync::Order::Chain;
    out.hasSnapshot = true;
    out.replay = true;
    out.opensWithHeartbeat = carrier != Carrier::LongPoll && carrier != Carrier::Poll;
    out.heartbeatS = m_address.heartbeatS;
    out.holdS = m_address.holdS;
    return out;
}

std::vector<Carrier> WatchV1::carriers() const
{
    if (m_address.isShared)
        return {Carrier::WebSocket};
    return {Carrier::WebSocket, Carrier::Sse, Carrier::Ndjson, Carrier::LongPoll, Carrier::Poll};
}

bool WatchV1::skipsVersions() const noexcept
{
    if (!m_filter.empty() || !m_address.ids.empty())
        return true;
    for (const QueryParameter& parameter : m_address.kept.parameters())
        if (parameter.name == "filter" || parameter.name == "ids")
            return true;
    return false;
}

void WatchV1::addSelection(Url& url) const
{
    if (!m_filter.empty())
        url.setParameter("filter", m_filter);
    if (m_address.ids.empty())
        return;
    bool hasComma = false;
    std::string joined;
    for (const std::string& id : m_address.ids) {
        hasComma = hasComma || id.find(',') != std::string::npos;
        joined += (joined.empty() ? "" : ",") + id;
    }
    url.removeParameter("ids");
    if (!hasComma)
        return url.setParameter("ids", joined);
    for (const std::string& id : m_address.ids)
        url.query += (url.query.empty() ? "ids=" : "&ids=") + percentEncode(id);
}

Request WatchV1::stream(Carrier carrier, const std::optional<sync::Cursor>& from) const
{
    Request out;
    out.url = m_address.kept;
    out.url.path = m_address.watchPath;
    out.url = carrier == Carrier::WebSocket ? out.url.asWebSocket() : out.url.asHttp();
    if (!m_address.isShared) {
        addSelection(out.url);
        if (from && !from->version.isAbsent())
            out.url.setParameter("since", from->toString());
    }
    if (carrier == Carrier::LongPoll)
        out.url.setParameter("wait", seconds(m_address.holdS));
    else if (m_address.heartbeatS != kDefaultHeartbeatS)
        out.url.setParameter("heartbeat", seconds(m_address.heartbeatS));
    if (carrier == Carrier::WebSocket)
        out.subprotocols = {std::string(kSubprotocol)};
    else
        out.headers.push_back({"Accept", std::string(acceptOf(carrier))});
    return out;
}

Request WatchV1::snapshot(bool bustCaches) const
{
    Request out;
    out.url = m_address.kept.asHttp();
    out.url.path = m_address.resourcePath;
    addSelection(out.url);
    out.headers.push_back({"Accept", "application/json"});
    if (bustCaches)
        out.headers.push_back({"Cache-Control", "no-cache, no-store"});
    return out;
}

std::string WatchV1::subscribeMessage(std::string_view sid, const std::optional<sync::Cursor>& from) const
{
    std::string out = R"({"op":"subscribe","sid":)" + jsonString(sid) + R"(,"resource":)" + jsonString(m_address.resource);
    if (from && !from->version.isAbsent())
        out += R"(,"since":)" + jsonString(from->toString());
    if (!m_filter.empty())
        out += R"(,"filter":)" + jsonString(m_filter);
    if (!m_address.ids.empty()) {
        out += R"(,"ids":[)";
        for (std::size_t i = 0; i < m_address.ids.size(); ++i)
            out += (i > 0 ? "," : "") + jsonString(m_address.ids[i]);
        out += ']';
    }
    return out + "}";
}

std::string WatchV1::unsubscribeMessage(std::string_view sid) const
{
    return R"({"op":"unsubscribe","sid":)" + jsonString(sid) + "}";
}

WatchV1::Field WatchV1::fieldOf(std::string_view name) noexcept
{
    for (std::size_t i = 0; i < kFieldNames.size(); ++i)
        if (kFieldNames[i] == name)
            return static_cast<Field>(i);
    return kFields;
}

bool WatchV1::readFields(std::string_view text, Fields& out, DecodeSink& sink)
{
    static_assert(kFieldNames.size() == kFields);
    out.present = 0;
    std::size_t place = 0;
    return m_reader.eachMember(text, [&](const JsonValue& name, const JsonValue& value) {
        Field& guess = m_order[std::min(place++, m_order.size() - 1)];
        if (!isNamed(guess, name))
            guess = fieldOf(JsonReader::text(name, m_detail));
        out.values[guess] = value;
        out.present |= 1u << guess;
        if (guess == kId && value.kind == JsonKind::String && !value.hasEscapes)
            sink.keyRead(value.bytes);
    });
}

std::string_view WatchV1::textOf(const JsonValue& value, std::string& scratch) const
{
    return value.kind == JsonKind::String ? JsonReader::text(value, scratch) : std::string_view();
}

/// Fills m_event; a reason if the message has the wrong shape.
const char* WatchV1::fillEvent(const Fields& fields, std::string_view raw)
{
    sync::EventView& e = m_event;
    e.raw = raw;
    e.type = textOf(fields[kEvent], m_type);
    if (e.type.empty())
        return "it names no event type";
    if (!readVersion(fields[kVersion], e.version))
        return "it has no version";
    e.hasPrev = readVersion(fields[kPrev], e.prev);
    if (!e.hasPrev)
        return "it does not name the version before it";
    e.epoch = textOf(fields[kEpoch], m_epoch);
    if (!isEpoch(e.epoch))
        return "it has no epoch";
    if (isPresent(fields[kResource]) && textOf(fields[kResource], m_key) != m_address.resource)
        return "it belongs to another resource";
    e.serverMs = numberOf(fields[kTs], 0);
    e.payload = {};
    e.key = {};
    if (e.type == "heartbeat") {
        e.op = sync::Op::Bookmark;
        return nullptr;
    }
    e.key = textOf(fields[kId], m_key);
    if (endsWith(e.type, "_deleted")) {
        e.op = sync::Op::Delete;
    } else if (isPresent(fields[kObject])) {
        e.op = sync::Op::Put;
        e.payload = fields[kObject].bytes;
        if (fields[kObject].kind != JsonKind::Object)
            return "its object is not a JSON object";
    } else if (isPresent(fields[kChanges])) {
        e.op = sync::Op::Patch;
        e.payload = fields[kChanges].bytes;
        if (fields[kChanges].kind != JsonKind::Object)
            return "its changes are not a JSON object";
    } else {
        e.op = sync::Op::None;
        return nullptr;
    }
    return e.key.empty() ? "it has no id" : nullptr;
}

void WatchV1::giveEvent(const Fields& fields, std::string_view raw, DecodeSink& sink)
{
    const std::string_view sid = textOf(fields[kSid], m_sid);
    if (textOf(fields[kEvent], m_type) == "error" && !isPresent(fields[kVersion]))
        return giveProblem(fields, sink);
    if (const char* why = fillEvent(fields, raw))
        return sink.unreadable(sid, why, raw);
    sink.event(sid, m_event);
}

void WatchV1::giveProblem(const Fields& fields, DecodeSink& sink)
{
    Problem problem;
    problem.code = textOf(fields[kCode], m_code);
    problem.detail = textOf(fields[kDetail], m_detail);
    if (fields[kRetryAfter].kind == JsonKind::Number)
        problem.retryAfterS = numberOf(fields[kRetryAfter], 0);
    sink.problem(textOf(fields[kSid], m_sid), problem);
}

void WatchV1::giveOperation(std::string_view op, const Fields& fields, std::string_view raw, DecodeSink& sink)
{
    const std::string_view sid = textOf(fields[kSid], m_sid);
    if (op == "subscribed") {
        const std::string_view epoch = textOf(fields[kEpoch], m_epoch);
        if (!isEpoch(epoch) || !readVersion(fields[kVersion], m_version))
            return sink.unreadable(sid, "it does not say where the subscription starts", raw);
        sink.subscribed(sid, epoch, m_version);
    } else if (op == "unsubscribed") {
        sink.unsubscribed(sid);
    } else if (op == "error") {
        giveProblem(fields, sink);
    }
    // pong, authenticated and what a later server may add are no events: nothing is counted.
}

void WatchV1::decode(Carrier carrier, const Received& message, DecodeSink& sink)
{
    if (message.isBinary)
        return sink.unreadable({}, "it is binary", message.text);
    if (!message.hasValidUtf8)
        return sink.unreadable({}, "it is not valid UTF-8", message.text);
    if (!readFields(message.text, m_fields, sink))
        return sink.unreadable({}, m_reader.fault(), message.text);
    if (carrier != Carrier::WebSocket)
        return giveEvent(m_fields, message.text, sink);
    const std::string_view op = textOf(m_fields[kOp], m_type);
    if (op == "event")
        giveEvent(m_fields, message.text, sink);
    else if (op.empty())
        sink.unreadable(textOf(m_fields[kSid], m_sid), "it names no operation", message.text);
    else
        giveOperation(op, m_fields, message.text, sink);
}

bool WatchV1::readAnswer(std::string_view body, PollAnswer& out, std::string& why)
{
    m_elements.clear();
    const auto refuse = [&](const char* reason) {
        why = reason;
        m_elements.clear();
        return false;
    };
    if (!m_reader.begin(body) || !m_reader.enterObject())
        return refuse(m_reader.fault());
    std::string_view key;
    JsonValue value, epoch, version, prev;
    bool hasEvents = false;
    while (m_reader.nextMember(key)) {
        if (key == "events" && m_reader.peekKind() == JsonKind::Array) {
            hasEvents = m_reader.enterArray();
            while (m_reader.nextElement() && m_reader.value(value))
                m_elements.push_back(value.bytes);
            if (m_reader.hasFault())
                break;
            continue;
        }
        const bool isEpochField = key == "epoch", isVersion = key == "version", isPrev = key == "prev";
        if (!m_reader.value(value))
            break;
        if (isEpochField)
            epoch = value;
        else if (isVersion)
            version = value;
        else if (isPrev)
            prev = value;
    }
    if (!m_reader.atEnd())
        return refuse(m_reader.fault());
    out.epoch = textOf(epoch, m_epoch);
    out.events = m_elements.size();
    if (!hasEvents || !isEpoch(out.epoch) || !readVersion(version, out.version) || !readVersion(prev, out.prev))
        return refuse("it lacks an epoch, a version, the version before it or its events");
    return true;
}

void WatchV1::giveEvents(DecodeSink& sink)
{
    for (const std::string_view element : m_elements) {
        if (!readFields(element, m_fields, sink))
            sink.unreadable({}, m_reader.fault(), element);
        else
            giveEvent(m_fields, element, sink);
    }
    m_elements.clear();
}

} // namespace wg::dialect
