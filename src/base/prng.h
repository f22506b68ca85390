// SPDX-License-Identifier: GPL-3.0-or-later
// A small seeded generator (SplitMix64). Randomness is always handed in, so a run can be replayed from its seed.
// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
#pragma once

#include <cstdint>

namespace wg {

class Prng {
public:
    explicit constexpr Prng(std::uint64_t seed) noexcept : m_state(seed) {}

    constexpr std::uint64_t next() noexcept
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    /// In [0, 1).
    constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// In [0, bound); bound > 0.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
    constexpr bool chance(double probability) noexcept { return unit() < probability; }

private:
    std::uint64_t m_state;
};

} // namespace wg
