// SPDX-License-Identifier: GPL-3.0-or-later
// Laws, over generated inputs: versions, the store against a plain map, the ledger, the buffer, the waits.
#include "support/tiny_json.h"
#include "sync/event_buffer.h"
#include "sync/ledger.h"
#include "sync/replica.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

namespace wg::sync
{
namespace
{

/// Runs a property as a test of its own name.
template <typename Property>
void law(Property&& property)
{
    EXPECT_TRUE(rc::check(std::forward<Property>(property)));
}

std::string digits()
{
    const auto count = *rc::gen::inRange(1, 40);
    std::string text;
    for (int i = 0; i < count; ++i)
        text += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    return text;
}

std::string padded(const std::string& text)
{
    return std::string(64 - text.size(), '0') + text;
}

TEST(VersionLaw, numbersOfAnySizeCompareByValue)
{
    law([] {
        const std::string a = digits(), b = *rc::gen::arbitrary<bool>() ? digits() : a;
        const Version left = Version::fromText(a), right = Version::fromText(b);
        RC_ASSERT((left < right) == (padded(a) < padded(b)));
        RC_ASSERT((left == right) == (padded(a) == padded(b)));
        RC_ASSERT((left > right) == (right < left));
    });
}

TEST(VersionLaw, theSuccessorIsGreaterAndNothingLiesBetween)
{
    law([] {
        const Version version = Version::fromText(digits());
        const Version next = version.successor();
        RC_ASSERT(version < next);
        RC_ASSERT(next.follows(version));
        RC_ASSERT(!next.successor().follows(version));
        RC_ASSERT(!version.follows(version));
    });
}

TEST(VersionLaw, wordsHaveNoOrder)
{
    law([] {
        const auto word = *rc::gen::nonEmpty(rc::gen::string<std::string>());
        const Version opaque = Version::opaque(word), number(7);
        RC_ASSERT(!(opaque < number) && !(number < opaque) && opaque != number);
        RC_ASSERT(opaque == Version::opaque(word));
        RC_ASSERT(opaque.toString() == word);
    });
}

struct Held {
    std::string object;
    std::string version;
    std::uint32_t changes = 0;
};

struct Both {
    Store store{test::foldMergePatches};
    std::map<std::string, Held> model;
    std::uint64_t version = 0;

    void put(const std::string& key, const std::string& object)
    {
        const bool isNew = store.put(key, Version(++version), object, Instant{});
        RC_ASSERT(isNew == (model.count(key) == 0));
        Held& held = model[key];
        held = {object, std::to_string(version), held.changes + 1};
    }
    void patch(const std::string& key, const std::string& text)
    {
        const bool isApplied = store.patch(key, Version(++version), Op::Patch, text, Instant{});
        RC_ASSERT(isApplied == (model.count(key) == 1));
        if (!isApplied)
            return;
        Held& held = model[key];
        std::string merged;
        RC_ASSERT(test::foldMergePatches(held.object, {{Op::Patch, text}}, merged));
        held = {merged, std::to_string(version), held.changes + 1};
    }
    void check() const
    {
        RC_ASSERT(store.size() == model.size());
        std::size_t seen = 0;
        store.forEach([&](const ItemView& item) {
            ++seen;
            const auto found = model.find(std::string(item.key));
            RC_ASSERT(found != model.end());
            RC_ASSERT(item.version.toString() == found->second.version);
            RC_ASSERT(item.changes == found->second.changes);
            std::string object;
            RC_ASSERT(store.object(item.key, object));
            test::TinyJson mine, theirs;
            RC_ASSERT(test::TinyJson::parse(object, mine) && test::TinyJson::parse(found->second.object, theirs));
            RC_ASSERT(mine.toText() == theirs.toText());
        });
        RC_ASSERT(seen == model.size());
    }
};

std::string anObject()
{
    const auto fill = *rc::gen::inRange(0, 400);
    return "{\"n\":" + std::to_string(*rc::gen::inRange(0, 1000)) + ",\"fill\":\"" +
           std::string(static_cast<std::size_t>(fill), 'f') + "\"}";
}

std::string aPatch()
{
    const int field = *rc::gen::inRange(0, 4);
    const bool isRemoval = *rc::gen::inRange(0, 5) == 0;
    return "{\"f" + std::to_string(field) + "\":" + (isRemoval ? "null" : std::to_string(*rc::gen::inRange(0, 1000))) +
           "}";
}

void change(Both& both)
{
    const std::string key = "key-" + std::to_string(*rc::gen::inRange(0, 12)) +
                            std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 2)) * 45, 'l');
    switch (*rc::gen::inRange(0, 8)) {
    case 0: RC_ASSERT(both.store.erase(key) == (both.model.erase(key) == 1)); break;
    case 1:
    case 2: both.put(key, anObject()); break;
    default: both.patch(key, aPatch()); break;
    }
}

TEST(StoreLaw, itIsWhatAMapWouldBeAfterAnyChanges)
{
    law([] {
        Both both;
        const int changes = *rc::gen::inRange(0, 200);
        for (int i = 0; i < changes; ++i)
            change(both);
        both.check();
        both.store.clear();
        RC_ASSERT(both.store.size() == 0u);
    });
}

TEST(StoreLaw, keysMissingInAnotherAreTheDifferenceOfTheSets)
{
    law([] {
        const auto left = *rc::gen::arbitrary<std::set<std::string>>(),
                   right = *rc::gen::arbitrary<std::set<std::string>>();
        Store a, b;
        for (const std::string& key : left)
            a.put(key, Version(1), "{}", Instant{});
        for (const std::string& key : right)
            b.put(key, Version(1), "{}", Instant{});
        std::set<std::string> expected;
        for (const std::string& key : left)
            if (right.count(key) == 0)
                expected.insert(key);
        const auto missing = a.keysMissingIn(b);
        RC_ASSERT(std::set<std::string>(missing.begin(), missing.end()) == expected);
        RC_ASSERT(missing.size() == expected.size());
    });
}

TEST(StoreLaw, whatIsHeldComesBackToNothingAndIsBoundedByWhatIsKept)
{
    law([] {
        Store store;
        const std::size_t empty = store.bytes();
        const auto rounds = *rc::gen::inRange(1, 30);
        std::size_t most = 0;
        for (int round = 0; round < rounds; ++round) { // one item that grows and shrinks
            const std::string object(static_cast<std::size_t>(*rc::gen::inRange(1, 100'000)), 'x');
            most = std::max(most, object.size());
            store.put("k", Version(1), object, Instant{});
            RC_ASSERT(store.bytes() <= empty + 4 * most + 4096);
        }
        store.erase("k");
        RC_ASSERT(store.bytes() <= empty + 4096);
    });
}

TEST(LedgerLaw, mergingKeepsTheBoundTheOrderAndTheWorst)
{
    law([] {
        Ledger ledger(8);
        bool hasOpenGap = false;
        std::uint64_t at = 0;
        const int steps = *rc::gen::inRange(0, 100);
        for (int i = 0; i < steps; ++i) {
            const Instant now{i};
            switch (*rc::gen::inRange(0, 4)) {
            case 0: ledger.covered("e", Version(at), Version(at + 3), now); break;
            case 1:
                ledger.gap("e", Version(at), Version(at + 2), "lost", now);
                hasOpenGap = true;
                break;
            case 2:
                ledger.snapshot("e", Version(at + 1), "resync", now);
                hasOpenGap = false;
                break;
            default: ledger.unknown("no versions", now); break;
            }
            at += 4;
            bool seesGap = false;
            Instant last{-1};
            for (const Span& span : ledger.spans()) {
                seesGap = seesGap || span.status == Coverage::Gap;
                RC_ASSERT(last <= span.begin && span.begin <= span.end);
                last = span.begin;
            }
            RC_ASSERT(ledger.spans().size() <= 8u);
            RC_ASSERT(seesGap == hasOpenGap);
        }
    });
}

TEST(BufferLaw, itGivesBackWhatItTookInOrderWithinItsBounds)
{
    law([] {
        const auto maxEvents = static_cast<std::size_t>(*rc::gen::inRange(1, 20));
        EventBuffer buffer(maxEvents, 5000);
        std::uint64_t ticket = buffer.nextTicket(), oldest = ticket;
        const int steps = *rc::gen::inRange(0, 100);
        for (int i = 0; i < steps; ++i) {
            const std::string payload(static_cast<std::size_t>(*rc::gen::inRange(0, 900)), 'p');
            EventView event;
            event.payload = payload;
            event.version = Version(ticket);
            if (*rc::gen::inRange(0, 3) > 0 && buffer.hasRoomFor(event)) {
                buffer.push(event);
                ++ticket;
            } else if (!buffer.isEmpty()) {
                const BufferedEvent popped = buffer.pop();
                RC_ASSERT(popped.ticket == oldest && popped.version == Version(oldest));
                ++oldest;
            }
            RC_ASSERT(buffer.size() <= maxEvents && buffer.bytes() <= 5000u);
            RC_ASSERT(buffer.size() == ticket - oldest);
        }
        while (!buffer.isEmpty())
            buffer.pop();
        RC_ASSERT(buffer.bytes() == 0u);
    });
}

TEST(BackoffLaw, aWaitIsNeverBelowTheFloorNorAboveFloorAndCap)
{
    law([] {
        BackoffPolicy policy;
        policy.jitter = static_cast<Jitter>(*rc::gen::inRange(0, 4));
        RetryPacer pacer(policy);
        const int tries = *rc::gen::inRange(0, 80);
        for (int i = 0; i < tries; ++i) {
            const double u = *rc::gen::inRange(0, 1000) / 1000.0;
            const double floor = *rc::gen::inRange(0, 100'000);
            const double wait = *rc::gen::arbitrary<bool>() ? pacer.failed(u, floor) : pacer.resync(u, floor);
            RC_ASSERT(wait >= floor);
            RC_ASSERT(wait <= floor + policy.capMs + 1e-6);
        }
    });
}

} // namespace
} // namespace wg::sync
