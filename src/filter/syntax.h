// SPDX-License-Identifier: GPL-3.0-or-later
// The checked tree of a filter: what the parser makes and the program is compiled from.
#pragma once

#include "filter/pattern.h"
#include "filter/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wg::filter {

enum class Envelope : std::uint8_t { Type, Key, Version, Size, Latency, Conn, Route };
[[nodiscard]] std::string_view toText(Envelope) noexcept;

struct PathStep {
    std::string name;        ///< member name, or the pointer token as written
    std::uint32_t index = 0; ///< element, where hasIndex
    bool hasIndex = false;
    bool hasName = true;     ///< [0] has an index only; a pointer token of digits has both
};

struct Operand {
    bool isEnvelope = false;
    Envelope envelope = Envelope::Key;
    std::vector<PathStep> path; ///< empty with isEnvelope false: the whole payload
};

enum class Compare : std::uint8_t {
    Exists, Equal, Unequal, Less, LessEqual, Greater, GreaterEqual, In, Contains, StartsWith, EndsWith, Match
};
[[nodiscard]] std::string_view toText(Compare) noexcept;

struct Test {
    Operand left;
    Compare compare = Compare::Exists;
    std::vector<Literal> right; ///< one value; any number for In; none for Exists and Match
    std::shared_ptr<const Pattern> pattern;
};

struct Node {
    enum class Kind : std::uint8_t { Test, Not, And, Or };
    Kind kind = Kind::Test;
    std::size_t test = 0; ///< Kind::Test: index into Syntax::tests
    std::vector<std::unique_ptr<Node>> children;
};

struct Syntax {
    std::vector<Test> tests;
    std::unique_ptr<Node> root;
};

} // namespace wg::filter
