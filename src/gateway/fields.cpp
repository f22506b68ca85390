// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/fields.h"

#include "base/limits.h"
#include "gateway/json_text.h"

#include <algorithm>
#include <charconv>
#include <simdjson.h>

namespace wg::gateway {

Result<Fields> Fields::parse(std::string_view json)
{
    simdjson::dom::parser parser(limits::kEventBytes);
    simdjson::dom::object object;
    if (parser.allocate(json.size() + 1, limits::kJsonDepth) != simdjson::SUCCESS
        || parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS)
        return Error{ErrorCode::BadArgument, "The text is not a JSON object.", {}};
    Fields fields;
    for (const auto& [key, value] : object) {
        std::string name;
        appendEscaped(name, key);
        fields.set(name, simdjson::minify(value));
    }
    return fields;
}

std::string_view Fields::raw(std::string_view name) const noexcept
{
    for (const Field& field : m_fields)
        if (field.name == name)
            return field.raw;
    return {};
}

double Fields::number(std::string_view name, double otherwise) const noexcept
{
    const std::string_view digits = raw(name);
    double out = 0;
    const auto r = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return r.ec == std::errc() && !digits.empty() ? out : otherwise;
}

std::string_view Fields::text(std::string_view name) const noexcept
{
    const std::string_view quoted = raw(name);
    return quoted.size() >= 2 && quoted.front() == '"' ? quoted.substr(1, quoted.size() - 2) : std::string_view();
}

void Fields::set(std::string_view name, std::string_view raw)
{
    for (Field& field : m_fields)
        if (field.name == name)
            return void(field.raw = raw);
    m_fields.push_back({std::string(name), std::string(raw)});
}

void Fields::setText(std::string_view name, std::string_view plain)
{
    std::string raw;
    appendText(raw, plain);
    set(name, raw);
}

void Fields::remove(std::string_view name)
{
    m_fields.erase(std::remove_if(m_fields.begin(), m_fields.end(), [&](const Field& f) { return f.name == name; }),
                   m_fields.end());
}

void Fields::merge(const Fields& patch)
{
    for (const Field& change : patch.m_fields) {
        if (change.raw == "null") {
            remove(change.name);
            continue;
        }
        if (change.raw.front() != '{') {
            set(change.name, change.raw);
            continue;
        }
        const std::string_view old = raw(change.name);
        Fields inner;
        if (!old.empty() && old.front() == '{')
            if (auto parsed = parse(old))
                inner = std::move(parsed).value();
        if (auto parsed = parse(change.raw))
            inner.merge(parsed.value());
        set(change.name, inner.toJson());
    }
}

void Fields::appendTo(std::string& out) const
{
    out += '{';
    for (const Field& field : m_fields) {
        if (&field != m_fields.data())
            out += ',';
        ((out += '"') += field.name) += "\":";
        out += field.raw;
    }
    out += '}';
}

std::string Fields::toJson() const
{
    std::string out;
    appendTo(out);
    return out;
}

} // namespace wg::gateway
