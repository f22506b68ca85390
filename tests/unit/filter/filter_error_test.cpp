// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include <gtest/gtest.h>

namespace {

using wg::filter::Filter;
using wg::filter::Scope;

struct Case {
    std::string text;
    std::size_t column;
    std::string expected; ///< how the expectation begins
};

class FilterErrors : public testing::TestWithParam<Case> {};

TEST_P(FilterErrors, NameTheColumnAndWhatWasExpectedThere)
{
    const auto compiled = Filter::compile(GetParam().text, Scope::Display);
    ASSERT_FALSE(compiled.isOk());
    EXPECT_EQ(compiled.error.column, GetParam().column) << compiled.error.sentence;
    EXPECT_EQ(compiled.error.expected.substr(0, GetParam().expected.size()), GetParam().expected);
    EXPECT_NE(compiled.error.sentence.find("Column " + std::to_string(GetParam().column)), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FilterErrors,
    testing::Values(Case{"", 1, "a field"}, Case{"   ", 4, "a field"}, Case{"price", 6, "an operator"},
                    Case{"price >", 8, "a number or text"}, Case{"price > true", 9, "a number or text"},
                    Case{"price = 1", 7, "=="}, Case{"a == 1 & b == 2", 8, "&&"}, Case{"a == 1 | b == 2", 8, "||"},
                    Case{"a == 1 b == 2", 8, "&&, ||"}, Case{"(a == 1", 8, "&&, || or )"}, Case{"a == 1)", 7, "&&, ||"},
                    Case{"a == 'x'", 6, "text in double quotes"}, Case{"a == \"x", 8, "the closing quote"},
                    Case{"a == \"\\x\"", 7, "one of"}, Case{"a == \"\\ud800\"", 7, "one of"}, Case{"a in 1", 6, "a set"},
                    Case{"a in {}", 7, "a value"}, Case{"a in {1", 8, ", or }"}, Case{"a in {1,}", 9, "a value"},
                    Case{"a ~ 1", 5, "a regular expression"}, Case{"a ~ \"(\"", 7, "a regular expression that compiles"},
                    Case{"a.", 3, "a field name"}, Case{"a[x] == 1", 3, "the number of an element"},
                    Case{"a[-1] == 1", 3, "the number of an element"}, Case{"a[01] == 1", 3, "the number of an element"},
                    Case{"a[0 == 1", 5, "]"}, Case{"a == 1.", 8, "a digit"}, Case{"a == 1e", 8, "a digit of the exponent"},
                    Case{"a == -", 7, "a digit"}, Case{"a == 12ms", 8, "the end of the number"},
                    Case{"a == 1e999", 6, "a number"}, Case{"exists(", 8, "a field"}, Case{"exists(a", 9, ")"},
                    Case{"exists a", 8, "an operator"}, Case{"true == a", 1, "a field"}, Case{"1 == a", 1, "a field"},
                    Case{"a == b", 6, "a value"}, Case{"a # 1", 3, "a field, a value or an operator"},
                    Case{"a == 1 and", 11, "a field"}, Case{"not", 4, "a field"}, Case{"a startswith 1", 14, "text"}));

TEST(FilterLimits, NestingIsBounded)
{
    const auto nested = [](std::size_t depth) {
        return Filter::compile(std::string(depth, '(') + "a == 1" + std::string(depth, ')'), Scope::Display);
    };
    EXPECT_TRUE(nested(wg::filter::kDepth - 1).isOk());
    EXPECT_FALSE(nested(wg::filter::kDepth).isOk());
    EXPECT_FALSE(Filter::compile(std::string(10'000, '!') + "a == 1", Scope::Display).isOk());
}

TEST(FilterLimits, LengthAndComparisonsAreBounded)
{
    std::string many = "a==1";
    while (many.size() + 6 < wg::filter::kTextBytes)
        many += "||a==1";
    EXPECT_FALSE(Filter::compile(many, Scope::Display).isOk());
    EXPECT_FALSE(Filter::compile("a == 1" + std::string(wg::filter::kTextBytes, ' '), Scope::Display).isOk());
}

} // namespace
