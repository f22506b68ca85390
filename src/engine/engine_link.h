// SPDX-License-Identifier: GPL-3.0-or-later
// EngineLink: the one door between the window and the engine. Commands go in, publications come out.
// Thread: every method may be called from any thread and never blocks for longer than a pointer swap.
#pragma once

#include "engine/publication.h"
#include "engine/watch_spec.h"

#include <memory>
#include <string>
#include <variant>

namespace wg::events {
class EventLog;
}

namespace wg::engine {

struct AddWatch { WatchSpec spec; };
struct UpdateWatch { WatchSpec spec; };      ///< same id; restarts it if what it runs on changed
struct RemoveWatch { WatchId id = 0; };
struct SetWatchEnabled { WatchId id = 0; bool isEnabled = true; };
struct ResyncWatch { WatchId id = 0; };
struct RetryWatch { WatchId id = 0; };       ///< by hand: from Failed, Sign-in needed or back-off
struct SetSeriesRange { double rangeS = 900; };
struct SetEventBudget { std::size_t bytes = 0; };
struct ClearEvents {};
enum class ItemSort : std::uint8_t { Changed, Key, Version, Size };
struct QueryResources {
    std::uint64_t query = 0;
    WatchId watch = 0;
    std::string search;          ///< substring of the key, case-sensitive; empty = all
    int freshness = -1;          ///< index into ResourcePage::freshness; -1 = all
    ItemSort sort = ItemSort::Changed;
    bool isDescending = true;
    std::size_t first = 0, count = 64;
};
struct QueryItem { WatchId watch = 0; std::string key; }; ///< answered now and after each change, until another is asked

using Command = std::variant<AddWatch, UpdateWatch, RemoveWatch, SetWatchEnabled, ResyncWatch, RetryWatch, SetSeriesRange,
                             SetEventBudget, ClearEvents, QueryResources, QueryItem>;

class EngineLink {
public:
    virtual ~EngineLink() = default;
    virtual void post(Command command) = 0;
    [[nodiscard]] virtual std::shared_ptr<const Publication> publication() const = 0; ///< never null
    [[nodiscard]] virtual const events::EventLog& log() const = 0;
};

} // namespace wg::engine
