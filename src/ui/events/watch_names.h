// SPDX-License-Identifier: GPL-3.0-or-later
// WatchNames: connection and route of each watch that was ever seen, for rows of watches that are gone too.
// Thread: written by the GUI thread, read by any.
#pragma once

#include "engine/publication.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace wg::ui {

struct WatchName {
    std::string connection, route;
};

class WatchNames {
public:
    using Map = std::map<std::uint32_t, WatchName>;

    /// True if a name was added or changed.
    bool learn(const engine::Publication& publication)
    {
        std::shared_ptr<Map> grown;
        for (const engine::WatchRow& row : publication.watches) {
            const auto known = m_names->find(row.id);
            const std::string& route = row.resource.empty() ? row.url : row.resource;
            if (known != m_names->end() && known->second.connection == row.connection && known->second.route == route)
                continue;
            if (!grown)
                grown = std::make_shared<Map>(*m_names);
            (*grown)[row.id] = {row.connection, route};
        }
        if (!grown)
            return false;
        const std::lock_guard lock(m_mutex);
        m_names = std::move(grown);
        return true;
    }
    [[nodiscard]] std::shared_ptr<const Map> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_names;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const Map> m_names = std::make_shared<const Map>();
};

} // namespace wg::ui
