// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include <gtest/gtest.h>

namespace {

using wg::filter::Filter;
using wg::filter::Record;
using wg::filter::Scope;

constexpr std::string_view kEvent = R"({"event":"order_updated","id":"ord-42","changes":{"status":"shipped","total":12.5,
 "items":[{"sku":"X","n":2},{"sku":"Y"}],"tags":["eu","vip",7,true,null],"in":1,"a/b":{"c~d":3},"caf\u00e9":"oui"},
 "big":9007199254740993,"none":null,"flag":true,"text":"a\nb","neg":-5,"huge":18446744073709551615})";

Record event()
{
    Record r;
    r.type = "order_updated";
    r.key = "ord-42";
    r.conn = "orders-eu";
    r.route = "/v1/orders";
    r.version = 9007199254740993ull;
    r.size = kEvent.size();
    r.latencyMs = 12.25;
    r.payload = kEvent;
    return r;
}

bool holds(std::string_view text)
{
    const auto compiled = Filter::compile(text, Scope::Display);
    EXPECT_TRUE(compiled.isOk()) << text << ": " << compiled.error.sentence;
    return compiled.isOk() && compiled.value().matches(event());
}

TEST(FilterLanguage, ExamplesOfTheContract)
{
    EXPECT_TRUE(holds(R"(type == "order_updated" && changes.status in {"shipped","held"})"));
    EXPECT_FALSE(holds(R"(price > 100 || symbol ~ "^A")"));
    EXPECT_TRUE(holds("!exists(meta.trace)"));
    EXPECT_TRUE(holds(R"(key contains "42")"));
    EXPECT_TRUE(holds(R"(changes.items[0].sku == "X")"));
}

TEST(FilterLanguage, EveryOperatorIsTyped)
{
    EXPECT_TRUE(holds("changes.total == 12.5 and changes.total >= 12.5 and changes.total <= 12.5"));
    EXPECT_TRUE(holds("changes.total > 12 && changes.total < 13 && changes.total != 12"));
    EXPECT_FALSE(holds(R"(changes.total == "12.5")"));
    EXPECT_TRUE(holds(R"(changes.total != "12.5")"));
    EXPECT_FALSE(holds("changes.status > 1"));
    EXPECT_TRUE(holds(R"(changes.status > "shiP")"));
    EXPECT_TRUE(holds(R"(changes.status startswith "ship" && changes.status endswith "ped")"));
    EXPECT_FALSE(holds(R"(changes.status startswith "shipped and more")"));
    EXPECT_TRUE(holds(R"(changes.status ~ "^s.*d$")"));
    EXPECT_FALSE(holds(R"(changes.status ~ "^h")"));
    EXPECT_TRUE(holds("flag == true and flag != false and none == null and neg == -5 and neg < 0"));
    EXPECT_FALSE(holds("flag > 0 || none == false || flag == 1"));
    EXPECT_TRUE(holds(R"(text == "a\nb" and text == "\u0061\n\u0062")"));
}

TEST(FilterLanguage, ContainsLooksIntoTextAndArrays)
{
    EXPECT_TRUE(holds(R"(changes.tags contains "vip" and changes.tags contains 7 and changes.tags contains true)"));
    EXPECT_TRUE(holds("changes.tags contains null"));
    EXPECT_FALSE(holds(R"(changes.tags contains "vi" or changes.tags contains 8 or changes.total contains "1")"));
}

TEST(FilterLanguage, MissingFieldMakesEveryComparisonFalse)
{
    for (const char* compare : {"== 1", "!= 1", "< 1", "<= 1", "> 1", ">= 1", "in {1}", "contains \"x\"", "startswith \"x\"",
                                "endswith \"x\"", "~ \"x\"", "== null", "!= null"}) {
        EXPECT_FALSE(holds("missing " + std::string(compare))) << compare;
        EXPECT_FALSE(holds("changes.items[9].sku " + std::string(compare))) << compare;
        EXPECT_FALSE(holds("changes.status.deeper " + std::string(compare))) << compare;
    }
    EXPECT_FALSE(holds("exists(changes.items[2]) or exists(nothing)"));
    EXPECT_TRUE(holds("exists(none) and exists(changes.items[1]) and exists(changes)"));
}

TEST(FilterLanguage, IntegersCompareExactlyBeyondTwoToThe53)
{
    EXPECT_TRUE(holds("version == 9007199254740993 and big == 9007199254740993"));
    EXPECT_FALSE(holds("version == 9007199254740992 or big == 9007199254740992"));
    EXPECT_TRUE(holds("big > 9007199254740992.0 and huge == 18446744073709551615 and huge > 9223372036854775807"));
    EXPECT_TRUE(holds("huge < 1e30 and huge > -1e30 and neg > -5.5 and neg < -4.5"));
}

TEST(FilterLanguage, PointersAndPathsReachTheSameField)
{
    EXPECT_TRUE(holds("/changes/items/0/n == 2 and changes.items[0].n == 2"));
    EXPECT_TRUE(holds("/changes/a~1b/c~0d == 3"));
    EXPECT_TRUE(holds("changes.in == 1 and /changes/in==1"));
    EXPECT_TRUE(holds("/changes/caf\u00e9 == \"oui\" and changes.caf\u00e9 == \"oui\""));
    EXPECT_TRUE(holds("/event ~ \"^order\" and /event~\"updated$\""));
    EXPECT_FALSE(holds("/changes/items/00/n == 2"));
}

TEST(FilterLanguage, EnvelopeFieldsComeFromColumns)
{
    EXPECT_TRUE(holds(R"(conn == "orders-eu" and route endswith "orders" and latency > 12 and size > 100)"));
    Record bare;
    for (const char* name : {"type", "key", "version", "size", "latency", "conn", "route"}) {
        const auto compiled = Filter::compile("exists(" + std::string(name) + ")", Scope::Display);
        ASSERT_TRUE(compiled.isOk());
        EXPECT_FALSE(compiled.value().matches(bare)) << name;
        EXPECT_TRUE(compiled.value().matches(event())) << name;
        EXPECT_FALSE(compiled.value().readsPayload());
    }
}

TEST(FilterLanguage, AndBindsTighterThanOrAndNotTightest)
{
    EXPECT_TRUE(holds("flag == true || flag == false && flag == false"));
    EXPECT_FALSE(holds("(flag == true || flag == false) && flag == false"));
    EXPECT_FALSE(holds("!flag == true && flag == true"));
    EXPECT_TRUE(holds("not flag == false and not (flag == false or exists(missing))"));
    EXPECT_TRUE(holds("!!exists(flag)"));
}

TEST(FilterLanguage, PatternsTakeSingleAndDoubleBackslash)
{
    EXPECT_TRUE(holds(R"(key ~ "^ord-\d+$")"));
    EXPECT_TRUE(holds(R"(key ~ "^ord-\\d+$")"));
    EXPECT_TRUE(holds(R"(key ~ "\bord\b")"));
    EXPECT_TRUE(holds(R"(key ~ "\u006frd")"));
}

TEST(FilterLanguage, PatternThatExplodesIsAMissAndReturns)
{
    const auto compiled = Filter::compile(R"(key ~ "^(a+)+$")", Scope::Display);
    ASSERT_TRUE(compiled.isOk());
    Record r;
    const std::string subject = std::string(40, 'a') + "!";
    r.key = subject;
    EXPECT_FALSE(compiled.value().matches(r));
}

TEST(FilterLanguage, UnreadablePayloadHasNoFields)
{
    const auto compiled = Filter::compile("exists(a) or a != 1", Scope::Display);
    ASSERT_TRUE(compiled.isOk());
    std::string deep(2000, '[');
    for (const std::string_view payload : {std::string_view("{\"a\":"), std::string_view(""), std::string_view("\xff"),
                                           std::string_view("[1]"), std::string_view(deep)}) {
        Record r;
        r.payload = payload;
        EXPECT_FALSE(compiled.value().matches(r));
    }
}

TEST(FilterLanguage, ServerScopeSeesTheItemOnly)
{
    const auto holdsOn = [](std::string_view text, std::string_view object) {
        const auto compiled = Filter::compile(text, Scope::Server);
        EXPECT_TRUE(compiled.isOk()) << compiled.error.sentence;
        Record r;
        r.key = "ord-1";
        r.payload = object;
        return compiled.isOk() && compiled.value().matches(r);
    };
    EXPECT_TRUE(holdsOn(R"(key == "ord-1" and status == "held")", R"({"status":"held"})"));
    EXPECT_TRUE(holdsOn("size > 3 and version == 2", R"({"size":4,"version":2})"));
    EXPECT_TRUE(holdsOn("/type == \"x\"", R"({"type":"x"})"));
    for (const char* text : {"type == \"x\"", "a == 1 and type.b == 2", "changes.status == \"x\"", "exists(changes)",
                             "/changes/status == \"x\""}) {
        const auto compiled = Filter::compile(text, Scope::Server);
        EXPECT_FALSE(compiled.isOk()) << text;
    }
    EXPECT_EQ(Filter::compile("a == 1 and type == \"x\"", Scope::Server).error.column, 12u);
}

TEST(FilterLanguage, ExplainShowsColumnsBeforePayload)
{
    const auto compiled = Filter::compile(R"(changes.status == "held" && key contains "4")", Scope::Display);
    ASSERT_TRUE(compiled.isOk());
    EXPECT_EQ(compiled.value().explain(), "0  key contains \"4\"  true: 1  false: no match\n"
                                          "1  /changes/status == \"held\"  true: match  false: no match  (reads the payload)\n");
}

} // namespace
