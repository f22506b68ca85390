// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mock_events.h"

#include "base/prng.h"
#include "sync/replica.h"

#include <algorithm>
#include <array>

namespace wg::test {

using events::NewRow;
using events::RowKind;
using events::RowVerdict;

namespace {

constexpr std::uint32_t kEu = 1, kUs = 5;
constexpr std::array<const char*, 4> kCarriers = {"DHL", "UPS", "USPS", "GLS"};
constexpr std::array<const char*, 4> kStatuses = {"shipped", "held", "packed", "shipped"};

std::string keyOf(std::uint64_t n)
{
    static constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string key = "ord_";
    Prng prng(n);
    for (int i = 0; i < 8; ++i)
        key += kAlphabet[prng.below(32)];
    return key;
}

std::string payloadOf(const std::string& key, std::uint64_t version, double atMs, Prng& prng)
{
    return "{\"event\":\"order_updated\",\"resource\":\"orders\",\"id\":\"" + key + "\",\"version\":" + std::to_string(version)
        + ",\"prev\":" + std::to_string(version - 1) + ",\"epoch\":\"e7f3\",\"ts\":" + std::to_string(static_cast<std::uint64_t>(atMs))
        + ",\"changes\":{\"status\":\"" + kStatuses[prng.below(4)] + "\",\"carrier\":\"" + kCarriers[prng.below(4)]
        + "\",\"total\":" + std::to_string(prng.below(400)) + ".40,\"expedited\":" + (prng.chance(0.5) ? "true" : "false")
        + ",\"gift_note\":null,\"items\":[{\"sku\":\"A-1\",\"qty\":2},{\"sku\":\"B-7\",\"qty\":1}],"
          "\"ship_to\":{\"city\":\"Graz\",\"country\":\"AT\"}}}";
}

} // namespace

void appendMockEvents(events::EventLog& log, std::size_t count, double wallMs)
{
    Prng prng(7);
    std::uint64_t eu = 8'408'551, us = 6'120'398;
    for (std::size_t i = 0; i < count; ++i) {
        const double at = wallMs - static_cast<double>(count - 1 - i) * 15;
        const bool isUs = prng.chance(0.45);
        std::uint64_t& version = isUs ? us : eu;
        NewRow row;
        row.watch = isUs ? kUs : kEu;
        row.receivedNs = static_cast<std::int64_t>(at * 1e6);
        if (i % 700 == 620 || i % 700 == 655) {
            const bool isGap = i % 700 == 620;
            const std::string text = isGap
                ? "6,120,413 to 6,120,454 not received. Resync requested."
                : "Snapshot v6,118,004, 18,204 keys in 612 ms.";
            row.watch = kUs;
            row.kind = RowKind::Marker;
            row.markerKind = static_cast<std::uint8_t>(isGap ? sync::MarkerKind::Gap : sync::MarkerKind::Resynced);
            row.payload = text;
            log.append(row);
            continue;
        }
        row.type = "order_updated";
        row.delta = 1;
        row.version = ++version;
        if (i % 53 == 12) {
            row.verdict = RowVerdict::Duplicate;
            row.delta = 0;
        } else if (i % 97 == 30) {
            row.verdict = RowVerdict::Stale;
            row.delta = -3;
        } else if (i % 101 == 44) {
            row.verdict = RowVerdict::Stale;
            row.delta = 0;
        } else if (i % 211 == 90) {
            row.verdict = RowVerdict::Ignored;
            row.delta = 43;
        }
        row.serverMs = at - 30 - static_cast<double>(prng.below(60)) - (i % 101 == 44 ? 1900 : 0);
        const std::string key = keyOf(prng.below(900));
        row.key = key;
        std::string payload = payloadOf(key, version, row.serverMs, prng);
        if (i % 307 == 200) {
            payload = payload.substr(0, payload.size() / 2);
            row.verdict = RowVerdict::Undecodable;
            row.key = {};
            row.version = 0;
        }
        row.payload = payload;
        log.append(row);
    }
}

std::shared_ptr<engine::ResourcePage> mockPage(engine::WatchId watch, std::uint64_t query, std::size_t first, std::size_t count)
{
    static constexpr std::array<const char*, 6> kNames = {"payments/payments-api-7c9d8b6f5-", "ingest/sensor-router-5f7d9c4b88-",
                                                          "checkout/cart-worker-6b8f7d5c9d-", "payments/ledger-",
                                                          "catalog/search-indexer-79b4d8c6f-", "orders/orders-gw-6d9f8b7c5-"};
    auto page = std::make_shared<engine::ResourcePage>();
    page->watch = watch;
    page->query = query;
    page->total = page->matching = 1312;
    page->first = first;
    page->freshness = {1204, 86, 22, 0};
    for (std::size_t i = first; i < std::min(first + count, page->total); ++i) {
        engine::ResourceItem item;
        item.key = kNames[i % 6] + keyOf(i).substr(4);
        item.version = std::to_string(48'211'902 - i * 7);
        item.summary = i % 5 == 2 ? "phase CrashLoopBackOff, ready false" : "phase Running, ready true";
        item.ageS = 3.0 + static_cast<double>(i * i) * 0.9;
        item.changes = static_cast<std::uint32_t>(40 / (i + 1));
        item.sizeBytes = 3600 + (i * 977) % 5600;
        page->items.push_back(std::move(item));
    }
    return page;
}

std::shared_ptr<engine::ItemDetail> mockItem(engine::WatchId watch, const std::string& key)
{
    auto item = std::make_shared<engine::ItemDetail>();
    item->watch = watch;
    item->key = key;
    item->version = "48211894";
    item->exists = true;
    item->ageS = 8;
    item->json = R"({"status":{"phase":"Running","containerStatuses":[{"name":"cart-worker","ready":false,"restartCount":14,)"
                 R"("state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container"}}}],)"
                 R"("conditions":[{"type":"Ready","status":"False"}],"podIP":"10.42.7.118"},"metadata":{"name":"cart-worker"}})";
    return item;
}

} // namespace wg::test
