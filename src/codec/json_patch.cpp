// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json_patch.h"

#include "codec/json.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace wg::codec
{

namespace
{

struct Member;

/// A value of the document: bytes as written until an operation reaches into it, then its members.
struct Node {
    JsonValue value;
    std::vector<Member> members; ///< of an object or array once isOpen
    bool isOpen = false;
};
struct Member {
    std::string_view key; ///< as written between quotes; empty in an array
    Node node;
};

using Path = std::vector<std::string>;

enum class Op : std::uint8_t { Add, Remove, Replace, Move, Copy, Test };

struct Operation {
    Op op = Op::Test;
    Path path;
    Path from;
    JsonValue value;
};

class Document
{
public:
    Document(const JsonValue& root, std::size_t maxBytes)
        : m_maxBytes(maxBytes)
    {
        m_root.value = root;
    }

    bool apply(const Operation& operation);
    bool write(std::string& out) { return writeNode(m_root, out); }
    [[nodiscard]] const std::string& why() const { return m_why; }

private:
    bool fail(std::string_view why)
    {
        if (m_why.empty())
            m_why = why;
        return false;
    }
    bool spend(std::size_t bytes)
    {
        m_work += bytes;
        return m_work <= kJsonPatchWorkBytes || fail("it takes too much work");
    }
    bool open(Node& node);
    Node* child(Node& node, const std::string& token);
    Node* find(const Path& path);
    bool take(const Path& path, Node& out);
    bool add(const Path& path, Node node);
    bool copyOf(const Node& node, Node& out);
    bool writeNode(const Node& node, std::string& out);
    std::size_t openDepth(const Node& node);
    /// The document's own key for a token, kept as long as the document.
    std::string_view keyFor(const std::string& token);

    Node m_root;
    std::size_t m_maxBytes;
    std::size_t m_work = 0;
    std::string m_why;
    std::vector<std::unique_ptr<std::string>> m_keys;
};

bool isKey(std::string_view key, const std::string& token)
{
    if (key.find('\\') == std::string_view::npos)
        return key == token;
    std::string text;
    appendJsonText(key, text);
    return text == token;
}

/// The index of an existing element, or the size itself for "-" and one past the last where `mayAppend`.
std::optional<std::size_t> indexOf(const std::string& token, std::size_t size, bool mayAppend)
{
    if (mayAppend && token == "-")
        return size;
    const bool isNumber = !token.empty() && token.size() <= 10 &&
                          token.find_first_not_of("0123456789") == std::string::npos &&
                          (token.size() == 1 || token.front() != '0');
    if (!isNumber)
        return {};
    const std::size_t index = std::stoull(token);
    return index < size || (mayAppend && index == size) ? std::optional(index) : std::nullopt;
}

bool Document::open(Node& node)
{
    if (node.isOpen)
        return true;
    if (!spend(node.value.bytes.size()))
        return false;
    if (node.value.kind == JsonKind::Object) {
        JsonObjectReader reader(node.value.bytes);
        JsonMember member;
        while (reader.next(member)) {
            Node each;
            each.value = member.value;
            node.members.push_back({member.key, std::move(each)});
        }
    } else if (node.value.kind == JsonKind::Array) {
        JsonArrayReader reader(node.value.bytes);
        Node each;
        while (reader.next(each.value))
            node.members.push_back({{}, each});
    } else {
        return fail("it reaches into a value that has no members");
    }
    node.isOpen = true;
    return true;
}

Node* Document::child(Node& node, const std::string& token)
{
    if (!open(node) || !spend(node.members.size()))
        return nullptr;
    if (node.value.kind == JsonKind::Array) {
        const auto index = indexOf(token, node.members.size(), false);
        return index ? &node.members[*index].node : nullptr;
    }
    // The last of duplicates is the one that counts.
    const auto found = std::find_if(node.members.rbegin(), node.members.rend(),
                                    [&token](const Member& each) { return isKey(each.key, token); });
    return found == node.members.rend() ? nullptr : &found->node;
}

Node* Document::find(const Path& path)
{
    Node* at = &m_root;
    for (const std::string& token : path) {
        at = child(*at, token);
        if (!at) {
            fail("there is nothing at its path");
            return nullptr;
        }
    }
    return at;
}

bool Document::take(const Path& path, Node& out)
{
    Node* const node = find(path);
    if (!node)
        return false;
    out = std::move(*node);
    if (path.empty())
        return fail("the whole document cannot be removed");
    Node* const parent = find(Path(path.begin(), path.end() - 1));
    if (!parent || !spend(parent->members.size() * sizeof(Member)))
        return false;
    if (parent->value.kind == JsonKind::Array)
        parent->members.erase(parent->members.begin() + static_cast<std::ptrdiff_t>(std::stoull(path.back())));
    else
        std::erase_if(parent->members, [&path](const Member& each) { return isKey(each.key, path.back()); });
    return true;
}

bool Document::add(const Path& path, Node node)
{
    if (path.size() + openDepth(node) > limits::kJsonDepth)
        return fail("it nests too deeply");
    if (path.empty()) {
        m_root = std::move(node);
        return true;
    }
    Node* const parent = find(Path(path.begin(), path.end() - 1));
    if (!parent || !open(*parent))
        return false;
    if (parent->value.kind == JsonKind::Array) {
        const auto index = indexOf(path.back(), parent->members.size(), true);
        if (!index)
            return fail("its path names no place in the array");
        if (!spend((parent->members.size() - *index) * sizeof(Member)))
            return false;
        parent->members.insert(parent->members.begin() + static_cast<std::ptrdiff_t>(*index), {{}, std::move(node)});
        return true;
    }
    if (Node* const old = child(*parent, path.back())) {
        *old = std::move(node);
        return true;
    }
    if (!m_why.empty())
        return false;
    parent->members.push_back({keyFor(path.back()), std::move(node)});
    return true;
}

std::string_view Document::keyFor(const std::string& token)
{
    auto key = std::make_unique<std::string>();
    appendJsonString(token, *key);
    m_keys.push_back(std::move(key));
    return std::string_view(*m_keys.back()).substr(1, m_keys.back()->size() - 2);
}

bool Document::copyOf(const Node& node, Node& out)
{
    out.value = node.value;
    out.isOpen = node.isOpen;
    if (!spend(node.members.size() * sizeof(Member)))
        return false;
    for (const Member& each : node.members) {
        out.members.push_back({each.key, {}});
        if (!copyOf(each.node, out.members.back().node))
            return false;
    }
    return true;
}

std::size_t Document::openDepth(const Node& node)
{
    std::size_t depth = 0;
    for (const Member& each : node.members)
        depth = std::max(depth, openDepth(each.node) + 1);
    spend(node.members.size());
    return depth;
}

bool Document::apply(const Operation& operation)
{
    switch (operation.op) {
    case Op::Add: {
        Node node;
        node.value = operation.value;
        return add(operation.path, std::move(node));
    }
    case Op::Remove: {
        Node gone;
        return take(operation.path, gone);
    }
    case Op::Replace: {
        Node* const node = find(operation.path);
        if (!node)
            return false;
        *node = {};
        node->value = operation.value;
        return true;
    }
    case Op::Move: {
        if (operation.from == operation.path)
            return find(operation.path) != nullptr;
        const bool isInside = operation.from.size() < operation.path.size() &&
                              std::equal(operation.from.begin(), operation.from.end(), operation.path.begin());
        if (isInside)
            return fail("a value cannot move into itself");
        Node node;
        return take(operation.from, node) && add(operation.path, std::move(node));
    }
    case Op::Copy: {
        const Node* const from = find(operation.from);
        Node node;
        return from && copyOf(*from, node) && add(operation.path, std::move(node));
    }
    case Op::Test: {
        const Node* const node = find(operation.path);
        std::string text;
        if (!node || !writeNode(*node, text) || !spend(text.size() + operation.value.bytes.size()))
            return false;
        return sameJsonValue(text, operation.value.bytes) || fail("the value at its path is another");
    }
    }
    return false;
}

bool Document::writeNode(const Node& node, std::string& out)
{
    if (!node.isOpen) {
        out.append(node.value.bytes);
    } else {
        const bool isObject = node.value.kind == JsonKind::Object;
        out += isObject ? '{' : '[';
        bool isFirst = true;
        for (const Member& each : node.members) {
            if (!isFirst)
                out += ',';
            isFirst = false;
            if (isObject)
                out.append(1, '"').append(each.key).append("\":");
            if (!writeNode(each.node, out))
                return false;
        }
        out += isObject ? '}' : ']';
    }
    return out.size() <= m_maxBytes || fail("its result is too large");
}

bool readPath(const JsonValue& value, Path& path)
{
    if (value.kind != JsonKind::String)
        return false;
    std::string scratch;
    std::string_view pointer = jsonText(value, scratch);
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return false;
        pointer.remove_prefix(1);
        const std::size_t size = std::min(pointer.find('/'), pointer.size());
        auto token = decodePointerToken(pointer.substr(0, size));
        if (!token || path.size() == limits::kJsonDepth)
            return false;
        path.push_back(std::move(*token));
        pointer.remove_prefix(size);
    }
    return true;
}

std::optional<Op> readOp(const JsonValue& value)
{
    constexpr std::array<std::pair<std::string_view, Op>, 6> kNames{{{"add", Op::Add},
                                                                     {"remove", Op::Remove},
                                                                     {"replace", Op::Replace},
                                                                     {"move", Op::Move},
                                                                     {"copy", Op::Copy},
                                                                     {"test", Op::Test}}};
    std::string scratch;
    const std::string_view name = jsonText(value, scratch);
    for (const auto& [each, op] : kNames)
        if (each == name)
            return op;
    return {};
}

/// Empty if the operation is whole, else what is wrong with it.
std::string_view readOperation(std::string_view text, Operation& out)
{
    std::array<std::pair<std::string_view, std::optional<JsonValue>>, 4> fields{
        {{"op", {}}, {"path", {}}, {"from", {}}, {"value", {}}}};
    JsonObjectReader reader(text);
    JsonMember member;
    while (reader.next(member))
        for (auto& [name, value] : fields)
            if (sameJsonKey(member.key, name)) {
                if (value)
                    return "one of its members stands twice";
                value = member.value;
            }
    if (!reader.isWhole())
        return "it is not an object";
    const auto& [op, path, from, value] = fields;
    const auto kind = op.second ? readOp(*op.second) : std::nullopt;
    if (!kind)
        return "its op is missing or unknown";
    out.op = *kind;
    if (!path.second || !readPath(*path.second, out.path))
        return "its path is missing or not a pointer";
    const bool takesFrom = *kind == Op::Move || *kind == Op::Copy;
    if (takesFrom && (!from.second || !readPath(*from.second, out.from)))
        return "its from is missing or not a pointer";
    const bool takesValue = *kind == Op::Add || *kind == Op::Replace || *kind == Op::Test;
    if (takesValue && !value.second)
        return "its value is missing";
    if (takesValue)
        out.value = *value.second;
    return {};
}

} // namespace

bool applyJsonPatch(std::string_view target, std::string_view patch, std::string& out, std::string* why)
{
    const auto fail = [why](std::size_t number, std::string_view reason) {
        if (why)
            *why = number == 0
                       ? std::string(reason)
                       : "Operation " + std::to_string(number) + " of the patch failed: " + std::string(reason) + ".";
        return false;
    };
    const auto root = readJson(target);
    if (!root)
        return fail(0, "The patched value is not JSON.");
    Document document(*root, std::max(limits::kEventBytes, target.size()));
    JsonArrayReader operations(patch);
    JsonValue each;
    std::size_t number = 0;
    while (operations.next(each)) {
        ++number;
        Operation operation;
        if (const std::string_view reason = readOperation(each.bytes, operation); !reason.empty())
            return fail(number, reason);
        if (!document.apply(operation))
            return fail(number, document.why());
    }
    if (!operations.isWhole())
        return fail(0, "The patch is not a JSON array.");
    out.clear();
    if (!document.write(out) || checkJson(out))
        return fail(0, "The result of the patch is too large or too deep.");
    return true;
}

} // namespace wg::codec
