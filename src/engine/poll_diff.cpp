// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/poll_diff.h"

#include <algorithm>

namespace wg::engine {

PollDiff::PollDiff(const sync::Store& held, const sync::Store& newer, const sync::Version& after, const sync::Version& upTo)
    : m_newer(newer)
{
    newer.forEach([&](const sync::ItemView& item) {
        sync::ItemView old;
        const bool isKnown = held.find(item.key, old);
        if (isKnown && old.version == item.version)
            return;
        Change change;
        change.key = item.key;
        change.isNew = !isKnown;
        if (item.version.isNumber() && item.version > after && item.version <= upTo)
            change.version = item.version.number();
        m_changes.push_back(std::move(change));
    });
    for (std::string& key : held.keysMissingIn(newer)) {
        Change change;
        change.key = std::move(key);
        change.isDeleted = true;
        m_changes.push_back(std::move(change));
    }
    m_fits = m_changes.empty() || (after.isNumber() && upTo.isNumber() && number(after.number(), upTo.number()));
}

/// Gives every change a version of its own in (after, upTo] and sorts by it.
bool PollDiff::number(std::uint64_t after, std::uint64_t upTo)
{
    if (upTo - after < m_changes.size())
        return false;
    std::sort(m_changes.begin(), m_changes.end(), [](const Change& a, const Change& b) { return a.version < b.version; });
    // Those with a version of their own now stand at the end, in order; two of one version cannot both keep it.
    std::size_t firstOwn = 0;
    while (firstOwn < m_changes.size() && m_changes[firstOwn].version == 0)
        ++firstOwn;
    std::vector<std::size_t> homeless;
    for (std::size_t i = 0; i < firstOwn; ++i)
        homeless.push_back(i);
    for (std::size_t i = firstOwn + 1; i < m_changes.size(); ++i)
        if (m_changes[i].version == m_changes[i - 1].version)
            homeless.push_back(i);
    std::vector<std::uint64_t> taken;
    for (std::size_t i = firstOwn; i < m_changes.size(); ++i)
        if (taken.empty() || taken.back() != m_changes[i].version)
            taken.push_back(m_changes[i].version);
    std::uint64_t candidate = after + 1;
    std::size_t at = 0;
    for (const std::size_t i : homeless) {
        while (at < taken.size() && taken[at] <= candidate) {
            candidate += taken[at] == candidate ? 1 : 0;
            ++at;
        }
        if (candidate > upTo)
            return false;
        m_changes[i].version = candidate++;
    }
    std::sort(m_changes.begin(), m_changes.end(), [](const Change& a, const Change& b) { return a.version < b.version; });
    return true;
}

bool PollDiff::next(sync::EventView& out)
{
    if (m_at >= m_changes.size())
        return false;
    const Change& change = m_changes[m_at++];
    out = {};
    out.key = change.key;
    out.version = sync::Version(change.version);
    if (change.isDeleted) {
        out.op = sync::Op::Delete;
        out.type = "poll_deleted";
        return true;
    }
    out.op = sync::Op::Put;
    out.type = change.isNew ? "poll_created" : "poll_updated";
    if (!m_newer.object(change.key, m_object))
        m_object.clear();
    out.payload = out.raw = m_object;
    return true;
}

} // namespace wg::engine
