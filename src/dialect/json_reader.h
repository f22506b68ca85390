// SPDX-License-Identifier: GPL-3.0-or-later
// JsonReader: one strict walk over one JSON text. simdjson finds the tokens (and refuses invalid UTF-8, unclosed strings
// and control characters); the grammar, the depth, numbers and escapes are checked here, and every value keeps its bytes.
// Shape:  begin(), then the caller walks: enterObject(), nextMember(), and value() or skip() for each; atEnd() at last.
// Limits: limits::kJsonDepth levels; texts below 4 GiB. Texts of any size of number are kept as bytes, never as floats.
// Errors: any call gives false once the text is broken; fault() says why. Nothing throws.
// Cost:   no allocation once the token table has grown to the longest text. Views point into the text or into scratch.
// Thread: one reader per owner. Source: RFC 8259.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace wg::dialect {

enum class JsonKind : std::uint8_t { Object, Array, String, Number, True, False, Null };

struct JsonValue {
    JsonKind kind = JsonKind::Null;
    std::string_view bytes; ///< as written; a String's without its quotes, escapes untouched
    bool hasEscapes = false;
};

class JsonReader {
public:
    JsonReader();
    ~JsonReader();

    /// text must have 64 readable bytes after its end; their content does not matter.
    bool begin(std::string_view text);
    bool enterObject();
    bool enterArray();
    /// The next member of the object just entered: its key (unescaped), and the reader stands before its value.
    /// False at the closing bracket (then fault() is empty) or when the text is broken.
    bool nextMember(std::string_view& key);
    /// The same for the elements of an array.
    bool nextElement();
    /// Reads the value the reader stands before, checks all of it, and goes on behind it.
    bool value(JsonValue& out);
    bool skip();
    /// Nothing but white space follows.
    bool atEnd();

    /// The text of a String value with its escapes resolved; scratch is used only if there are any.
    /// A lone surrogate becomes U+FFFD.
    static std::string_view text(const JsonValue& value, std::string& scratch);

    [[nodiscard]] bool hasFault() const noexcept { return m_fault != nullptr; }
    [[nodiscard]] const char* fault() const noexcept { return m_fault ? m_fault : ""; }
    [[nodiscard]] JsonKind peekKind() const noexcept;

private:
    [[nodiscard]] char current() const noexcept { return m_at < m_count ? m_text[m_index[m_at]] : '\0'; }
    bool fail(const char* why) noexcept;
    bool scalar(JsonValue& out);
    bool member(std::string_view& key);
    bool skipMember();
    bool container();
    [[nodiscard]] std::string_view token() const noexcept;

    struct Tokens;
    std::unique_ptr<Tokens> m_tokens;
    std::string_view m_text;
    const std::uint32_t* m_index = nullptr;
    std::size_t m_at = 0, m_count = 0;
    unsigned m_depth = 0;
    bool m_isFirst = false;      ///< the container was just entered
    bool m_hasEscapes = false;   ///< there is a backslash somewhere
    const char* m_fault = nullptr;
    std::string m_keyScratch;
};

} // namespace wg::dialect
