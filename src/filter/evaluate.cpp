// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/evaluate.h"

#include "base/limits.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace wg::filter {
namespace {

constexpr std::size_t kKeptBytes = limits::kMiB; ///< a thread's buffers above this are given back after use

/// One thread's parser and padded copy. Grows to the payloads met, so steady traffic allocates nothing.
struct Scratch {
    simdjson::dom::parser parser;
    std::string copy;
    bool isReady = false;
};

Scratch& scratch()
{
    thread_local Scratch one;
    return one;
}

bool ordered(Compare compare, std::partial_ordering order)
{
    switch (compare) {
    case Compare::Less: return order < 0;
    case Compare::LessEqual: return order <= 0;
    case Compare::Greater: return order > 0;
    case Compare::GreaterEqual: return order >= 0;
    default: return false;
    }
}

/// The tests a piece of text can take, the same for columns and payload.
bool textHolds(const Test& test, std::string_view text)
{
    const auto literal = [&]() -> const std::string* { return std::get_if<std::string>(&test.right.front()); };
    const auto same = [&](const Literal& l) {
        const std::string* s = std::get_if<std::string>(&l);
        return s != nullptr && *s == text;
    };
    switch (test.compare) {
    case Compare::Exists: return true;
    case Compare::Equal: return same(test.right.front());
    case Compare::Unequal: return !same(test.right.front());
    case Compare::In: return std::any_of(test.right.begin(), test.right.end(), same);
    case Compare::Match: return test.pattern->isIn(text);
    case Compare::Contains: return literal() != nullptr && text.find(*literal()) != std::string_view::npos;
    case Compare::StartsWith: return text.substr(0, literal()->size()) == *literal();
    case Compare::EndsWith:
        return text.size() >= literal()->size() && text.substr(text.size() - literal()->size()) == *literal();
    default: return literal() != nullptr && ordered(test.compare, text.compare(*literal()) <=> 0);
    }
}

bool numberHolds(const Test& test, const Number& number)
{
    const auto same = [&](const Literal& l) {
        const Number* n = std::get_if<Number>(&l);
        return n != nullptr && *n == number;
    };
    switch (test.compare) {
    case Compare::Exists: return true;
    case Compare::Equal: return same(test.right.front());
    case Compare::Unequal: return !same(test.right.front());
    case Compare::In: return std::any_of(test.right.begin(), test.right.end(), same);
    case Compare::Less:
    case Compare::LessEqual:
    case Compare::Greater:
    case Compare::GreaterEqual: {
        const Number* n = std::get_if<Number>(&test.right.front());
        return n != nullptr && ordered(test.compare, number <=> *n);
    }
    default: return false;
    }
}

template <typename Value>
bool wordHolds(const Test& test, Value value)
{
    const auto same = [&](const Literal& l) {
        const Value* v = std::get_if<Value>(&l);
        return v != nullptr && *v == value;
    };
    switch (test.compare) {
    case Compare::Exists: return true;
    case Compare::Equal: return same(test.right.front());
    case Compare::Unequal: return !same(test.right.front());
    case Compare::In: return std::any_of(test.right.begin(), test.right.end(), same);
    default: return false;
    }
}

bool arrayHolds(const Test& test, simdjson::dom::array array)
{
    if (test.compare != Compare::Contains)
        return test.compare == Compare::Exists || test.compare == Compare::Unequal;
    const Literal& wanted = test.right.front();
    for (const simdjson::dom::element element : array) {
        std::string_view text;
        bool word = false;
        if (element.get(text) == simdjson::SUCCESS) {
            if (const std::string* s = std::get_if<std::string>(&wanted); s != nullptr && *s == text)
                return true;
        } else if (element.get(word) == simdjson::SUCCESS) {
            if (const bool* b = std::get_if<bool>(&wanted); b != nullptr && *b == word)
                return true;
        } else if (element.is_null()) {
            if (std::holds_alternative<std::nullptr_t>(wanted))
                return true;
        } else if (const Number* n = std::get_if<Number>(&wanted); n != nullptr) {
            const auto type = element.type();
            if ((type == simdjson::dom::element_type::INT64 && Number::of(std::int64_t(element)) == *n)
                || (type == simdjson::dom::element_type::UINT64 && Number::of(std::uint64_t(element)) == *n)
                || (type == simdjson::dom::element_type::DOUBLE && Number::of(double(element)) == *n))
                return true;
        }
    }
    return false;
}

bool valueHolds(const Test& test, simdjson::dom::element value)
{
    using Type = simdjson::dom::element_type;
    switch (value.type()) {
    case Type::STRING: return textHolds(test, std::string_view(value));
    case Type::INT64: return numberHolds(test, Number::of(std::int64_t(value)));
    case Type::UINT64: return numberHolds(test, Number::of(std::uint64_t(value)));
    case Type::DOUBLE: return numberHolds(test, Number::of(double(value)));
    case Type::BOOL: return wordHolds(test, bool(value));
    case Type::NULL_VALUE: return wordHolds(test, nullptr);
    case Type::ARRAY: return arrayHolds(test, simdjson::dom::array(value));
    case Type::OBJECT: return test.compare == Compare::Exists || test.compare == Compare::Unequal;
    }
    return false;
}

} // namespace

Evaluation::~Evaluation()
{
    if (m_payload == Payload::Unread || m_record.payload.size() <= kKeptBytes)
        return;
    Scratch& s = scratch();
    s.parser = simdjson::dom::parser();
    s.copy = {};
    s.isReady = false; // one huge payload must not stay with the thread for ever
}

bool Evaluation::parse()
{
    if (m_payload != Payload::Unread)
        return m_payload == Payload::Parsed;
    m_payload = Payload::Unusable;
    if (m_record.payload.empty() || m_record.payload.size() > limits::kEventBytes)
        return false;
    Scratch& s = scratch();
    const std::size_t size = m_record.payload.size();
    if (!s.isReady || s.parser.capacity() < size) {
        if (s.parser.allocate(std::max<std::size_t>(size * 2, 4 * limits::kKiB), limits::kJsonDepth) != simdjson::SUCCESS)
            return false;
        s.isReady = true;
    }
    const char* bytes = m_record.payload.data();
    if (!m_record.isPadded) {
        if (s.copy.size() < size + simdjson::SIMDJSON_PADDING)
            s.copy.resize(size * 2 + simdjson::SIMDJSON_PADDING);
        std::memcpy(s.copy.data(), bytes, size);
        bytes = s.copy.data();
    }
    if (s.parser.parse(bytes, size, false).get(m_root) != simdjson::SUCCESS)
        return false;
    m_payload = Payload::Parsed;
    return true;
}

bool Evaluation::find(const std::vector<PathStep>& path, simdjson::dom::element& out)
{
    if (!parse())
        return false;
    out = m_root;
    for (const PathStep& step : path) {
        simdjson::dom::object object;
        simdjson::dom::array array;
        if (step.hasName && out.get(object) == simdjson::SUCCESS) {
            if (object.at_key(step.name).get(out) != simdjson::SUCCESS)
                return false;
        } else if (step.hasIndex && out.get(array) == simdjson::SUCCESS) {
            if (array.at(step.index).get(out) != simdjson::SUCCESS)
                return false;
        } else {
            return false;
        }
    }
    return true;
}

bool Evaluation::holds(const Test& test)
{
    if (test.left.isEnvelope)
        return holdsEnvelope(test);
    simdjson::dom::element value;
    return find(test.left.path, value) && valueHolds(test, value);
}

bool Evaluation::holdsEnvelope(const Test& test) const
{
    const auto text = [&](std::string_view value) { return !value.empty() && textHolds(test, value); };
    switch (test.left.envelope) {
    case Envelope::Type: return text(m_record.type);
    case Envelope::Key: return text(m_record.key);
    case Envelope::Conn: return text(m_record.conn);
    case Envelope::Route: return text(m_record.route);
    case Envelope::Version: return m_record.version && numberHolds(test, Number::of(*m_record.version));
    case Envelope::Size: return m_record.size && numberHolds(test, Number::of(*m_record.size));
    case Envelope::Latency: return !std::isnan(m_record.latencyMs) && numberHolds(test, Number::of(m_record.latencyMs));
    }
    return false;
}

} // namespace wg::filter
