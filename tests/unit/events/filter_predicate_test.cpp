// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/filter_predicate.h"

#include "rows.h"

#include <gtest/gtest.h>

namespace wg::events {
namespace {

std::size_t matching(const EventLog& log, std::string_view text)
{
    const auto compiled = filter::Filter::compile(text, filter::Scope::Display);
    EXPECT_TRUE(compiled.isOk()) << compiled.error.sentence;
    const WatchNames names{{0, {"orders-eu", "/v1/orders"}}, {1, {"orders-us", "/v1/orders"}}};
    FilteredView view(log, {}, filterPredicate(compiled.value(), names));
    while (!view.advance(10'000).isComplete) {
    }
    return view.count();
}

TEST(FilterPredicate, AnswersFromColumnsNamesAndPayload)
{
    EventLog log;
    for (std::uint64_t n = 0; n < 1200; ++n)
        rows::append(log, n);
    EXPECT_EQ(matching(log, R"(type == "order_created")"), 400u);
    EXPECT_EQ(matching(log, R"(conn == "orders-us")"), 300u);
    EXPECT_EQ(matching(log, R"(route == "/v1/orders")"), 600u); // two watches have no name
    EXPECT_EQ(matching(log, "version > 1000"), 200u);
    EXPECT_EQ(matching(log, R"(key == "order-77")"), 1u);
    EXPECT_EQ(matching(log, "latency > 2 && latency < 3"), 1200u);
    EXPECT_EQ(matching(log, R"(changes.status == "shipped" && changes.note == "xx")"), 24u);
}

} // namespace
} // namespace wg::events
