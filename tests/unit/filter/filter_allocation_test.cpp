// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/filter.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> g_allocations{0};
}

#ifndef WG_SANITIZED // the sanitizers bring their own
void* operator new(std::size_t size)
{
    ++g_allocations;
    if (void* place = std::malloc(size))
        return place;
    throw std::bad_alloc();
}
void operator delete(void* place) noexcept
{
    std::free(place);
}
void operator delete(void* place, std::size_t) noexcept
{
    std::free(place);
}
#endif

namespace {

using namespace wg::filter;

TEST(FilterAllocation, EvaluationAllocatesNothingOnceWarm)
{
#ifdef WG_SANITIZED
    GTEST_SKIP() << "allocations are counted in builds without sanitizers";
#endif
    const auto compiled = Filter::compile(R"(type == "order_updated" && changes.status in {"shipped","held"} && changes.items[0].sku ~ "^S"
        || key contains "42" && !exists(meta.trace))",
                                          Scope::Display);
    ASSERT_TRUE(compiled.isOk());
    const Filter filter = compiled.value();
    const std::string payload = R"({"changes":{"status":"held","items":[{"sku":"SKU-1"}]},"more":")" + std::string(400, 'x') + "\"}";
    Record record;
    record.type = "order_updated";
    record.key = "ord-42";
    record.payload = payload;
    EXPECT_TRUE(filter.matches(record));
    const std::size_t before = g_allocations;
    int matched = 0;
    for (int i = 0; i < 1000; ++i)
        matched += filter.matches(record) ? 1 : 0;
    EXPECT_GT(before, 0u); // they are counted
    EXPECT_EQ(g_allocations, before);
    EXPECT_EQ(matched, 1000);
}

} // namespace
