// SPDX-License-Identifier: GPL-3.0-or-later
// JsonCursor: the walk of JsonReader over the tokens of one text. A value without identity, so that a loop may keep it in
// registers: a token costs about 2 ns that way, and three times as much through memory.
// Shape:  at points into the table of token offsets, behind whose last entry the length of the text stands.
// Thread: a local variable.
#pragma once

#include "base/limits.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wg::dialect {

enum class JsonKind : std::uint8_t { Object, Array, String, Number, True, False, Null };

struct JsonValue {
    std::string_view bytes; ///< as written; a String's without its quotes, escapes untouched
    JsonKind kind = JsonKind::Null;
    bool hasEscapes = false;
};

#if defined(__GNUC__)
#define WG_JSON_INLINE [[gnu::always_inline]] inline
#else
#define WG_JSON_INLINE inline
#endif

struct JsonCursor {
    const char* text = nullptr;
    const std::uint32_t* at = nullptr;   ///< the token that comes next
    const std::uint32_t* stop = nullptr; ///< behind the last token
    unsigned depth = 0;
    bool hasBackslash = false;           ///< anywhere in the text
    const char* fault = nullptr;

    WG_JSON_INLINE char current() const noexcept { return at < stop ? text[*at] : '\0'; }
    WG_JSON_INLINE bool fail(const char* why) noexcept
    {
        if (!fault)
            fault = why;
        at = stop;
        return false;
    }

    /// A value that is neither object nor array; first is its first byte.
    WG_JSON_INLINE bool scalar(char first, JsonValue& out) noexcept
    {
        if (at >= stop)
            return fail("it ends too early");
        const char* const begin = text + *at;
        const char* end = text + at[1];
        while (isSpace(end[-1]))
            --end;
        ++at;
        out.hasEscapes = false;
        if (first != '"') {
            out.bytes = {begin, static_cast<std::size_t>(end - begin)};
            return literal(first, out);
        }
        out.kind = JsonKind::String;
        if (end - begin < 2 || end[-1] != '"')
            return fail("a string is not closed");
        out.bytes = {begin + 1, static_cast<std::size_t>(end - begin - 2)};
        return !hasBackslash || checkEscapes(out);
    }

    /// A key and its colon.
    WG_JSON_INLINE bool member(JsonValue& name) noexcept
    {
        if (current() != '"')
            return fail("a key is missing");
        if (!scalar('"', name))
            return false;
        if (current() != ':')
            return fail("a colon is missing");
        ++at;
        return true;
    }

    WG_JSON_INLINE bool value(JsonValue& out) noexcept
    {
        const char first = current();
        return first == '{' || first == '[' ? container(out) : scalar(first, out);
    }

    /// The object or array at the cursor, to its end, without recursion.
    WG_JSON_INLINE bool container(JsonValue& out) noexcept
    {
        bool isObject[limits::kJsonDepth + 1]; // each level is written before it is read
        const unsigned base = depth;
        const char* const begin = text + *at;
        JsonValue passed;
        for (;;) {
            const char first = current();
            if (first == '{' || first == '[') {
                if (++depth > limits::kJsonDepth)
                    return fail("it is nested too deeply");
                isObject[depth] = first == '{';
                ++at;
                if (current() != (first == '{' ? '}' : ']')) {
                    if (first == '{' && !member(passed))
                        return false;
                    continue;
                }
                ++at;
                --depth;
            } else if (!scalar(first, passed)) {
                return false;
            }
            while (depth != base) { // behind a value
                const char after = current();
                if (after == ',') {
                    ++at;
                    if (isObject[depth] && !member(passed))
                        return false;
                    break;
                }
                if (after != (isObject[depth] ? '}' : ']'))
                    return fail("a comma or a bracket is missing");
                ++at;
                --depth;
            }
            if (depth == base)
                break;
        }
        out.kind = *begin == '{' ? JsonKind::Object : JsonKind::Array;
        out.hasEscapes = false;
        out.bytes = {begin, static_cast<std::size_t>(text + at[-1] + 1 - begin)};
        return true;
    }

    WG_JSON_INLINE bool enter(char open, const char* otherwise) noexcept
    {
        if (current() != open)
            return fail(otherwise);
        ++at;
        return ++depth <= limits::kJsonDepth || fail("it is nested too deeply");
    }

    /// To the next entry of an object or array; false at its closing bracket, which is passed, or at a fault.
    WG_JSON_INLINE bool next(char close, bool isFirst) noexcept
    {
        const char c = current();
        if (c == close) {
            ++at;
            --depth;
            return false;
        }
        if (isFirst)
            return true;
        if (c != ',')
            return fail("a comma or a bracket is missing");
        ++at;
        return true;
    }

private:
    WG_JSON_INLINE static bool isSpace(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    WG_JSON_INLINE static const char* pastDigits(const char* from, const char* end) noexcept
    {
        while (from < end && static_cast<unsigned char>(*from - '0') < 10)
            ++from;
        return from;
    }
    /// A number, true, false or null: sets the kind.
    WG_JSON_INLINE bool literal(char first, JsonValue& out) noexcept
    {
        const std::string_view word = out.bytes;
        out.kind = JsonKind::Number;
        if (first == 't' && word == "true")
            out.kind = JsonKind::True;
        else if (first == 'f' && word == "false")
            out.kind = JsonKind::False;
        else if (first == 'n' && word == "null")
            out.kind = JsonKind::Null;
        else if (!isNumber(word.data(), word.data() + word.size()))
            return fail("a number or a word in it is not JSON");
        return true;
    }
    WG_JSON_INLINE static bool isNumber(const char* from, const char* end) noexcept
    {
        from += *from == '-';
        const char* past = from < end && *from == '0' ? from + 1 : pastDigits(from, end);
        if (past == from)
            return false;
        if (past < end && *past == '.') {
            from = past + 1;
            past = pastDigits(from, end);
            if (past == from)
                return false;
        }
        if (past < end && (*past == 'e' || *past == 'E')) {
            from = past + 1;
            from += from < end && (*from == '+' || *from == '-');
            past = pastDigits(from, end);
            if (past == from)
                return false;
        }
        return past == end;
    }
    /// Sets hasEscapes; a fault if one is broken.
    bool checkEscapes(JsonValue& string) noexcept;
};

} // namespace wg::dialect
