// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/json.h"
#include "codec/json_patch.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace wg::codec
{

namespace
{

/// A number as sign, digits without zeros at either end, and the power of ten behind the last digit.
struct Decimal {
    bool isNegative = false;
    std::string digits;
    long exponent = 0;
    bool operator==(const Decimal&) const = default;
};

constexpr long kFarExponent = 1'000'000'000; ///< exponents beyond it are taken as it

Decimal toDecimal(std::string_view text)
{
    Decimal number;
    if (text.front() == '-') {
        number.isNegative = true;
        text.remove_prefix(1);
    }
    const std::size_t mark = text.find_first_of("eE");
    if (mark != std::string_view::npos) {
        std::string_view power = text.substr(mark + 1);
        const bool isDown = power.front() == '-';
        if (power.front() == '+' || isDown)
            power.remove_prefix(1);
        const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), number.exponent);
        if (error != std::errc() || number.exponent > kFarExponent)
            number.exponent = kFarExponent;
        number.exponent = isDown ? -number.exponent : number.exponent;
        text = text.substr(0, mark);
    }
    const std::size_t point = text.find('.');
    number.digits = std::string(text.substr(0, point));
    if (point != std::string_view::npos) {
        number.digits += text.substr(point + 1);
        number.exponent -= static_cast<long>(text.size() - point - 1);
    }
    while (!number.digits.empty() && number.digits.back() == '0') {
        number.digits.pop_back();
        ++number.exponent;
    }
    number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
    return number.digits.empty() ? Decimal{} : number; // zero has no sign and no power
}

std::string textOf(std::string_view string)
{
    std::string text;
    appendJsonText(string, text);
    return text;
}

bool same(const JsonValue& a, const JsonValue& b);

bool sameArrays(std::string_view a, std::string_view b)
{
    JsonArrayReader readerA(a);
    JsonArrayReader readerB(b);
    JsonValue valueA;
    JsonValue valueB;
    while (readerA.next(valueA))
        if (!readerB.next(valueB) || !same(valueA, valueB))
            return false;
    return !readerB.next(valueB) && readerA.isWhole() && readerB.isWhole();
}

/// By unescaped key, the last of duplicates.
std::vector<std::pair<std::string, JsonValue>> sortedMembers(std::string_view object)
{
    std::vector<std::pair<std::string, JsonValue>> members;
    JsonObjectReader reader(object);
    JsonMember member;
    while (reader.next(member))
        members.emplace_back(textOf(member.key), member.value);
    std::stable_sort(members.begin(), members.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    std::vector<std::pair<std::string, JsonValue>> unique;
    for (auto& each : members) {
        if (!unique.empty() && unique.back().first == each.first)
            unique.back().second = each.second;
        else
            unique.push_back(std::move(each));
    }
    return unique;
}

bool sameObjects(std::string_view a, std::string_view b)
{
    const auto membersA = sortedMembers(a);
    const auto membersB = sortedMembers(b);
    return std::equal(membersA.begin(), membersA.end(), membersB.begin(), membersB.end(),
                      [](const auto& left, const auto& right) {
                          return left.first == right.first && same(left.second, right.second);
                      });
}

bool same(const JsonValue& a, const JsonValue& b)
{
    if (a.kind != b.kind)
        return false;
    if (a.bytes == b.bytes)
        return true;
    switch (a.kind) {
    case JsonKind::Object: return sameObjects(a.bytes, b.bytes);
    case JsonKind::Array: return sameArrays(a.bytes, b.bytes);
    case JsonKind::String: return textOf(a.bytes) == textOf(b.bytes);
    case JsonKind::Number: return toDecimal(a.bytes) == toDecimal(b.bytes);
    case JsonKind::True:
    case JsonKind::False:
    case JsonKind::Null: break;
    }
    return true;
}

} // namespace

bool sameJsonValue(std::string_view a, std::string_view b)
{
    const auto valueA = readJson(a);
    const auto valueB = readJson(b);
    return valueA && valueB && same(*valueA, *valueB);
}

} // namespace wg::codec
