// SPDX-License-Identifier: GPL-3.0-or-later
// Fields: the members of a JSON object in order, each value kept as JSON text. What an item is made of.
// A change to an item is a list of fields too: an RFC 7396 merge patch, where the text null removes.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace wg::gateway {

struct Field {
    std::string name; ///< JSON-escaped, without quotes
    std::string raw;  ///< JSON text of the value
};

class Fields {
public:
    Fields() = default;
    explicit Fields(std::vector<Field> fields) : m_fields(std::move(fields)) {}
    /// Reads an object; of equal names the last one counts.
    [[nodiscard]] static Result<Fields> parse(std::string_view json);

    /// JSON text of a member, or nothing.
    [[nodiscard]] std::string_view raw(std::string_view name) const noexcept;
    [[nodiscard]] double number(std::string_view name, double otherwise = 0) const noexcept;
    /// A string member without quotes (of the plain kind: no escapes are resolved).
    [[nodiscard]] std::string_view text(std::string_view name) const noexcept;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return !raw(name).empty(); }
    void set(std::string_view name, std::string_view raw);
    void setText(std::string_view name, std::string_view plain);
    void remove(std::string_view name);
    void clear() noexcept { m_fields.clear(); }
    [[nodiscard]] bool isEmpty() const noexcept { return m_fields.empty(); }

    /// Applies an RFC 7396 merge patch.
    void merge(const Fields& patch);
    void appendTo(std::string& out) const;
    [[nodiscard]] std::string toJson() const;

private:
    std::vector<Field> m_fields;
};

} // namespace wg::gateway
