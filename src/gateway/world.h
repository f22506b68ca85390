// SPDX-License-Identifier: GPL-3.0-or-later
// World: everything the gateway tells about: the epoch, the resources and what keeps them moving.
// Shape:  resources are numbered by their order, a set of them is a bit mask.
// Thread: the gateway's own. tick() is called by its timer.
#pragma once

#include "gateway/models/live_model.h"
#include "gateway/options.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wg::gateway {

using ResourceMask = std::uint32_t;

class World {
public:
    explicit World(const Options& options);

    [[nodiscard]] const std::string& epoch() const noexcept { return m_epoch; }
    [[nodiscard]] std::size_t size() const noexcept { return m_parts.size(); }
    [[nodiscard]] Resource& resource(std::size_t index) noexcept { return m_parts[index].resource; }
    [[nodiscard]] const Resource& resource(std::size_t index) const noexcept { return m_parts[index].resource; }
    [[nodiscard]] LiveModel& model(std::size_t index) noexcept { return *m_parts[index].model; }
    /// Index of a resource, or size() where there is none of that name.
    [[nodiscard]] std::size_t indexOf(std::string_view name) const noexcept;

    /// Puts in the first items (not to be called after a restore).
    void fill();
    void setEpoch(std::string_view epoch);
    void startEpoch();
    /// Counts the epochs of this run, so subscribers see that there is a new one.
    [[nodiscard]] std::uint64_t generation() const noexcept { return m_generation; }

    /// Makes the events of this span of time; gives the resources that changed.
    ResourceMask tick(double seconds);
    [[nodiscard]] double rate() const noexcept { return m_isPaused ? 0 : m_rate; }
    void pause(bool isPaused) noexcept { m_isPaused = isPaused; }
    [[nodiscard]] std::uint64_t skipped() const noexcept { return m_skipped; }
    [[nodiscard]] Prng& prng() noexcept { return m_prng; }

    /// A name no run had before.
    [[nodiscard]] static std::string freshEpoch();

private:
    struct Part {
        Resource resource;
        std::unique_ptr<LiveModel> model;
        double share; ///< running sum of weights, 0..1
    };
    std::vector<Part> m_parts;
    std::string m_epoch;
    std::uint64_t m_generation = 0;
    std::uint64_t m_firstVersion;
    double m_rate;
    double m_due = 0;
    std::uint64_t m_skipped = 0; ///< events that could not be made in time
    bool m_isPaused = false;
    Prng m_prng;
};

} // namespace wg::gateway
