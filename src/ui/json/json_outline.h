// SPDX-License-Identifier: GPL-3.0-or-later
// JsonOutline: where everything is in a JSON text, flat, in the order of the text. Nothing is converted or re-printed.
// Shape:  one node per value; a container is followed by its subtree, and `next` jumps behind it.
// Limits: limits::kOutlineNodes; no recursion, so depth costs heap only. A text that is broken, cut or too rich gives
//         the outline of what came before, and `end` says which.
// Errors: broken() is a sentence with the byte at which reading stopped.
// Thread: a value; build it anywhere.
// Source: RFC 8259 grammar. Bytes that are not UTF-8 are passed through inside strings: the reader shows them marked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wg::ui {

enum class JsonKind : std::uint8_t { Object, Array, String, Number, Boolean, Null };

struct JsonNode {
    std::uint32_t keyBegin = 0, keyEnd = 0; ///< name without quotes; only where isMember
    std::uint32_t begin = 0, end = 0;       ///< the value's bytes, quotes and braces included
    std::uint32_t next = 0;                 ///< index of the first node behind this subtree
    std::uint32_t parent = 0;               ///< the root is its own parent
    std::uint32_t children = 0;
    std::uint32_t position = 0; ///< among its parent's children
    std::uint32_t depth = 0;
    std::uint64_t path = 0; ///< the same for the same path in another text
    JsonKind kind = JsonKind::Null;
    bool isMember = false;
    bool isClosed = true; ///< false: the text ended inside this container

    [[nodiscard]] bool isContainer() const { return kind == JsonKind::Object || kind == JsonKind::Array; }
};

class JsonOutline {
public:
    enum class End : std::uint8_t { Whole, Cut, Broken, TooRich };

    JsonOutline() = default;
    /// isPrefix: text is the beginning of a longer one, so its end is no fault.
    [[nodiscard]] static JsonOutline of(std::string_view text, bool isPrefix = false);

    [[nodiscard]] const std::vector<JsonNode>& nodes() const { return m_nodes; }
    [[nodiscard]] End end() const { return m_end; }
    [[nodiscard]] const std::string& broken() const { return m_broken; } ///< empty unless Broken or TooRich

private:
    friend class OutlineScanner;
    std::vector<JsonNode> m_nodes;
    End m_end = End::Whole;
    std::string m_broken;
};

} // namespace wg::ui
