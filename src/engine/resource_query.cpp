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

struct Candidate {
    sync::ItemView view;
    std::size_t freshness = 0;
};

/// Per-key freshness: what is shown while the watch is not live cannot be confirmed.
std::size_t freshnessOf(const sync::ItemView& view, bool isLive, Instant now)
{
    if (!isLive)
        return Unconfirmed;
    const double age = toSeconds(now - view.changedAt);
    return age < kAgeingS ? Fresh : age < kOldS ? Ageing : Stale;
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
    std::vector<Candidate> found;
    store.forEach([&](const sync::ItemView& view) {
        const std::size_t freshness = freshnessOf(view, isLive, now);
        ++out->freshness[freshness];
        if (pageQuery->freshness >= 0 && static_cast<std::size_t>(pageQuery->freshness) != freshness)
            return;
        if (!pageQuery->search.empty() && view.key.find(pageQuery->search) == std::string_view::npos)
            return;
        found.push_back({view, freshness});
    });
    out->matching = found.size();
    std::string text;
    std::unordered_map<std::string_view, std::size_t> sizes;
    if (pageQuery->sort == ItemSort::Size)
        for (const Candidate& each : found)
            sizes[each.view.key] = store.object(each.view.key, text) ? text.size() : 0;
    const auto before = [&](const Candidate& a, const Candidate& b) {
        switch (pageQuery->sort) {
        case ItemSort::Changed:
            if (a.view.changedAt != b.view.changedAt)
                return a.view.changedAt < b.view.changedAt;
            break;
        case ItemSort::Version:
            if (a.view.version != b.view.version)
                return a.view.version < b.view.version;
            break;
        case ItemSort::Size:
            if (sizes[a.view.key] != sizes[b.view.key])
                return sizes[a.view.key] < sizes[b.view.key];
            break;
        case ItemSort::Key: break;
        }
        return a.view.key < b.view.key;
    };
    const std::size_t first = std::min(pageQuery->first, found.size());
    const std::size_t last = std::min(first + std::min(pageQuery->count, kPageMost), found.size());
    const auto order = [&](const Candidate& a, const Candidate& b) { return pageQuery->isDescending ? before(b, a) : before(a, b); };
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(last), found.end(), order);
    for (std::size_t i = first; i < last; ++i) {
        const sync::ItemView& view = found[i].view;
        ResourceItem row;
        row.key = view.key;
        row.version = view.version.toString();
        row.ageS = toSeconds(now - view.changedAt);
        row.changes = view.changes;
        row.fromSnapshot = view.fromSnapshot;
        row.freshness = static_cast<std::uint8_t>(found[i].freshness);
        if (store.object(view.key, text)) {
            row.sizeBytes = text.size();
            row.summary = text.substr(0, kSummaryBytes);
        }
        out->items.push_back(std::move(row));
    }
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
