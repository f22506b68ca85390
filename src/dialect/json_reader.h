// SPDX-License-Identifier: GPL-3.0-or-later
// JsonReader: one strict walk over one JSON text. simdjson finds the tokens (and refuses invalid UTF-8, unclosed strings
// and control characters); the grammar, the depth, numbers and escapes are checked here, and every value keeps its bytes.
// Shape:  begin(), then the caller walks: enterObject(), nextMember(), and value() or skip() for each; atEnd() at last.
//         Or eachMember() for a whole text that is one object: the quick way.
// Limits: limits::kJsonDepth levels; texts below 4 GiB. Texts of any size of number are kept as bytes, never as floats.
// Errors: any call gives false once the text is broken; fault() says why. Nothing throws.
// Cost:   no allocation once the token table has grown to the longest text. Views point into the text or into scratch.
// Thread: one reader per owner. Source: RFC 8259.
#pragma once

#include "dialect/json_cursor.h"

#include <memory>
#include <string>
#include <string_view>

namespace wg::dialect {

class JsonReader {
public:
    JsonReader();
    ~JsonReader();
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    /// text must have 64 readable bytes after its end; their content does not matter.
    bool begin(std::string_view text);

    /// The whole text, one object: visit(const JsonValue& name, const JsonValue& value) for each of its members.
    template <typename Visit>
    bool eachMember(std::string_view text, Visit&& visit)
    {
        if (!begin(text))
            return false;
        JsonCursor cursor = m_cursor;
        JsonValue name;
        JsonValue value;
        bool isGood = cursor.enter('{', "it is not an object");
        for (bool isFirst = true; isGood && cursor.next('}', isFirst); isFirst = false) {
            isGood = cursor.member(name) && cursor.value(value);
            if (isGood)
                visit(name, value);
        }
        m_cursor = cursor;
        return atEnd();
    }

    bool enterObject();
    bool enterArray();
    /// The next member of the object just entered: its key (unescaped), and the reader stands before its value.
    /// False at the closing bracket (then fault() is empty) or when the text is broken.
    bool nextMember(std::string_view& key);
    /// The same for the elements of an array.
    bool nextElement();
    /// Reads the value the reader stands before, checks all of it, and goes on behind it.
    bool value(JsonValue& out) { return m_cursor.value(out); }
    bool skip();
    /// Nothing but white space follows.
    bool atEnd();

    /// The text of a String value with its escapes resolved; scratch is used only if there are any.
    /// A lone surrogate becomes U+FFFD.
    static std::string_view text(const JsonValue& value, std::string& scratch)
    {
        return value.hasEscapes ? unescaped(value.bytes, scratch) : value.bytes;
    }

    [[nodiscard]] bool hasFault() const noexcept { return m_cursor.fault != nullptr; }
    [[nodiscard]] const char* fault() const noexcept { return m_cursor.fault ? m_cursor.fault : ""; }
    [[nodiscard]] JsonKind peekKind() const noexcept;

private:
    static std::string_view unescaped(std::string_view bytes, std::string& scratch);

    struct Tokens;
    std::unique_ptr<Tokens> m_tokens;
    JsonCursor m_cursor;
    bool m_isFirst = false; ///< the container was just entered
    std::string m_keyScratch;
};

} // namespace wg::dialect
