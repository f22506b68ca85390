// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json.h"

#include "codec/padded_buffer.h"
#include "codec/utf8.h"

namespace wg::codec
{

namespace
{

constexpr unsigned kReplacement = 0xFFFD;

void appendUtf8(unsigned point, std::string& out)
{
    const auto tail = [&out](unsigned bits) { out += static_cast<char>(0x80 | (bits & 0x3F)); };
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | (point >> 6));
        tail(point);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | (point >> 12));
        tail(point >> 6);
        tail(point);
    } else {
        out += static_cast<char>(0xF0 | (point >> 18));
        tail(point >> 12);
        tail(point >> 6);
        tail(point);
    }
}

/// Four hexadecimal digits at text[at]; kReplacement where there are not four.
unsigned hexUnit(std::string_view text, std::size_t at)
{
    unsigned unit = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const char c = i < text.size() ? text[i] : '?';
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return kReplacement;
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
}

/// The character whose \uXXXX has its digits at text[at]; moves at behind what was used.
unsigned takeCodePoint(std::string_view text, std::size_t& at)
{
    const unsigned first = hexUnit(text, at);
    at += 4;
    if (first < 0xD800 || first > 0xDFFF)
        return first;
    if (first > 0xDBFF || text.substr(at, 2) != "\\u")
        return kReplacement;
    const unsigned second = hexUnit(text, at + 2);
    if (second < 0xDC00 || second > 0xDFFF)
        return kReplacement;
    at += 6;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

std::string_view withoutQuotes(std::string_view string)
{
    return string.size() >= 2 && string.front() == '"' && string.back() == '"' ? string.substr(1, string.size() - 2)
                                                                               : string;
}

std::optional<std::size_t> arrayIndex(std::string_view token)
{
    if (token.empty() || token.size() > 18 || (token.size() > 1 && token.front() == '0'))
        return {};
    std::size_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9')
            return {};
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index;
}

std::optional<JsonValue> element(std::string_view array, std::size_t index)
{
    JsonArrayReader reader(array);
    JsonValue value;
    while (reader.next(value))
        if (index-- == 0)
            return value;
    return {};
}

} // namespace

std::optional<JsonValue> readJson(std::string_view text) noexcept
{
    JsonScanner scanner(text);
    JsonValue value;
    if (!scanner.takeValue(value))
        return {};
    scanner.skipSpace();
    return scanner.isAtEnd() ? std::optional(value) : std::nullopt;
}

std::optional<JsonValue> jsonMember(std::string_view object, std::string_view name)
{
    JsonObjectReader reader(object);
    JsonMember member;
    std::optional<JsonValue> found;
    std::string scratch;
    while (reader.next(member)) {
        std::string_view key = member.key;
        if (key.find('\\') != std::string_view::npos) {
            scratch.clear();
            appendJsonText(key, scratch);
            key = scratch;
        }
        if (key == name)
            found = member.value;
    }
    return reader.isWhole() ? found : std::nullopt;
}

std::optional<std::string> decodePointerToken(std::string_view token)
{
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            text += token[i];
            continue;
        }
        ++i;
        if (i >= token.size() || (token[i] != '0' && token[i] != '1'))
            return {};
        text += token[i] == '0' ? '~' : '/';
    }
    return text;
}

std::optional<JsonValue> findJson(std::string_view text, std::string_view pointer)
{
    std::optional<JsonValue> value = readJson(text);
    while (value && !pointer.empty()) {
        if (pointer.front() != '/')
            return {};
        pointer.remove_prefix(1);
        const std::size_t slash = std::min(pointer.find('/'), pointer.size());
        const auto token = decodePointerToken(pointer.substr(0, slash));
        pointer.remove_prefix(slash);
        if (!token)
            return {};
        if (value->kind == JsonKind::Object)
            value = jsonMember(value->bytes, *token);
        else if (const auto index = arrayIndex(*token); index && value->kind == JsonKind::Array)
            value = element(value->bytes, *index);
        else
            return {};
    }
    return value;
}

void appendJsonText(std::string_view string, std::string& out)
{
    const std::string_view in = withoutQuotes(string);
    for (std::size_t i = 0; i < in.size();) {
        if (in[i] != '\\' || i + 1 == in.size()) {
            out += in[i++];
            continue;
        }
        const char c = in[i + 1];
        i += 2;
        switch (c) {
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': appendUtf8(takeCodePoint(in, i), out); break;
        default: out += c;
        }
    }
}

std::string_view jsonText(const JsonValue& value, std::string& scratch)
{
    if (value.kind != JsonKind::String)
        return {};
    const std::string_view inside = withoutQuotes(value.bytes);
    if (inside.find('\\') == std::string_view::npos)
        return inside;
    scratch.clear();
    appendJsonText(inside, scratch);
    return scratch;
}

void appendJsonString(std::string_view text, std::string& out)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    PaddedBuffer repaired;
    if (!isValidUtf8(text)) {
        appendRepairedUtf8(text, repaired);
        text = repaired.view();
    }
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
        }
    }
    out += '"';
}

bool sameJsonKey(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    if (a.find('\\') == std::string_view::npos && b.find('\\') == std::string_view::npos)
        return false;
    std::string textA;
    std::string textB;
    appendJsonText(a, textA);
    appendJsonText(b, textB);
    return textA == textB;
}

} // namespace wg::codec
