// SPDX-License-Identifier: GPL-3.0-or-later
// TinyJson: just enough of a JSON value for tests that need an RFC 7396 fold or to compare two texts by value.
// Source: RFC 7396 section 2 (the pseudo-code of MergePatch).
#pragma once

#include "sync/store.h"

#include <map>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace wg::test
{

struct TinyJson {
    enum class Kind { Scalar, Array, Object };
    Kind kind = Kind::Scalar;
    std::string scalar = "null"; ///< as JSON text
    std::vector<TinyJson> elements;
    std::map<std::string, TinyJson> members;

    static TinyJson from(const simdjson::dom::element& element)
    {
        TinyJson value;
        if (element.is_object()) {
            value.kind = Kind::Object;
            for (const auto member : simdjson::dom::object(element))
                value.members[std::string(member.key)] = from(member.value);
        } else if (element.is_array()) {
            value.kind = Kind::Array;
            for (const auto item : simdjson::dom::array(element))
                value.elements.push_back(from(item));
        } else {
            value.scalar = simdjson::minify(element);
        }
        return value;
    }
    static bool parse(std::string_view text, TinyJson& out)
    {
        simdjson::dom::parser parser;
        simdjson::dom::element root;
        if (parser.parse(simdjson::padded_string(text)).get(root) != simdjson::SUCCESS)
            return false;
        out = from(root);
        return true;
    }
    /// Members in order of their names: equal values give equal texts.
    [[nodiscard]] std::string toText() const
    {
        if (kind == Kind::Scalar)
            return scalar;
        std::string text(1, kind == Kind::Array ? '[' : '{');
        for (const TinyJson& element : elements)
            text += (text.size() > 1 ? "," : "") + element.toText();
        for (const auto& [name, value] : members)
            text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + value.toText();
        return text + (kind == Kind::Array ? ']' : '}');
    }
    void merge(const TinyJson& patch)
    {
        if (patch.kind != Kind::Object) {
            *this = patch;
            return;
        }
        if (kind != Kind::Object) {
            *this = {};
            kind = Kind::Object;
        }
        for (const auto& [name, value] : patch.members) {
            if (value.kind == Kind::Scalar && value.scalar == "null")
                members.erase(name);
            else
                members[name].merge(value);
        }
    }
};

/// A sync::FoldPatches for merge patches.
inline bool foldMergePatches(std::string_view base, const std::vector<sync::PatchView>& patches, std::string& out)
{
    TinyJson value;
    if (!TinyJson::parse(base, value))
        return false;
    for (const sync::PatchView& patch : patches) {
        TinyJson change;
        if (patch.op != sync::Op::Patch || !TinyJson::parse(patch.bytes, change))
            return false;
        value.merge(change);
    }
    out = value.toText();
    return true;
}

} // namespace wg::test
