// SPDX-License-Identifier: GPL-3.0-or-later
// The store against a plain list of what was done to each key. The fold of these tests joins texts with '+'.
#include "sync/store.h"

#include "base/prng.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace wg::sync
{
namespace
{

bool join(std::string_view base, const std::vector<PatchView>& patches, std::string& out)
{
    std::string joined(base);
    for (const PatchView& patch : patches) {
        if (patch.bytes == "bad")
            return false;
        joined.append("+").append(patch.bytes);
    }
    out = std::move(joined);
    return true;
}

TEST(Store, AgreesWithAPlainMapUnderPutsPatchesAndErasures)
{
    Store store(join);
    std::map<std::string, std::string> plain;
    Prng random(11);
    for (int i = 0; i < 60'000; ++i) {
        // Keys below, at and above what an item holds in itself.
        const std::string key(random.below(2) == 0 ? 1 + random.below(3) : 38 + random.below(5),
                              static_cast<char>('a' + random.below(26)));
        const std::string text = std::to_string(random.below(1000)) + std::string(random.below(40), 'x');
        const Version version(static_cast<std::uint64_t>(i));
        store.expect(key);
        store.fetchExpected();
        switch (random.below(8)) {
        case 0: EXPECT_EQ(store.erase(key), plain.erase(key) == 1); break;
        case 1:
        case 2:
            EXPECT_EQ(store.put(key, version, text, {i}), plain.count(key) == 0);
            plain[key] = text;
            break;
        default:
            EXPECT_EQ(store.patch(key, version, Op::Patch, text, {i}), plain.count(key) == 1);
            if (plain.count(key) == 1)
                plain[key] += "+" + text;
        }
        ASSERT_EQ(store.size(), plain.size());
    }
    std::string object;
    for (const auto& [key, text] : plain) {
        ASSERT_TRUE(store.object(key, object));
        ASSERT_EQ(object, text);
    }
    std::size_t visited = 0;
    store.forEach([&](const ItemView& item) {
        EXPECT_EQ(plain.count(std::string(item.key)), 1u);
        ++visited;
    });
    EXPECT_EQ(visited, plain.size());
}

TEST(Store, TheNewestVersionAndTimeOfAKeyAreKept)
{
    Store store(join);
    store.put("k", Version(1), "a", {1}, true);
    ItemView item;
    ASSERT_TRUE(store.find("k", item));
    EXPECT_TRUE(item.fromSnapshot);
    EXPECT_EQ(item.changes, 0u);
    store.patch("k", Version::fromText("340282366920938463463374607431768211456"), Op::Patch, "b", {2});
    ASSERT_TRUE(store.find("k", item));
    EXPECT_FALSE(item.fromSnapshot);
    EXPECT_EQ(item.version.toString(), "340282366920938463463374607431768211456");
    EXPECT_EQ(item.changedAt, Instant{2});
    EXPECT_EQ(item.changes, 1u);
}

TEST(Store, APatchThatCannotBeAppliedIsFoundAtTheLatestWhenPatchesAreFolded)
{
    Store store(join);
    store.put("k", Version(1), "a", {1});
    bool isRefused = !store.patch("k", Version(2), Op::Patch, "bad", {2});
    for (std::uint64_t i = 3; !isRefused && i < 100; ++i)
        isRefused = !store.patch("k", Version(i), Op::Patch, "good", {3});
    EXPECT_TRUE(isRefused);
    EXPECT_TRUE(store.hasFailedFold());
}

TEST(Store, KeysThatAnotherLacksAreNamed)
{
    Store a(join);
    Store b(join);
    for (const char* key : {"one", "two", "a-key-that-is-longer-than-an-item-holds-in-itself"})
        a.put(key, Version(1), "x", {1});
    b.put("two", Version(1), "y", {1});
    EXPECT_EQ(a.keysMissingIn(b).size(), 2u);
    EXPECT_TRUE(b.keysMissingIn(a).empty());
}

} // namespace
} // namespace wg::sync
