// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/payload_summary.h"

#include "ui/json/json_outline.h"
#include "ui/text/figures.h"

#include <algorithm>
#include <array>

namespace wg::ui {

namespace {

constexpr int kSummaryFields = 5;
constexpr qsizetype kSummaryCharacters = 160;
constexpr qsizetype kFieldCharacters = 48;

/// Members of a message that the table shows in columns of their own.
constexpr std::array<std::string_view, 14> kEnvelope = {"op", "sid", "event", "type", "resource", "id", "key",
                                                        "version", "prev", "epoch", "ts", "time", "seq", "timestamp"};

std::string_view slice(std::string_view text, std::uint32_t begin, std::uint32_t end)
{
    return text.substr(begin, end - begin);
}

QString fieldText(std::string_view payload, const JsonNode& node)
{
    const QString key = visible(slice(payload, node.keyBegin, node.keyEnd), kFieldCharacters);
    if (node.kind == JsonKind::Array)
        return countText(node.children) + u' ' + key;
    std::string_view value = slice(payload, node.begin, node.end);
    if (node.kind == JsonKind::String)
        value = value.substr(1, value.size() - 2);
    return key + u' ' + visible(value, kFieldCharacters);
}

/// The node whose members tell the story: changes, else object, else the root.
std::uint32_t storyNode(std::string_view payload, const std::vector<JsonNode>& nodes)
{
    std::uint32_t story = 0;
    for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
        const std::string_view key = slice(payload, nodes[i].keyBegin, nodes[i].keyEnd);
        if (nodes[i].kind != JsonKind::Object || nodes[i].children == 0)
            continue;
        if (key == "changes")
            return i;
        if (key == "object")
            story = i;
    }
    return story;
}

} // namespace

QString payloadSummary(std::string_view payload, bool isPrefix)
{
    const JsonOutline outline = JsonOutline::of(payload, isPrefix);
    const std::vector<JsonNode>& nodes = outline.nodes();
    if (nodes.empty() || nodes.front().kind != JsonKind::Object || outline.end() == JsonOutline::End::Broken)
        return visible(payload, kSummaryCharacters);

    const std::uint32_t story = storyNode(payload, nodes);
    QString text;
    int fields = 0;
    for (std::uint32_t i = story + 1; i < nodes[story].next && fields < kSummaryFields; i = nodes[i].next) {
        const std::string_view key = slice(payload, nodes[i].keyBegin, nodes[i].keyEnd);
        const bool isEnvelope = std::find(kEnvelope.begin(), kEnvelope.end(), key) != kEnvelope.end();
        if (isEnvelope && (story == 0 || key == "id"))
            continue;
        // An object gives its own first plain member in its place.
        std::uint32_t shown = i;
        for (std::uint32_t inner = i + 1; nodes[shown].kind == JsonKind::Object && inner < nodes[i].next; inner = nodes[inner].next)
            shown = nodes[inner].isContainer() ? shown : inner;
        if (nodes[shown].kind == JsonKind::Object)
            continue;
        text += (fields++ > 0 ? QStringLiteral(", ") : QString()) + fieldText(payload, nodes[shown]);
        if (text.size() > kSummaryCharacters)
            break;
    }
    return text;
}

} // namespace wg::ui
