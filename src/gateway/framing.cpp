// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/framing.h"

#include "gateway/json_text.h"

namespace wg::gateway {
namespace {

constexpr std::string_view kFalseEpoch = "never-was";

std::string_view typeOf(const Entry& entry)
{
    // The body begins {"event":"TYPE","resource"…; types of the models need no escapes.
    constexpr std::size_t kAt = sizeof("{\"event\":\"") - 1;
    const std::string_view body = entry.body;
    return body.substr(kAt, body.find('"', kAt) - kAt);
}

void appendPrev(std::string& out, std::uint64_t prev)
{
    out += ",\"prev\":";
    appendVersion(out, prev);
}

void appendBookmark(std::string& out, const Delivery& delivery, const Subscription& subscription)
{
    out += "\"event\":\"heartbeat\",\"resource\":";
    appendText(out, subscription.resource().name());
    out += ",\"version\":";
    appendVersion(out, delivery.version);
    appendPrev(out, delivery.prev);
    out += ",\"epoch\":";
    appendText(out, subscription.epoch());
    out += ",\"ts\":";
    appendMs(out, wallMicroseconds());
    out += '}';
}

/// `"id":…,"version":N` with what stands before it, for forms whose type differs from the entry's.
void appendLeft(std::string& out, const Delivery& delivery, const Subscription& subscription)
{
    const Entry& entry = *delivery.entry;
    const std::string_view body = entry.body;
    out += "\"event\":\"";
    out += subscription.resource().noun();
    out += "_deleted\",\"resource\":";
    appendText(out, subscription.resource().name());
    out += ",\"id\":";
    appendText(out, entry.id);
    out += ",\"version\":";
    appendVersion(out, delivery.version);
    appendPrev(out, delivery.prev);
    out += body.substr(entry.prevAt, entry.payloadAt - entry.prevAt);
    out += ",\"cause\":\"filter\"}";
}

} // namespace

void appendCursor(std::string& out, std::string_view epoch, std::uint64_t version)
{
    out += epoch;
    out += ':';
    appendNumber(out, version);
}

void appendEvent(std::string& out, const Delivery& delivery, const Subscription& subscription, std::string_view opening)
{
    const std::size_t start = out.size();
    out += opening;
    if (delivery.form == Delivery::Form::Bookmark) {
        appendBookmark(out, delivery, subscription);
    } else if (delivery.form == Delivery::Form::Left) {
        appendLeft(out, delivery, subscription);
    } else {
        const Entry& entry = *delivery.entry;
        const std::string_view body = entry.body;
        out += body.substr(1, entry.prevAt - 1);
        appendPrev(out, delivery.prev);
        if (delivery.hasFalseEpoch)
            ((out += ",\"epoch\":\"") += kFalseEpoch) += '"';
        else
            out += body.substr(entry.prevAt, entry.tsAt - entry.prevAt);
        if (delivery.form == Delivery::Form::Entered && entry.change == Change::Patch) {
            out += body.substr(entry.tsAt, entry.payloadAt - entry.tsAt);
            out += ",\"object\":";
            out += entry.object();
            out += '}';
        } else {
            out += body.substr(entry.tsAt);
        }
    }
    if (delivery.isCutShort)
        out.resize(start + (out.size() - start) / 2);
}

void appendSse(std::string& out, const Delivery& delivery, const Subscription& subscription)
{
    out += "id: ";
    appendCursor(out, delivery.hasFalseEpoch ? kFalseEpoch : std::string_view(subscription.epoch()), delivery.version);
    out += "\nevent: ";
    if (delivery.form == Delivery::Form::Bookmark)
        out += "heartbeat";
    else if (delivery.form == Delivery::Form::Left)
        (out += subscription.resource().noun()) += "_deleted";
    else
        out += typeOf(*delivery.entry);
    out += "\ndata: ";
    appendEvent(out, delivery, subscription);
    out += "\n\n";
}

void appendError(std::string& out, std::string_view opening, std::string_view code, std::string_view detail,
                 double retryAfterS)
{
    out += opening;
    out += "\"code\":";
    appendText(out, code);
    out += ",\"detail\":";
    appendText(out, detail);
    if (retryAfterS >= 0)
        (out += ",\"retry_after\":") += fixed(retryAfterS, 0);
    out += '}';
}

} // namespace wg::gateway
