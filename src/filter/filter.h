// SPDX-License-Identifier: GPL-3.0-or-later
// Filter: text -> checked, compiled predicate. The one small language for server-side filters, the display filter,
// alert rules and colour rules.
// Shape:  `type == "order_updated" && changes.status in {"shipped","held"}`, `!exists(meta.trace)`, `key contains "42"`,
//         `/changes/items/0/sku == "X"`. Operators == != < <= > >= in contains startswith endswith ~ && || !, parentheses;
//         the words and, or, not. Left sides are envelope fields, dotted paths with [0], or JSON pointers.
// Rules:  comparison is typed; a missing field makes a comparison false, never an error; `!=` is true for a value that is
//         there and differs, of whatever type. `contains` looks into a string or for an element of an array.
//         In a regular expression `\\` and `\` before a letter mean the same, so "^\d" and "^\\d" both work.
// Limits: filter/limits of kTextBytes, kDepth, kTests; a regular expression that meets its match limit does not match.
// Errors: column (1-based, in bytes), what was expected there, and a sentence.
// Thread: immutable and cheap to copy (shared program); matches() may run on any number of threads and allocates nothing
//         once a thread's buffers have grown to its payloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wg::filter {

inline constexpr std::size_t kTextBytes = 16 * 1024; ///< longest filter text
inline constexpr std::size_t kDepth = 64;            ///< deepest nesting of parentheses and negations
inline constexpr std::size_t kTests = 1000;          ///< most comparisons in one filter
inline constexpr std::size_t kSetMembers = 10'000;   ///< most values in all sets of one filter

/// What a filter may speak of.
enum class Scope : std::uint8_t {
    Server,  ///< an item's state: `key` and fields of the object, without `object.`; `type` and `changes` are refused
    Display, ///< an event: envelope fields, and paths into the message as received (`changes.…`, `object.…`)
};

/// What a filter looks at. Empty views and absent numbers are missing fields. Views are only read during the call.
struct Record {
    std::string_view type;
    std::string_view key;
    std::string_view conn;
    std::string_view route;
    std::optional<std::uint64_t> version;
    std::optional<std::uint64_t> size;                                ///< bytes
    double latencyMs = std::numeric_limits<double>::quiet_NaN();      ///< NaN = unknown
    std::string_view payload;                                         ///< JSON: item object (Server) or message (Display)
    bool isPadded = false; ///< payload has 64 readable bytes behind it, so it need not be copied
};

struct FilterError {
    std::size_t column = 1;
    std::string expected; ///< as in: a value such as "text", 12 or true
    std::string sentence; ///< column and expectation for a person
};

struct FilterResult;
class Program;

class Filter {
public:
    [[nodiscard]] static FilterResult compile(std::string_view text, Scope scope);

    [[nodiscard]] bool matches(const Record& record) const;
    [[nodiscard]] const std::string& text() const noexcept;
    [[nodiscard]] Scope scope() const noexcept;
    /// True where evaluation has to read the payload, so columns alone do not decide.
    [[nodiscard]] bool readsPayload() const noexcept;
    /// The compiled form, one line a step: number, test, where it goes when true and when false.
    [[nodiscard]] std::string explain() const;

private:
    explicit Filter(std::shared_ptr<const Program> program) : m_program(std::move(program)) {}
    std::shared_ptr<const Program> m_program;
};

/// A filter or the reason why there is none.
struct FilterResult {
    std::optional<Filter> filter;
    FilterError error;

    [[nodiscard]] bool isOk() const noexcept { return filter.has_value(); }
    explicit operator bool() const noexcept { return isOk(); }
    [[nodiscard]] const Filter& value() const { return filter.value(); }
};

} // namespace wg::filter
