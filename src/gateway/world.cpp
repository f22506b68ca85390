// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/world.h"

#include <algorithm>
#include <random>

namespace wg::gateway {

World::World(const Options& options)
    : m_firstVersion(options.firstVersion)
    , m_rate(options.rate)
    , m_prng(options.seed)
{
    double sum = 0;
    for (const std::string& name : options.resources)
        if (auto model = makeModel(name)) {
            sum += model->weight();
            const HistoryLimits limits{options.history, options.historyBytes, options.queueBytes};
            Resource resource(name, std::string(model->noun()), limits, options.firstVersion);
            m_parts.push_back({std::move(resource), std::move(model), sum});
        }
    for (Part& part : m_parts)
        part.share /= sum;
    setEpoch(freshEpoch());
}

std::string World::freshEpoch()
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::random_device device;
    std::string out = "e";
    for (int i = 0; i < 12; ++i)
        out += kHex[device() & 15];
    return out;
}

std::size_t World::indexOf(std::string_view name) const noexcept
{
    const auto at = std::find_if(m_parts.begin(), m_parts.end(), [&](const Part& p) { return p.resource.name() == name; });
    return static_cast<std::size_t>(at - m_parts.begin());
}

void World::fill()
{
    for (Part& part : m_parts)
        part.model->fill(part.resource, m_prng);
}

void World::setEpoch(std::string_view epoch)
{
    m_epoch = epoch;
    for (Part& part : m_parts)
        part.resource.setEpoch(m_epoch);
}

void World::startEpoch()
{
    m_epoch = freshEpoch();
    ++m_generation;
    for (Part& part : m_parts)
        part.resource.startEpoch(m_epoch, m_firstVersion);
}

ResourceMask World::tick(double seconds)
{
    static constexpr double kMostSeconds = 0.1; // a longer pause of the machine is not made up for
    m_due += rate() * seconds;
    if (const double most = std::max(1.0, m_rate * kMostSeconds); m_due > most) {
        m_skipped += static_cast<std::uint64_t>(m_due - most);
        m_due = most;
    }
    ResourceMask changed = 0;
    for (; m_due >= 1; m_due -= 1) {
        const double dice = m_prng.unit();
        std::size_t index = 0;
        while (index + 1 < m_parts.size() && dice >= m_parts[index].share)
            ++index;
        m_parts[index].model->act(m_parts[index].resource, m_prng);
        changed |= ResourceMask{1} << index;
    }
    return changed;
}

} // namespace wg::gateway
