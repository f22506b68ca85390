// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of items: what the Resources view asks for. A page is made again after a change, once a second at most.
// Cost: one pass over the keys of a watch; views only, texts for the asked rows.
#include "engine/engine_core.h"

#include <algorithm>

namespace wg::engine {

namespace {

constexpr Duration kPageInterval = std::chrono::seconds(1);
constexpr double kAgeingS = 60, kOldS = 600; ///< since its last change: fresh, ageing, stale
constexpr std::size_t kSummaryBytes = 160;
constexpr std::size_t kPageMost = 1'000;
enum Freshness : std::size_t { Fresh, Ageing, Stale, Unconfirmed };

/// An item that matches; its key stays while the store is left alone.
struct Candidate {
    sync::ItemView view;
    std::size_t freshness = 0;
    std::size_t size = 0; ///< read only where it is sorted by
};

/// Per-key freshness: what is shown while the watch is not live cannot be confirmed.
std::size_t freshnessOf(const sync::ItemView& view, bool isLive, Instant now)
{
    if (!isLive)
        return Unconfirmed;
    const double age = toSeconds(now - view.changedAt);
    return age < kAgeingS ? Fresh : age < kOldS ? Ageing : Stale;
}

std::vector<Candidate> matching(const sync::Store& store, const QueryResources& query, bool isLive, Instant now, ResourcePage& out)
{
    std::vector<Candidate> found;
    store.forEach([&](const sync::ItemView& view) {
        const std::size_t freshness = freshnessOf(view, isLive, now);
        ++out.freshness[freshness];
        if (query.freshness >= 0 && static_cast<std::size_t>(query.freshness) != freshness)
            return;
        if (!query.search.empty() && view.key.find(query.search) == std::string_view::npos)
            return;
        found.push_back({view, freshness, 0});
    });
    std::string text;
    if (query.sort == ItemSort::Size)
        for (Candidate& each : found)
            each.size = store.object(each.view.key, text) ? text.size() : 0;
    return found;
}

/// Ascending; the key decides between equals.
bool isBefore(const Candidate& a, const Candidate& b, ItemSort sort)
{
    switch (sort) {
    case ItemSort::Changed:
        if (a.view.changedAt != b.view.changedAt)
            return a.view.changedAt < b.view.changedAt;
        break;
    case ItemSort::Version:
        if (a.view.version != b.view.version)
            return a.view.version < b.view.version;
        break;
    case ItemSort::Size:
        if (a.size != b.size)
            return a.size < b.size;
        break;
    case ItemSort::Key: break;
    }
    return a.view.key < b.view.key;
}

ResourceItem itemOf(const Candidate& candidate, const sync::Store& store, Instant now, std::string& text)
{
    ResourceItem row;
    row.key = candidate.view.key;
    row.version = candidate.view.version.toString();
    row.ageS = toSeconds(now - candidate.view.changedAt);
    row.changes = candidate.view.changes;
    row.fromSnapshot = candidate.view.fromSnapshot;
    row.freshness = static_cast<std::uint8_t>(candidate.freshness);
    if (store.object(candidate.view.key, text)) {
        row.sizeBytes = text.size();
        row.summary = text.substr(0, kSummaryBytes);
    }
    return row;
}

} // namespace

bool Engine::Core::hasChanged(const Watch& watch, const Shown& shown)
{
    return shown.applied != watch.replica()->counters().applied || shown.generation != watch.replica()->generation();
}

void Engine::Core::remember(const Watch& watch, Shown& shown, Instant now)
{
    shown.applied = watch.replica()->counters().applied;
    shown.generation = watch.replica()->generation();
    shown.at = now;
}

void Engine::Core::answerPage(Instant now)
{
    const Watch* watch = pageQuery ? find(pageQuery->watch) : nullptr;
    if (!watch || !watch->replica()) {
        if (pageQuery && (!page || page->query != pageQuery->query)) {
            auto empty = std::make_shared<ResourcePage>();
            empty->watch = pageQuery->watch;
            empty->query = pageQuery->query;
            page = std::move(empty);
        }
        return;
    }
    const bool isAsked = !page || page->query != pageQuery->query || pageShown.applied == UINT64_MAX;
    if (!isAsked && now - pageShown.at < kPageInterval)
        return;
    remember(*watch, pageShown, now);
    const sync::Store& store = watch->replica()->store();
    const bool isLive = watch->condition(now).isLive;
    auto out = std::make_shared<ResourcePage>();
    out->watch = pageQuery->watch;
    out->query = pageQuery->query;
    out->total = store.size();
    out->first = pageQuery->first;
    std::vector<Candidate> found = matching(store, *pageQuery, isLive, now, *out);
    out->matching = found.size();
    const std::size_t first = std::min(pageQuery->first, found.size());
    const std::size_t last = std::min(first + std::min(pageQuery->count, kPageMost), found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(last), found.end(),
                      [this](const Candidate& a, const Candidate& b) {
                          return pageQuery->isDescending ? isBefore(b, a, pageQuery->sort) : isBefore(a, b, pageQuery->sort);
                      });
    std::string text;
    for (std::size_t i = first; i < last; ++i)
        out->items.push_back(itemOf(found[i], store, now, text));
    page = std::move(out);
}

void Engine::Core::answerItem(Instant now)
{
    const Watch* watch = itemQuery ? find(itemQuery->watch) : nullptr;
    if (!watch || !watch->replica() || (item && itemShown.applied != UINT64_MAX && !hasChanged(*watch, itemShown)))
        return;
    remember(*watch, itemShown, now);
    auto out = std::make_shared<ItemDetail>();
    out->watch = itemQuery->watch;
    out->key = itemQuery->key;
    sync::ItemView view;
    out->exists = watch->replica()->store().find(itemQuery->key, view);
    if (out->exists) {
        out->version = view.version.toString();
        out->ageS = toSeconds(now - view.changedAt);
        if (!watch->replica()->store().object(itemQuery->key, out->json))
            out->json.clear();
    }
    item = std::move(out);
}

} // namespace wg::engine
