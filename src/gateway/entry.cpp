// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entry.h"

#include "gateway/json_text.h"

namespace wg::gateway {

std::shared_ptr<Entry> makeEntry(const Draft& draft)
{
    auto entry = std::make_shared<Entry>();
    entry->version = draft.version;
    entry->change = draft.change;
    entry->id = draft.id;
    std::string& body = entry->body;
    static constexpr std::size_t kFrame = 160; // member names, numbers, punctuation
    body.reserve(kFrame + draft.type.size() + draft.resource.size() + draft.id.size() + draft.epoch.size() + draft.payload.size());
    body += "{\"event\":";
    appendText(body, draft.type);
    body += ",\"resource\":";
    appendText(body, draft.resource);
    body += ",\"id\":";
    appendText(body, draft.id);
    body += ",\"version\":";
    appendVersion(body, draft.version);
    entry->prevAt = static_cast<std::uint32_t>(body.size());
    body += ",\"epoch\":";
    appendText(body, draft.epoch);
    entry->tsAt = static_cast<std::uint32_t>(body.size());
    body += ",\"ts\":";
    appendMs(body, draft.tsMicroseconds);
    entry->payloadAt = static_cast<std::uint32_t>(body.size());
    if (draft.change == Change::Put)
        body += ",\"object\":";
    else if (draft.change == Change::Patch)
        body += ",\"changes\":";
    body += draft.payload;
    body += '}';
    return entry;
}

} // namespace wg::gateway
