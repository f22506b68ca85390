// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace wg::ctl {
namespace {

Error bad(std::string what, std::string next = {})
{
    return {ErrorCode::BadArgument, std::move(what), std::move(next)};
}

const OptionRule* findRule(const std::vector<OptionRule>& rules, std::string_view name)
{
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const OptionRule& rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

bool isTokenCharacter(unsigned char c)
{
    static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kMarks.find(static_cast<char>(c)) != kMarks.npos;
}

} // namespace

bool Options::has(std::string_view name) const
{
    return m_values.find(name) != m_values.end();
}

std::string Options::text(std::string_view name) const
{
    const auto [first, last] = m_values.equal_range(name);
    return first == last ? std::string() : std::prev(last)->second;
}

std::vector<std::string> Options::all(std::string_view name) const
{
    std::vector<std::string> out;
    const auto [first, last] = m_values.equal_range(name);
    for (auto it = first; it != last; ++it)
        out.push_back(it->second);
    return out;
}

Result<Options> Options::parse(const std::vector<std::string>& arguments, const std::vector<OptionRule>& rules)
{
    Options out;
    bool onlyWords = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (onlyWords || argument.size() < 2 || argument[0] != '-') {
            out.m_words.push_back(argument);
            continue;
        }
        if (argument == "--") {
            onlyWords = true;
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const OptionRule* rule = findRule(rules, name);
        if (rule == nullptr)
            return bad("There is no option " + name + ".");
        if (rule->value.empty() && equals != std::string::npos)
            return bad("The option " + name + " takes no value.");
        if (!rule->isRepeatable && out.has(name))
            return bad("The option " + name + " was given twice.");
        std::string value;
        if (!rule->value.empty()) {
            if (equals != std::string::npos)
                value = argument.substr(equals + 1);
            else if (i + 1 < arguments.size())
                value = arguments[++i];
            else
                return bad("The option " + name + " wants a value: " + std::string(rule->value) + ".");
        }
        out.m_values.emplace(name, std::move(value));
    }
    return out;
}

Result<Duration> durationFromText(std::string_view option, std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    double seconds = 0;
    if (unit.empty() || unit == "s")
        seconds = number;
    else if (unit == "ms")
        seconds = number / 1000;
    else if (unit == "m" || unit == "min")
        seconds = number * 60;
    else if (unit == "h")
        seconds = number * 3600;
    constexpr double kLongest = 366.0 * 24 * 3600;
    if (error != std::errc() || !(seconds > 0) || seconds > kLongest)
        return bad(std::string(option) + " wants a time such as 500ms, 3s or 2m, not \"" + std::string(text) + "\".");
    return fromSeconds(seconds);
}

Result<std::uint64_t> countFromText(std::string_view option, std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0)
        return bad(std::string(option) + " wants a whole number from 1, not \"" + std::string(text) + "\".");
    return number;
}

Result<engine::Header> headerFromText(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const bool isName = colon != std::string_view::npos && !name.empty() && std::all_of(name.begin(), name.end(), isTokenCharacter);
    if (!isName)
        return bad("--header wants 'Name: value', not \"" + std::string(text.substr(0, 40)) + "\".");
    std::string_view value = text.substr(colon + 1);
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    const auto isControl = [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; };
    if (std::any_of(value.begin(), value.end(), isControl))
        return bad("The value of the header " + std::string(name) + " holds a control character.");
    return engine::Header{std::string(name), std::string(value)};
}

std::vector<std::string> splitList(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (end > 0)
            out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

} // namespace wg::ctl
