// SPDX-License-Identifier: GPL-3.0-or-later
// Laws: a random filter on a random payload gives what a slow reading of its tree gives; text is never trusted.
#include "filter/filter.h"

#include "base/prng.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <simdjson.h>

namespace {

using wg::Prng;
using wg::filter::Filter;
using wg::filter::Record;
using wg::filter::Scope;

struct Value {
    enum class Kind { Null, Bool, Number, Text, Array, Object } kind = Kind::Null;
    bool flag = false;
    int number = 0; ///< in quarters, so that reals take part
    std::string text;
    std::vector<Value> elements;
    std::vector<std::pair<std::string, Value>> members;

    bool sameScalar(const Value& o) const
    {
        if (kind != o.kind)
            return false;
        switch (kind) {
        case Kind::Null: return true;
        case Kind::Bool: return flag == o.flag;
        case Kind::Number: return number == o.number;
        case Kind::Text: return text == o.text;
        default: return false;
        }
    }
};

std::string numberText(int quarters)
{
    std::string out = quarters < 0 ? "-" : "";
    const int size = quarters < 0 ? -quarters : quarters;
    out += std::to_string(size / 4);
    static const char* kRest[] = {"", ".25", ".5", ".75"};
    return out + kRest[size % 4];
}

std::string toJson(const Value& v)
{
    switch (v.kind) {
    case Value::Kind::Null: return "null";
    case Value::Kind::Bool: return v.flag ? "true" : "false";
    case Value::Kind::Number: return numberText(v.number);
    case Value::Kind::Text: return "\"" + v.text + "\"";
    case Value::Kind::Array: {
        std::string out = "[";
        for (const Value& e : v.elements)
            out += (out.size() > 1 ? "," : "") + toJson(e);
        return out + "]";
    }
    case Value::Kind::Object: break;
    }
    std::string out = "{";
    for (const auto& [name, value] : v.members)
        out += (out.size() > 1 ? ",\"" : "\"") + name + "\":" + toJson(value);
    return out + "}";
}

const std::vector<std::string> kNames = {"a", "b", "status", "n0", "x-y"};
const std::vector<std::string> kTexts = {"", "a", "ab", "abc", "held", "b", "é"};

template <typename T>
const T& pick(Prng& prng, const std::vector<T>& from)
{
    return from[prng.below(from.size())];
}

Value scalar(Prng& prng)
{
    Value v;
    switch (prng.below(4)) {
    case 0: break;
    case 1: v.kind = Value::Kind::Bool; v.flag = prng.chance(0.5); break;
    case 2: v.kind = Value::Kind::Number; v.number = static_cast<int>(prng.below(17)) - 8; break;
    default: v.kind = Value::Kind::Text; v.text = pick(prng, kTexts);
    }
    return v;
}

Value document(Prng& prng, int depth)
{
    if (depth == 0 || prng.chance(0.3))
        return scalar(prng);
    Value v;
    v.kind = prng.chance(0.6) ? Value::Kind::Object : Value::Kind::Array;
    for (const std::string& name : kNames)
        if (v.kind == Value::Kind::Object && prng.chance(0.6))
            v.members.emplace_back(name, document(prng, depth - 1));
    for (std::uint64_t i = prng.below(4); v.kind == Value::Kind::Array && i > 0; --i)
        v.elements.push_back(document(prng, depth - 1));
    return v;
}

/// A filter as text and as a function that says what it means.
struct Sentence {
    std::string text;
    std::function<bool(const Value& payload, const std::string& key)> means;
};

std::string space(Prng& prng)
{
    return prng.chance(0.5) ? " " : prng.chance(0.5) ? "" : "\t ";
}

struct Place {
    std::string text;
    std::function<std::optional<Value>(const Value&, const std::string&)> find;
};

Place place(Prng& prng)
{
    if (prng.chance(0.15))
        return {"key", [](const Value&, const std::string& key) {
                    Value v;
                    v.kind = Value::Kind::Text;
                    v.text = key;
                    return key.empty() ? std::nullopt : std::optional<Value>(v);
                }};
    struct Step { std::string name; std::size_t index; };
    std::vector<Step> steps;
    const bool isPointer = prng.chance(0.4);
    std::string text;
    for (std::uint64_t i = 1 + prng.below(3); i > 0; --i) {
        if (!steps.empty() && prng.chance(0.4)) {
            steps.push_back({"", prng.below(3)});
            text += isPointer ? "/" + std::to_string(steps.back().index) : "[" + std::to_string(steps.back().index) + "]";
        } else {
            steps.push_back({pick(prng, kNames), 0});
            text += isPointer ? "/" + steps.back().name : (steps.size() > 1 ? "." : "") + steps.back().name;
        }
    }
    return {text, [steps](const Value& root, const std::string&) -> std::optional<Value> {
                Value at = root;
                for (const Step& step : steps) {
                    std::optional<Value> next;
                    if (!step.name.empty() && at.kind == Value::Kind::Object)
                        for (const auto& [name, value] : at.members)
                            if (name == step.name)
                                next = value;
                    if (step.name.empty() && at.kind == Value::Kind::Array && step.index < at.elements.size())
                        next = at.elements[step.index];
                    if (!next)
                        return std::nullopt;
                    at = std::move(*next);
                }
                return at;
            }};
}

Sentence test(Prng& prng)
{
    const Place where = place(prng);
    if (prng.chance(0.15))
        return {"exists(" + space(prng) + where.text + ")", [where](const Value& p, const std::string& k) { return where.find(p, k).has_value(); }};
    static const std::vector<std::string> kOperators = {"==", "!=", "<", "<=", ">", ">=", "in", "contains", "startswith", "endswith", "~"};
    const std::string op = pick(prng, kOperators);
    Value right = scalar(prng);
    const bool needsOrder = op == "<" || op == "<=" || op == ">" || op == ">=";
    if (op == "startswith" || op == "endswith" || op == "~" || (needsOrder && prng.chance(0.3))) {
        right.kind = Value::Kind::Text;
        right.text = pick(prng, kTexts);
    } else if (needsOrder) {
        right.kind = Value::Kind::Number;
        right.number = static_cast<int>(prng.below(17)) - 8;
    }
    std::vector<Value> set = {right};
    std::string rightText = toJson(right);
    const bool isAnchored = op == "~" && prng.chance(0.5);
    if (isAnchored)
        rightText = "\"^" + right.text + "$\"";
    if (op == "in") {
        for (std::uint64_t i = prng.below(3); i > 0; --i)
            set.push_back(scalar(prng));
        rightText = "{";
        for (const Value& v : set)
            rightText += (rightText.size() > 1 ? "," + space(prng) : "") + toJson(v);
        rightText += "}";
    }
    const auto means = [=](const Value& payload, const std::string& key) {
        const auto left = where.find(payload, key);
        if (!left)
            return false;
        const bool isText = left->kind == Value::Kind::Text;
        if (op == "==")
            return left->sameScalar(right);
        if (op == "!=")
            return !left->sameScalar(right);
        if (op == "in")
            return std::any_of(set.begin(), set.end(), [&](const Value& v) { return left->sameScalar(v); });
        if (op == "contains" && left->kind == Value::Kind::Array)
            return std::any_of(left->elements.begin(), left->elements.end(), [&](const Value& v) { return v.sameScalar(right); });
        if (op == "contains")
            return isText && right.kind == Value::Kind::Text && left->text.find(right.text) != std::string::npos;
        if (op == "startswith")
            return isText && left->text.rfind(right.text, 0) == 0;
        if (op == "endswith")
            return isText && left->text.size() >= right.text.size()
                   && left->text.compare(left->text.size() - right.text.size(), std::string::npos, right.text) == 0;
        if (op == "~")
            return isText && (isAnchored ? left->text == right.text : left->text.find(right.text) != std::string::npos);
        if (left->kind != right.kind)
            return false;
        const int order = isText ? left->text.compare(right.text) : left->number - right.number;
        return op == "<" ? order < 0 : op == "<=" ? order <= 0 : op == ">" ? order > 0 : order >= 0;
    };
    return {where.text + " " + op + " " + rightText, means};
}

Sentence sentence(Prng& prng, int depth)
{
    if (depth == 0 || prng.chance(0.3))
        return test(prng);
    if (prng.chance(0.25)) {
        const Sentence inner = sentence(prng, depth - 1);
        return {(prng.chance(0.5) ? "!" : "not ") + ("(" + inner.text + ")"),
                [inner](const Value& p, const std::string& k) { return !inner.means(p, k); }};
    }
    const bool isAnd = prng.chance(0.5);
    std::vector<Sentence> parts;
    std::string text;
    for (std::uint64_t i = 2 + prng.below(2); i > 0; --i) {
        parts.push_back(sentence(prng, depth - 1));
        if (!text.empty())
            text += isAnd ? (prng.chance(0.5) ? " && " : " and ") : (prng.chance(0.5) ? " || " : " or ");
        text += "(" + space(prng) + parts.back().text + space(prng) + ")";
    }
    return {text, [parts, isAnd](const Value& p, const std::string& k) {
                const auto holds = [&](const Sentence& s) { return s.means(p, k); };
                return isAnd ? std::all_of(parts.begin(), parts.end(), holds) : std::any_of(parts.begin(), parts.end(), holds);
            }};
}

TEST(FilterLaws, CompiledFilterMeansWhatItsTreeMeans)
{
    int matched = 0;
    int missed = 0;
    EXPECT_TRUE(rc::check("compiled and slow evaluation agree", [&] {
        Prng prng(*rc::gen::arbitrary<std::uint64_t>());
        const Sentence what = sentence(prng, 3);
        const auto compiled = Filter::compile(what.text, Scope::Server);
        if (!compiled)
            RC_FAIL(what.text + ": " + compiled.error.sentence);
        for (int i = 0; i < 30; ++i) {
            const Value payload = document(prng, 3);
            const std::string json = toJson(payload);
            const std::string key = pick(prng, kTexts);
            Record record;
            record.key = key;
            const simdjson::padded_string padded(json);
            record.isPadded = prng.chance(0.5);
            record.payload = record.isPadded ? std::string_view(padded) : std::string_view(json);
            const bool holds = compiled.value().matches(record);
            if (holds != what.means(payload, key))
                RC_FAIL(what.text + "\non " + json + " key " + key + "\n" + compiled.value().explain());
            ++(holds ? matched : missed);
        }
    }));
    EXPECT_GT(matched, 200); // the law is about both answers
    EXPECT_GT(missed, 200);
}

TEST(FilterLaws, AnyTextIsRefusedWithAPlaceOrCompiles)
{
    static const std::vector<std::string> kPieces = {"a", ".", "[", "0", "]", "==", "!", "&&", "||", "(", ")", "{", "}", "\"", "\\", "/", "~",
                                                     "in", "exists", "1.5", "-", ",", " ", "\xff", "null", "contains", "\"x\"", "<", "type"};
    EXPECT_TRUE(rc::check("any text", [] {
        Prng prng(*rc::gen::arbitrary<std::uint64_t>());
        std::string text;
        for (std::uint64_t i = prng.below(14); i > 0; --i)
            text += pick(prng, kPieces);
        const auto compiled = Filter::compile(text, Scope::Display);
        if (compiled) {
            Record record;
            record.payload = "{\"a\":[0,{\"a\":\"x\"}]}";
            (void)compiled.value().matches(record);
            return;
        }
        RC_ASSERT(compiled.error.column >= 1u);
        RC_ASSERT(compiled.error.column <= text.size() + 1);
        RC_ASSERT(!compiled.error.expected.empty());
    }));
}

} // namespace
