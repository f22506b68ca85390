// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 7396 merge patches on JSON text. What a patch does not touch keeps its bytes, numbers included.
// Shape:  MergePatch gathers any number of patches, in order, and applies them to a target in one pass; the result is
//         that of applying them one by one. applyMergePatch() is the short form for one.
// Rules:  order: members of the target where they stood, new ones behind them in the order of the patches. A key that a
//         patch names and that the target or a patch has twice counts once, with its last value. Keys compare by what
//         they mean (an escaped letter is that letter).
// Limits: kJsonDepth; time is linear in the text (members of large objects are found through an ordered index).
// Errors: false if a patch or the target is not JSON; out is then unspecified. UTF-8 is not checked.
// Cost:   no allocation once the node table and `out` have grown.
// Source: RFC 7396.
#pragma once

#include "codec/json.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wg::codec
{

class MergePatch
{
public:
    void clear() noexcept;
    /// The patch's bytes must stay until clear().
    [[nodiscard]] bool add(std::string_view patch);
    /// Replaces `out`. An empty target stands for none. `out` must not be the target's storage.
    [[nodiscard]] bool applyTo(std::string_view target, std::string& out);

private:
    using Index = std::uint32_t;
    static constexpr Index kNone = ~Index{0};
    static constexpr std::size_t kDirectMembers = 16; ///< up to here members are looked for one by one

    enum class Does : std::uint8_t {
        Merge,   ///< an object laid over what the target has
        Replace, ///< an object of its own: the target's value does not matter
        Set,     ///< any other value
        Remove,
    };
    struct Node {
        std::string_view key; ///< as written
        std::string_view value;
        Index firstChild = kNone;
        Index lastChild = kNone;
        Index next = kNone;
        std::uint32_t children = 0;
        Does does = Does::Set;
        bool isEscaped = false; ///< the key holds a backslash
        bool isUsed = false;    ///< met in the target during this applyTo
    };

    [[nodiscard]] Index find(Index parent, std::string_view key) const;
    Index append(Index parent, std::string_view key);
    void indexChild(Index parent, Index child);
    void makeObject(Index node, Does does);
    [[nodiscard]] bool overlay(Index node, JsonScanner& scanner, bool isPatch, std::size_t depth);
    [[nodiscard]] bool overlayMembers(Index node, JsonScanner& scanner, bool isPatch, std::size_t depth);
    [[nodiscard]] bool merge(Index node, JsonScanner& scanner, std::string& out, std::size_t depth);
    void writeRest(Index node, bool isFirst, std::string& out);
    void write(Index node, std::string& out);
    [[nodiscard]] static bool dropDuplicates(std::string_view text, std::string& out);

    std::vector<Node> m_nodes;
    std::map<std::pair<Index, std::string>, Index> m_index; ///< of objects with many members, by unescaped key
    bool m_metDuplicate = false;
};

/// Replaces `out` by target with the patch applied. An empty target stands for none.
[[nodiscard]] bool applyMergePatch(std::string_view target, std::string_view patch, std::string& out);

} // namespace wg::codec
