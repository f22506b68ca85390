// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as bytes: strict checking, walking one level at a time, pointers, string escapes. No tree is built and no number
// is converted: every value keeps the bytes it was written with, so 9.99, 1e400 and integers of any size survive.
// Shape:  checkJson() for a whole text; JsonObjectReader and JsonArrayReader for the members of one level;
//         findJson() for a JSON pointer. The readers check all that they pass, but not UTF-8: checkJson() does.
// Limits: kJsonDepth levels (limits.h); iterative, the stack does not grow with the text.
// Errors: false or nothing, with a reason and an offset where asked for. Nothing throws.
// Cost:   one pass, no allocation (measured in tests/bench/codec_bench.cpp beside simdjson, whose parsers convert
//         numbers, refuse big ones and, on demand, do not look at what they skip). Reads nothing past the text.
// Source: RFC 8259, RFC 6901.
#pragma once

#include "base/limits.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wg::codec
{

enum class JsonKind : std::uint8_t { Object, Array, String, Number, True, False, Null };

struct JsonValue {
    JsonKind kind = JsonKind::Null;
    std::string_view bytes; ///< as written, a string with its quotes
};

struct JsonMember {
    std::string_view key; ///< as written, without its quotes; see sameJsonKey
    JsonValue value;
};

struct JsonFault {
    const char* why = nullptr; ///< nullptr: none
    std::size_t at = 0;        ///< offset of the byte that cannot be
    explicit operator bool() const noexcept { return why != nullptr; }
};

/// The whole text: grammar, depth, numbers, escapes, UTF-8, nothing after the value.
[[nodiscard]] JsonFault checkJson(std::string_view text, std::size_t maxDepth = limits::kJsonDepth) noexcept;

/// A position in a text and the moves over it. Every move gives false at a fault and stays there.
class JsonScanner
{
public:
    explicit JsonScanner(std::string_view text) noexcept
        : m_begin(text.data())
        , m_at(m_begin)
        , m_end(m_begin + text.size())
    {
    }

    void skipSpace() noexcept
    {
        if (m_at < m_end && *m_at <= ' ')
            skipMoreSpace();
    }
    /// Steps over c if it is next.
    [[nodiscard]] bool take(char c) noexcept
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }
    /// Steps over any value; spaces before it too.
    [[nodiscard]] bool takeValue(JsonValue& out, std::size_t maxDepth = limits::kJsonDepth) noexcept;
    /// Steps over a string; key is what stands between its quotes.
    [[nodiscard]] bool takeString(std::string_view& inside) noexcept;
    [[nodiscard]] bool isAtEnd() const noexcept { return m_at == m_end; }
    [[nodiscard]] char peek() const noexcept { return m_at < m_end ? *m_at : '\0'; }
    [[nodiscard]] bool hasHighBytes() const noexcept { return m_hasHighBytes; }
    [[nodiscard]] JsonFault fault() const noexcept { return {m_why, static_cast<std::size_t>(m_at - m_begin)}; }
    bool fail(const char* why) noexcept;

private:
    void skipMoreSpace() noexcept;

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    const char* m_why = nullptr;
    bool m_hasHighBytes = false;
};

/// The members of one object, in order, duplicates too.
class JsonObjectReader
{
public:
    explicit JsonObjectReader(std::string_view object) noexcept
        : m_scanner(object)
    {
    }
    /// False at the end (then isWhole() is true) or at a fault.
    [[nodiscard]] bool next(JsonMember& out) noexcept;
    [[nodiscard]] bool isWhole() const noexcept { return m_isWhole; }
    [[nodiscard]] JsonFault fault() const noexcept { return m_scanner.fault(); }

private:
    JsonScanner m_scanner;
    bool m_isInside = false;
    bool m_isWhole = false;
};

/// The elements of one array, in order.
class JsonArrayReader
{
public:
    explicit JsonArrayReader(std::string_view array) noexcept
        : m_scanner(array)
    {
    }
    [[nodiscard]] bool next(JsonValue& out) noexcept;
    [[nodiscard]] bool isWhole() const noexcept { return m_isWhole; }
    [[nodiscard]] JsonFault fault() const noexcept { return m_scanner.fault(); }

private:
    JsonScanner m_scanner;
    bool m_isInside = false;
    bool m_isWhole = false;
};

/// One whole value with nothing but spaces round it; nothing if it is not JSON.
[[nodiscard]] std::optional<JsonValue> readJson(std::string_view text) noexcept;
/// The value of a member (the last one of that name); nothing if absent, or if the text is no object.
[[nodiscard]] std::optional<JsonValue> jsonMember(std::string_view object, std::string_view name);
/// The value at an RFC 6901 pointer ("" is the whole text); nothing if there is none or the pointer is malformed.
[[nodiscard]] std::optional<JsonValue> findJson(std::string_view text, std::string_view pointer);
/// "~1" and "~0" of one pointer token resolved; nothing if the token is malformed.
[[nodiscard]] std::optional<std::string> decodePointerToken(std::string_view token);

/// Appends the text of a string (given without or with its quotes) with its escapes resolved. Lone surrogates become
/// U+FFFD.
void appendJsonText(std::string_view string, std::string& out);
/// The text of a String value; `scratch` is written only if there are escapes. Empty for any other kind.
[[nodiscard]] std::string_view jsonText(const JsonValue& value, std::string& scratch);
/// Appends text in quotes, escaped; what is not UTF-8 becomes U+FFFD.
void appendJsonString(std::string_view text, std::string& out);
/// Keys as written, compared by what they mean.
[[nodiscard]] bool sameJsonKey(std::string_view a, std::string_view b);

} // namespace wg::codec
