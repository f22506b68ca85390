// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fold_patches.h"

#include "base/limits.h"
#include "dialect/json_reader.h"
#include "dialect/json_text.h"

#include <string>
#include <vector>

namespace wg::engine {

namespace {

using dialect::JsonKind;
using dialect::JsonReader;
using dialect::JsonValue;
constexpr std::size_t kPadding = 64;

struct Member {
    std::string key; ///< unescaped
    JsonValue value;
    bool isUsed = false;
};

/// Members of one object; a later one of the same name replaces an earlier one. text must be padded.
bool readMembers(JsonReader& reader, std::string_view text, std::vector<Member>& out)
{
    if (!reader.begin(text) || !reader.enterObject())
        return false;
    std::string_view key;
    JsonValue value;
    while (reader.nextMember(key)) {
        Member member;
        member.key = key;
        if (!reader.value(value))
            return false;
        member.value = value;
        bool isKnown = false;
        for (Member& each : out)
            if (each.key == member.key) {
                each.value = value;
                isKnown = true;
            }
        if (!isKnown)
            out.push_back(std::move(member));
    }
    return reader.atEnd();
}

void appendValue(std::string& out, const JsonValue& value)
{
    if (value.kind == JsonKind::String)
        out.append("\"").append(value.bytes).append("\"");
    else
        out.append(value.bytes);
}

class Merge {
public:
    /// Writes target patched by patch. Both texts lie in padded buffers; target may be empty (absent).
    bool run(std::string_view target, std::string_view patch, std::string& out, unsigned depth)
    {
        if (depth > limits::kJsonDepth)
            return false;
        std::vector<Member> old, changes;
        if (!target.empty() && !readMembers(m_reader, target, old))
            return false;
        if (!readMembers(m_reader, patch, changes))
            return false;
        out += '{';
        bool isFirst = true;
        const auto key = [&](const std::string& name) {
            out += isFirst ? "" : ",";
            isFirst = false;
            dialect::appendJsonString(out, name);
            out += ':';
        };
        for (const Member& member : old) {
            Member* change = nullptr;
            for (Member& each : changes)
                if (each.key == member.key)
                    change = &each;
            if (change)
                change->isUsed = true;
            if (change && change->value.kind == JsonKind::Null)
                continue;
            key(member.key);
            if (!change)
                appendValue(out, member.value);
            else if (!write(member.value, change->value, out, depth))
                return false;
        }
        for (const Member& change : changes) {
            if (change.isUsed || change.value.kind == JsonKind::Null)
                continue;
            key(change.key);
            if (!write({}, change.value, out, depth))
                return false;
        }
        out += '}';
        return true;
    }

private:
    bool write(const JsonValue& old, const JsonValue& change, std::string& out, unsigned depth)
    {
        if (change.kind != JsonKind::Object) {
            appendValue(out, change);
            return true;
        }
        return run(old.kind == JsonKind::Object ? old.bytes : std::string_view(), change.bytes, out, depth + 1);
    }

    JsonReader m_reader;
};

} // namespace

bool foldPatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out)
{
    thread_local Merge merge;
    std::string current(base), patch, next;
    for (const sync::PatchView& each : patches) {
        if (each.op != sync::Op::Patch)
            return false;
        const std::size_t size = current.size();
        current.append(kPadding, '\0');
        patch.assign(each.bytes).append(kPadding, '\0');
        next.clear();
        if (!merge.run({current.data(), size}, {patch.data(), each.bytes.size()}, next, 1))
            return false;
        current.swap(next);
    }
    out = std::move(current);
    return true;
}

} // namespace wg::engine
