// SPDX-License-Identifier: GPL-3.0-or-later
// PollDiff: what changed between the copy we hold and a newer snapshot, as events in order of version.
// Shape:  a changed item keeps the version it carries; one without a usable version (deleted, or moved into a filter)
//         takes a free number of the span, for each change was one event of the server.
// Limits: versions of 64 bits; fits() is false where the changes cannot be numbered, and a resync is needed.
// Source: PROTOCOL 3 of this project, transport `poll`.
#pragma once

#include "sync/event.h"
#include "sync/store.h"

#include <string>
#include <vector>

namespace wg::engine {

class PollDiff {
public:
    PollDiff(const sync::Store& held, const sync::Store& newer, const sync::Version& after, const sync::Version& upTo);
    [[nodiscard]] bool fits() const noexcept { return m_fits; }
    /// The next event; type, key, payload, version and op are set. Views live until the next call.
    bool next(sync::EventView& out);

private:
    struct Change {
        std::string key;
        std::uint64_t version = 0; ///< 0: none of its own
        bool isDeleted = false;
        bool isNew = false;
    };
    bool number(std::uint64_t after, std::uint64_t upTo);

    const sync::Store& m_newer;
    std::vector<Change> m_changes;
    std::size_t m_at = 0;
    bool m_fits = true;
    std::string m_object;
};

} // namespace wg::engine
