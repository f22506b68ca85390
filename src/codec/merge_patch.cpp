// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/merge_patch.h"

namespace wg::codec
{

namespace
{

bool hasEscape(std::string_view key)
{
    return key.find('\\') != std::string_view::npos;
}

std::string unescaped(std::string_view key)
{
    std::string text;
    appendJsonText(key, text);
    return text;
}

void appendKey(std::string_view key, bool isFirst, std::string& out)
{
    out += isFirst ? "\"" : ",\"";
    out.append(key);
    out += "\":";
}

/// From behind '{' or a value to the next key and its colon. False at the closing bracket or at a fault.
bool nextKey(JsonScanner& scanner, bool isFirst, std::string_view& key)
{
    scanner.skipSpace();
    if (scanner.take('}'))
        return false;
    if (!isFirst && !scanner.take(','))
        return scanner.fail("a comma or a bracket is missing");
    scanner.skipSpace();
    if (!scanner.takeString(key))
        return false;
    scanner.skipSpace();
    if (!scanner.take(':'))
        return scanner.fail("a colon is missing");
    scanner.skipSpace();
    return true;
}

bool isWholly(JsonScanner& scanner)
{
    scanner.skipSpace();
    return scanner.isAtEnd() && !scanner.fault();
}

} // namespace

void MergePatch::clear() noexcept
{
    m_nodes.clear();
    m_index.clear();
}

bool MergePatch::add(std::string_view patch)
{
    if (m_nodes.empty()) {
        m_nodes.emplace_back();
        makeObject(0, Does::Merge);
    }
    JsonScanner scanner(patch);
    return overlay(0, scanner, true, 0) && isWholly(scanner);
}

bool MergePatch::applyTo(std::string_view target, std::string& out)
{
    out.clear();
    if (m_nodes.empty()) {
        out.append(target);
        return true;
    }
    for (Node& node : m_nodes)
        node.isUsed = false;
    m_metDuplicate = false;
    if (m_nodes[0].does != Does::Merge || target.empty()) {
        write(0, out);
        return true;
    }
    JsonScanner scanner(target);
    scanner.skipSpace();
    if (!merge(0, scanner, out, 0) || !isWholly(scanner))
        return false;
    if (!m_metDuplicate)
        return true;
    std::string plain;
    return dropDuplicates(target, plain) && applyTo(plain, out);
}

MergePatch::Index MergePatch::find(Index parent, std::string_view key) const
{
    const Node& node = m_nodes[parent];
    if (node.children > kDirectMembers) {
        const auto found = m_index.find({parent, unescaped(key)});
        return found == m_index.end() ? kNone : found->second;
    }
    const bool isEscaped = hasEscape(key);
    for (Index child = node.firstChild; child != kNone; child = m_nodes[child].next) {
        const Node& each = m_nodes[child];
        if (each.key == key || ((isEscaped || each.isEscaped) && sameJsonKey(each.key, key)))
            return child;
    }
    return kNone;
}

MergePatch::Index MergePatch::append(Index parent, std::string_view key)
{
    const auto child = static_cast<Index>(m_nodes.size());
    Node& added = m_nodes.emplace_back();
    added.key = key;
    added.isEscaped = hasEscape(key);
    Node& node = m_nodes[parent];
    (node.firstChild == kNone ? node.firstChild : m_nodes[node.lastChild].next) = child;
    node.lastChild = child;
    ++node.children;
    if (node.children == kDirectMembers + 1)
        for (Index each = node.firstChild; each != kNone; each = m_nodes[each].next)
            indexChild(parent, each);
    else if (node.children > kDirectMembers)
        indexChild(parent, child);
    return child;
}

void MergePatch::indexChild(Index parent, Index child)
{
    m_index[{parent, unescaped(m_nodes[child].key)}] = child;
}

/// Forgets the children; their nodes stay in the table until clear().
void MergePatch::makeObject(Index index, Does does)
{
    Node& node = m_nodes[index];
    if (node.children > kDirectMembers)
        for (Index child = node.firstChild; child != kNone; child = m_nodes[child].next)
            m_index.erase({index, unescaped(m_nodes[child].key)});
    node.firstChild = node.lastChild = kNone;
    node.children = 0;
    node.value = {};
    node.does = does;
}

/// Lays the value at the scanner over a node. As a patch, null removes and objects merge; else the value is taken
/// whole.
bool MergePatch::overlay(Index index, JsonScanner& scanner, bool isPatch, std::size_t depth)
{
    if (depth > limits::kJsonDepth)
        return scanner.fail("it is nested too deeply");
    scanner.skipSpace();
    if (scanner.peek() == '{') {
        const bool isObject = m_nodes[index].does == Does::Merge || m_nodes[index].does == Does::Replace;
        if (!isPatch || !isObject)
            makeObject(index, Does::Replace);
        return scanner.take('{') && overlayMembers(index, scanner, isPatch, depth);
    }
    JsonValue value;
    if (!scanner.takeValue(value, limits::kJsonDepth - depth))
        return false;
    // At the top there is nothing to be removed from: the whole text becomes null.
    makeObject(index, isPatch && index != 0 && value.kind == JsonKind::Null ? Does::Remove : Does::Set);
    m_nodes[index].value = value.bytes;
    return true;
}

bool MergePatch::overlayMembers(Index index, JsonScanner& scanner, bool isPatch, std::size_t depth)
{
    std::string_view key;
    for (bool isFirst = true; nextKey(scanner, isFirst, key); isFirst = false) {
        Index child = find(index, key);
        if (child == kNone) {
            child = append(index, key);
            makeObject(child, Does::Merge);
        }
        if (!overlay(child, scanner, isPatch, depth + 1))
            return false;
    }
    return !scanner.fault();
}

/// Writes the value at the scanner with the node laid over it.
bool MergePatch::merge(Index index, JsonScanner& scanner, std::string& out, std::size_t depth)
{
    if (depth > limits::kJsonDepth)
        return scanner.fail("it is nested too deeply");
    if (m_nodes[index].does != Does::Merge || !scanner.take('{')) {
        JsonValue replaced;
        if (!scanner.takeValue(replaced, limits::kJsonDepth - depth))
            return false;
        write(index, out);
        return true;
    }
    out += '{';
    bool isFirstOut = true;
    std::string_view key;
    for (bool isFirst = true; nextKey(scanner, isFirst, key); isFirst = false) {
        const Index child = find(index, key);
        JsonValue value;
        if (child == kNone) {
            if (!scanner.takeValue(value, limits::kJsonDepth - depth - 1))
                return false;
            appendKey(key, isFirstOut, out);
            out.append(value.bytes);
            isFirstOut = false;
            continue;
        }
        m_metDuplicate = m_metDuplicate || m_nodes[child].isUsed;
        m_nodes[child].isUsed = true;
        if (m_nodes[child].does == Does::Remove) {
            if (!scanner.takeValue(value, limits::kJsonDepth - depth - 1))
                return false;
            continue;
        }
        appendKey(key, isFirstOut, out);
        isFirstOut = false;
        if (!merge(child, scanner, out, depth + 1))
            return false;
    }
    if (scanner.fault())
        return false;
    writeRest(index, isFirstOut, out);
    out += '}';
    return true;
}

/// The members that the target did not have.
void MergePatch::writeRest(Index index, bool isFirst, std::string& out)
{
    for (Index child = m_nodes[index].firstChild; child != kNone; child = m_nodes[child].next) {
        if (m_nodes[child].isUsed || m_nodes[child].does == Does::Remove)
            continue;
        appendKey(m_nodes[child].key, isFirst, out);
        write(child, out);
        isFirst = false;
    }
}

void MergePatch::write(Index index, std::string& out)
{
    if (m_nodes[index].does == Does::Set) {
        out.append(m_nodes[index].value);
        return;
    }
    out += '{';
    writeRest(index, true, out);
    out += '}';
}

/// The same text with each key of every object once, its last value in its first place.
bool MergePatch::dropDuplicates(std::string_view text, std::string& out)
{
    MergePatch whole;
    whole.m_nodes.emplace_back();
    JsonScanner scanner(text);
    if (!whole.overlay(0, scanner, false, 0))
        return false;
    whole.write(0, out);
    return true;
}

bool applyMergePatch(std::string_view target, std::string_view patch, std::string& out)
{
    MergePatch merge;
    return merge.add(patch) && merge.applyTo(target, out);
}

} // namespace wg::codec
